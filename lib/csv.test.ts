import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvLine } from './csv';

describe('csvLine()', () => {
  test.each([
    [['a', 'b c', 12, null, ''], 'a,b c,12,,\r\n'],
    [['say "x"', 'a,b', 'two\nlines', 'a;b'], '"say ""x""","a,b","two\nlines","a;b"\r\n'],
    [['=1+1', '+1', '-1', '@x', -1], "'=1+1,'+1,'-1,'@x,-1\r\n"],
    [['\t=1', '\r=1', '\n=1'], '"\'\t=1","\'\r=1","\'\n=1"\r\n'],
    [["  =cmd|'/c calc'!A0", '\u2003+1'], "'  =cmd|'/c calc'!A0,'\u2003+1\r\n"],
    [['\u{FF1D}1+1', '\ufeff=1'], "'\u{FF1D}1+1,'\ufeff=1\r\n"],
    [['=HYPERLINK("http://evil.example","x")'], '"\'=HYPERLINK(""http://evil.example"",""x"")"\r\n'],
  ])('%j', (cells, line) => {
    expect(csvLine(cells)).toBe(line);
  });

  test('whatever the cells hold, a reader gets them back, and none begins like a formula', () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '"', ',', ';', ' ', 'a') }),
    );
    fc.assert(
      fc.property(fc.array(fc.array(text, { minLength: 1, maxLength: 5 }), { minLength: 1 }), (rows) => {
        const read = parse(rows.map(csvLine).join(''));
        expect(read.map((row) => row.map((cell) => cell.replace(/^'/, '')))).toEqual(
          rows.map((row) => row.map((cell) => cell.replace(/^'/, ''))),
        );
        for (const cell of read.flat()) expect(cell.trimStart()).not.toMatch(/^[=+\-@]/);
        for (const cell of read.flat()) expect(cell).not.toMatch(/^[\t\r\n]/);
      }),
    );
  });
});

/** RFC 4180, written out. */
function parse(text: string): string[][] {
  const rows: string[][] = [];
  let [row, cell, quoted]: [string[], string, boolean] = [[], '', false];
  for (let i = 0; i < text.length; i++) {
    const sign = text[i];
    if (quoted) {
      if (sign === '"' && text[i + 1] === '"') cell += text[++i];
      else if (sign === '"') quoted = false;
      else cell += sign;
    } else if (sign === '"' && cell === '') quoted = true;
    else if (sign === ',') {
      row.push(cell);
      cell = '';
    } else if (sign === '\r' && text[i + 1] === '\n') {
      i++;
      rows.push([...row, cell]);
      [row, cell] = [[], ''];
    } else cell += sign;
  }
  return rows;
}
