/** CSV that people open in a spreadsheet, though what stands in it was typed by strangers. */

/** Excel takes a file without it for another alphabet's. */
export const CSV_START = '\uFEFF';

/** Cells that begin so are formulas to a spreadsheet (or, after a tab or a line break, are read as ones). */
const FORMULA = /^(?:[\t\r\n]|\s*[=+\-@|%\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}])/u;

/** One line by RFC 4180, with its line break. A text that a spreadsheet would run gets an apostrophe before it, also
 * behind spaces; numbers stay numbers; null is an empty cell. */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n;\t]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
