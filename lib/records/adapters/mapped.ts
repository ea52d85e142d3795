/** Any CSV, NDJSON or JSON array through a mapping file. */
import { createHash } from 'node:crypto';
import type { AdaptedRow, Adapter } from './adapter';
import {
  cutText,
  firstAddress,
  isObject,
  MAX_ID,
  MAX_PROMPT,
  MAX_TOKEN,
  readNumber,
  withoutMissing,
} from './fit-values';
import { type Mapping, mappedColumns, type Source } from './mapping';
import { readChat } from './read-chat';
import { readRows } from './read-rows';
import { epochTime, utcTime } from './source-times';

type Row = Record<string, unknown>;

const REMEDY = 'Name in the mapping file the columns as the header spells them, or export the file again.';
const HASH_LENGTH = 32;

export function mappedAdapter(mapping: Mapping): Adapter {
  const columns = mappedColumns(mapping);
  return {
    format: 'mapped',
    skipped: 0,
    async *read(bytes) {
      for await (const rows of readRows(bytes, { columns, remedy: REMEDY, delimiter: mapping.delimiter })) {
        yield rows.map((row) => ('reason' in row ? row : adapt(row.number, row.row, mapping)));
      }
    },
  };
}

function adapt(number: number, row: Row, mapping: Mapping): AdaptedRow {
  const record: Row = { record: mapping.record };
  for (const [field, from] of Object.entries(mapping.fields)) record[field] = readField(field, from, row);
  return { number, record: withoutMissing(record) };
}

function readField(field: string, from: Source, row: Row): unknown {
  if (typeof from === 'string') return convert(field, valueAt(row, from));
  if ('const' in from) return from.const;
  if ('hash' in from) return hashOf(from.hash.map((column) => valueAt(row, column)));
  const value = valueAt(row, from.column);
  if (value === undefined) return undefined;
  switch (from.format) {
    case 'utc':
      return utcTime(value);
    case 'epoch_s':
      return epochTime(value, 's');
    case 'epoch_ms':
      return epochTime(value, 'ms');
    case 'chat':
      return field === 'prompt' ? readChat(value).prompt : readChat(value).system;
    default:
      return from.split && typeof value === 'string' ? splitList(value, from.split) : convert(field, value);
  }
}

/** A column by its name, or in JSON by its path: "user.id". An empty one says nothing. */
function valueAt(row: Row, column: string): unknown {
  if (Object.hasOwn(row, column)) return row[column] === '' || row[column] === null ? undefined : row[column];
  let at: unknown = row;
  for (const key of column.split('.')) {
    if (!isObject(at) || !Object.hasOwn(at, key)) return undefined;
    at = at[key];
  }
  return at === '' || at === null ? undefined : at;
}

/** An id for tables that have none; the same cells always give the same. Undefined when all are empty. */
function hashOf(cells: unknown[]): string | undefined {
  if (cells.every((cell) => cell === undefined)) return undefined;
  const text = JSON.stringify(cells.map((cell) => cell ?? null));
  return createHash('sha256').update(text).digest('hex').slice(0, HASH_LENGTH);
}

const splitList = (text: string, separator: string) =>
  text
    .split(separator)
    .map((item) => item.trim())
    .filter((item) => item !== '');

/** CSV holds only text, and ids may come as numbers; what cannot be read stays, so that the check names it. */
function convert(field: string, value: unknown): unknown {
  if (value === undefined) return undefined;
  switch (field) {
    case 'asn':
      return readNumber(typeof value === 'string' ? value.replace(/^AS/i, '') : value);
    case 'input_tokens':
    case 'output_tokens':
    case 'count':
    case 'monthly_spend_usd':
      return readNumber(value);
    case 'verified_organization':
    case 'enterprise':
      return readFlag(value);
    case 'ip':
    case 'signup_ip':
      return firstAddress(value) ?? value;
    case 'tool_names':
    case 'labels':
      return typeof value === 'string' ? [value] : value;
    case 'prompt':
    case 'system_prompt':
      return cutText(value, MAX_PROMPT) ?? value;
    case 'user_agent':
      return cutText(value, MAX_TOKEN) ?? value;
    case 'session_id':
      return cutText(value, MAX_ID) ?? value;
    default:
      return typeof value === 'number' ? String(value) : value;
  }
}

function readFlag(value: unknown): unknown {
  const word = String(value).toLowerCase();
  if (['true', 't', 'yes', '1'].includes(word)) return true;
  return ['false', 'f', 'no', '0'].includes(word) ? false : value;
}
