/** Pure: a pasted list or CSV, read so that nothing is lost: every entry is an account, a repetition or named. */

import type { ListEntry, ListReport } from './weigh-schema';

export interface ParsedList {
  /** Whole lines, for ids that hold a separator themselves. */
  lines: (ListEntry & { parts: ListEntry[] })[];
  trimmed: number;
  column: string | null;
}

const ID_COLUMNS = ['account_id', 'accountid', 'account', 'id'];
const EDGES = /^[\s\uFEFF\u200B\u00A0]+|[\s\uFEFF\u200B\u00A0]+$/g;

/** The entries of a text: one a line, or separated by comma, semicolon or tab; of a CSV whose first line names a
 * column "account_id", "account" or "id", that column. */
export function parseList(text: string): ParsedList {
  const rows = text.split(/\r\n|\r|\n/).map((raw, index) => ({ line: index + 1, raw }));
  const filled = rows.filter(({ raw }) => raw.replace(EDGES, '') !== '');
  const head = filled[0] ? cells(filled[0].raw) : [];
  const names = head.map((cell) => clean(cell).toLowerCase().replaceAll(/[\s-]/g, '_'));
  const at = ID_COLUMNS.map((name) => names.indexOf(name)).find((index) => index >= 0) ?? -1;
  const column = at >= 0 ? clean(head[at]!) : null;
  let trimmed = 0;
  const count = (raw: string): string => {
    const text = clean(raw);
    if (text !== raw) trimmed++;
    return text;
  };
  const lines = (at >= 0 ? filled.slice(1) : filled).map(({ line, raw }) => {
    if (at >= 0) {
      const text = count(cells(raw)[at] ?? '');
      return { line, text, parts: text === '' ? [{ line, text: clean(raw) }] : [] };
    }
    const found = cells(raw);
    if (found.length === 1) return { line, text: count(raw), parts: [] };
    const parts = found.map(clean).filter((part) => part !== '');
    return { line, text: clean(raw), parts: parts.map((part) => ({ line, text: part })) };
  });
  return { lines: lines.filter((each) => each.text !== '' || each.parts.length > 0), trimmed, column };
}

function clean(raw: string): string {
  const text = raw.replace(EDGES, '');
  const quoted = /^"((?:[^"]|"")*)"$/.exec(text)?.[1] ?? /^'([^']*)'$/.exec(text)?.[1];
  return quoted === undefined ? text : quoted.replaceAll('""', '"').replace(EDGES, '');
}

/** Cells of one line; a separator inside double quotes is none. */
function cells(raw: string): string[] {
  return raw.match(/(?:"(?:[^"]|"")*"|[^,;\t"])+|"|(?<=^|[,;\t])(?=[,;\t]|$)/g) ?? [raw];
}

/** Every text of the list that could be an account's id. */
export function possibleIds({ lines }: ParsedList): string[] {
  return [...new Set(lines.flatMap((line) => [line.text, ...line.parts.map((part) => part.text)]))].filter(
    (text) => text !== '',
  );
}

/**
 * Tells accounts from what is none.
 * @param known which texts are accounts
 * @param caseless for texts that are none, the one account that differs by case alone
 * @returns the accounts, each once, in the order of the list, and the report
 */
export function resolveList(
  parsed: ParsedList,
  known: ReadonlySet<string>,
  caseless: ReadonlyMap<string, string>,
): { accountIds: string[]; report: ListReport } {
  const times = new Map<string, number>();
  const unknown: ListEntry[] = [];
  const otherCase: ListReport['otherCase'] = [];
  let entries = 0;
  for (const line of parsed.lines) {
    const whole = line.text !== '' && (line.parts.length === 0 || known.has(line.text));
    for (const entry of whole ? [{ line: line.line, text: line.text }] : line.parts) {
      entries++;
      const accountId = caseless.get(entry.text);
      if (known.has(entry.text)) times.set(entry.text, (times.get(entry.text) ?? 0) + 1);
      else if (accountId !== undefined) otherCase.push({ ...entry, accountId });
      else unknown.push(entry);
    }
  }
  const repeated = [...times].flatMap(([accountId, n]) => (n > 1 ? [{ accountId, times: n }] : []));
  const report = { entries, accounts: times.size, repeated, otherCase, unknown };
  return {
    accountIds: [...times.keys()],
    report: { ...report, trimmed: parsed.trimmed, column: parsed.column },
  };
}
