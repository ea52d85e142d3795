import { describe, expect, it } from 'vitest';
import { groupRejects, withoutQuotes } from './reject-reasons';

const reject = (line: number, reason: string, runId = 1) => ({ runId, line, reason });

describe('withoutQuotes', () => {
  it('takes out everything between the first and the last quotation mark', () => {
    expect(withoutQuotes('not JSON at character 9: "{"prompt": "my\nsecret"')).toBe(
      'not JSON at character 9: "…"',
    );
    expect(withoutQuotes('account_id: missing')).toBe('account_id: missing');
  });
});

describe('groupRejects', () => {
  it('puts reasons together that differ by a figure or by what they quote, most first', () => {
    const groups = groupRejects([
      reject(1, 'account_id: missing'),
      reject(2, 'not JSON at character 9: "{a"'),
      reject(3, 'not JSON at character 40: "{b"'),
      reject(4, 'not JSON: contains a NUL character'),
      reject(5, 'occurred_at is 1970-01-01T00:00:00Z: outside 2015-01-01 to 2026-11-23'),
      reject(6, 'occurred_at is 2100-01-01T00:00:00Z: outside 2015-01-01 to 2026-11-23'),
      reject(7, 'asn: expected at least 0, got -1'),
      reject(8, 'asn: expected at least 0, got -20'),
    ]);
    expect(groups.map(({ reason, lines }) => [reason, lines])).toEqual([
      ['asn: expected at least 0, got another number', 2],
      ['not JSON', 2],
      ['occurred_at: outside the years that are believed', 2],
      ['account_id: missing', 1],
      ['not JSON: contains a NUL character', 1],
    ]);
  });

  it('gives the first three lines of the newest run as examples', () => {
    const [group] = groupRejects([
      reject(4, 'x', 9),
      reject(8, 'x', 9),
      reject(1, 'x', 7),
      reject(9, 'x', 9),
      reject(11, 'x', 9),
    ]);
    expect(group).toMatchObject({ lines: 5, examples: [{ line: 4 }, { line: 8 }, { line: 9 }] });
  });
});
