/** Rows of a table as objects, whether it came as CSV, as NDJSON or as a JSON array. */

import { BrokenStreamError } from '../broken-stream';
import { decompress, peek } from '../decompress';
import { quoteInput } from '../quote-input';
import { CutInputError, UnreadableInputError } from '../read-lines';
import { isObject } from './fit-values';
import { readCsv } from './read-csv';
import { readJsonValues } from './read-json-values';

export type SourceRow = { number: number; row: Record<string, unknown> } | { number: number; reason: string };

export interface TableOptions {
  /** What separates the fields of CSV; a comma unless said. */
  delimiter?: string;
  /** Columns that a CSV must have; JSON has no header, its rows are judged one by one. */
  columns: readonly string[];
  /** What to do when they are missing, for people. */
  remedy: string;
}

const HEAD_BYTES = 512;
const COLUMNS_NAMED = 40;

/**
 * The rows of a file, plain or compressed. JSON is told by its first character; anything else is CSV with a header.
 * @throws UnreadableInputError before any row when a CSV lacks columns; behind the good rows when the data is damaged
 */
export async function* readRows(
  source: AsyncIterable<Uint8Array>,
  options: TableOptions,
): AsyncGenerator<SourceRow[]> {
  let rows = 0;
  try {
    const { head, bytes } = await peek(decompress(source), HEAD_BYTES);
    const isUtf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
    if (isUtf16) throw new UnreadableInputError('the file is UTF-16: save it as UTF-8', 0);
    const isJson = /^[\uFEFF\s]*[[{]/.test(head.toString('utf8'));
    for await (const batch of isJson ? jsonRows(bytes) : csvRows(bytes, options)) {
      rows += batch.length;
      yield batch;
    }
  } catch (error) {
    if (!(error instanceof BrokenStreamError)) throw error;
    throw new UnreadableInputError(`${error.message}: ${rows} rows were read before`, rows, { cause: error });
  }
}

async function* jsonRows(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<SourceRow[]> {
  for await (const items of readJsonValues(bytes)) {
    yield items.map((item) => {
      if ('reason' in item) return item;
      if (isObject(item.value)) return { number: item.number, row: item.value };
      return { number: item.number, reason: 'expected a JSON object, one a row' };
    });
  }
}

async function* csvRows(
  bytes: AsyncIterable<Uint8Array>,
  options: TableOptions,
): AsyncGenerator<SourceRow[]> {
  let header: string[] | undefined;
  let cutRow = 0;
  for await (const rows of readCsv(bytes, options.delimiter)) {
    const batch: SourceRow[] = [];
    for (const row of rows) {
      if (!header) header = checkHeader(row, options);
      else if ('reason' in row) batch.push(row);
      else if (row.fields.length === header.length) batch.push(toRow(row.number, header, row.fields));
      else {
        const reason = `${row.fields.length} fields, but the header names ${header.length}`;
        batch.push({ number: row.number, reason });
        if (row.isOpen && row.fields.length < header.length) cutRow = row.number;
      }
    }
    yield batch;
  }
  if (cutRow > 0) throw new CutInputError(`in the middle of row ${cutRow}`, cutRow);
}

/** An empty field says nothing, so it is left out. */
function toRow(number: number, header: readonly string[], fields: readonly string[]): SourceRow {
  const entries: [string, string][] = [];
  for (const [i, name] of header.entries()) if (fields[i] !== '') entries.push([name, fields[i]!]);
  return { number, row: Object.fromEntries(entries) };
}

type Header = { fields: string[] } | { reason: string };

function checkHeader(header: Header, { columns, remedy }: TableOptions): string[] {
  if ('reason' in header) {
    throw new UnreadableInputError(`the header of the CSV cannot be read: ${header.reason}`, 0);
  }
  const found = header.fields.map((name) => name.trim());
  const twice = found.find((name, i) => found.indexOf(name) !== i && columns.includes(name));
  if (twice !== undefined) {
    throw new UnreadableInputError(`the CSV has the column ${quoteInput(twice)} twice: rename one`, 0);
  }
  const missing = columns.filter((name) => !found.includes(name));
  if (missing.length === 0) return found;
  const list = (names: readonly string[]) => names.map((name) => quoteInput(name, 40)).join(', ');
  const more = found.length > COLUMNS_NAMED ? ` and ${found.length - COLUMNS_NAMED} more` : '';
  throw new UnreadableInputError(
    `the CSV has no column ${list(missing)}; it has ${list(found.slice(0, COLUMNS_NAMED))}${more}. ${remedy}`,
    0,
  );
}
