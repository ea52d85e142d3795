import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseList, possibleIds, resolveList } from './parse-list';

const read = (text: string, known: string[], caseless: Record<string, string> = {}) =>
  resolveList(parseList(text), new Set(known), new Map(Object.entries(caseless)));

describe('a pasted list', () => {
  it('takes one id a line or several, with commas, semicolons and tabs, whatever ends the lines', () => {
    const { accountIds, report } = read('a\r\nb, c;d\r\te\n\n', ['a', 'b', 'c', 'd', 'e']);
    expect(accountIds).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(report).toMatchObject({ entries: 5, unknown: [], column: null });
  });

  it('takes off white space, quotes and a byte order mark, and says of how many', () => {
    const { accountIds, report } = read('\uFEFFa\n  b\u00A0\n"c"\nd', ['a', 'b', 'c', 'd']);
    expect(accountIds).toEqual(['a', 'b', 'c', 'd']);
    expect(report.trimmed).toBe(3);
  });

  it('names repetitions, unknown entries and those in another case with their line', () => {
    const { accountIds, report } = read('a\nA\nzzz\na\na', ['a'], { A: 'a' });
    expect(accountIds).toEqual(['a']);
    expect(report.repeated).toEqual([{ accountId: 'a', times: 3 }]);
    expect(report.otherCase).toEqual([{ line: 2, text: 'A', accountId: 'a' }]);
    expect(report.unknown).toEqual([{ line: 3, text: 'zzz' }]);
  });

  it('reads the column that the first line names, and names the rows that have nothing there', () => {
    const csv = 'name,Account ID,spend\n"Doe, J",a,3\nRoe,b,4\nPoe,,5';
    const { accountIds, report } = read(csv, ['a', 'b']);
    expect(accountIds).toEqual(['a', 'b']);
    expect(report).toMatchObject({ column: 'Account ID', unknown: [{ line: 4, text: 'Poe,,5' }] });
  });

  it('keeps an id whole that holds a separator', () => {
    expect(read('org,7\nb', ['org,7', 'b']).accountIds).toEqual(['org,7', 'b']);
  });

  it('loses nothing: every entry is an account, a repetition or named', () => {
    const text = fc.array(fc.constantFrom('a', 'b', ' a', 'x', '"b"', ',', ';', '\n', '\t', 'A'), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(text, (parts) => {
        const { accountIds, report } = read(parts.join(''), ['a', 'b'], { A: 'a' });
        const repeats = report.repeated.reduce((sum, r) => sum + r.times - 1, 0);
        expect(accountIds.length + repeats + report.otherCase.length + report.unknown.length).toBe(
          report.entries,
        );
      }),
    );
  });

  it('is read in a moment, also with 100,000 lines', () => {
    const ids = Array.from({ length: 100_000 }, (_, i) => `acct_${i}`);
    const started = performance.now();
    const parsed = parseList(ids.join('\n'));
    expect(possibleIds(parsed)).toHaveLength(100_000);
    expect(resolveList(parsed, new Set(ids), new Map()).accountIds).toHaveLength(100_000);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
