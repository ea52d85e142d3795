/** Which account was seen with which value, out of the rollups: tens of millions of rows, summed in typed arrays. */
import { escapeLiteral } from 'pg';
import { pool } from '@/lib/database/pool';
import { readCopy } from '@/lib/database/read-copy';
import { detectionKind } from '@/lib/detection/kinds';
import type { Snapshot } from '@/lib/detection/schema';
import { IntColumns } from './int-columns';
import { PairIndex } from './pair-index';

export interface LoadedLinks {
  kinds: string[];
  valueKind: Uint16Array;
  /** How many accounts were seen with each value. */
  holders: Int32Array;
  /** The indicator behind each value, by a number of this load's own. */
  indicatorOf: Int32Array;
  links: Snapshot['links'];
  /** The number of an indicator by its id, or -1 when no link has it. */
  findIndicator(id: string): number;
  /** "123", or "123@20410" for indicator 123 on that day. */
  nameValue(value: number): string;
}

/** Indicators that link at all, numbered; each with its kind. */
interface Dictionary {
  kinds: string[];
  ids: PairIndex;
  kindOf: Uint16Array;
  /** Ids of values that only give context: some thousands make up a third of all rows and need not travel. */
  unlinked: string;
}

/** As many are told to Postgres; it looks them up by hash. */
const UNLINKED_AT_MOST = 10_000;

/** @param indexOf the snapshot's index of each account key; links of others are left out. */
export async function loadLinks(from: Date, indexOf: ReadonlyMap<number, number>): Promise<LoadedLinks> {
  const dictionary = await loadDictionary();
  const { kinds, ids, kindOf } = dictionary;
  const perDay = Uint8Array.from(kinds, (kind) => Number(detectionKind(kind).perDay));
  // Value number by (indicator, day); the day is 0 where it does not matter.
  const values = new PairIndex();
  const rows = new IntColumns(3);
  const accounts = denseKeys(indexOf);
  await readCopy(
    `SELECT account_key, indicator_id, day, count FROM account_indicator
     WHERE day >= '${isoDay(from)}'::date AND indicator_id <> ALL('{${dictionary.unlinked}}'::bigint[])`,
    ['int4', 'int8', 'date', 'int4'],
    (row) => {
      const account = accounts[row.int4(0)] ?? -1;
      const indicator = ids.find(row.high(1), row.low(1));
      if (account < 0 || indicator < 0) return;
      const value = values.place(indicator, perDay[kindOf[indicator]!] ? row.day(2) : 0);
      const at = rows.add();
      rows.cells[at] = account;
      rows.cells[at + 1] = value;
      rows.cells[at + 2] = row.int4(3);
    },
  );
  const { links, holders } = sumPairs(rows, indexOf.size, values.size);
  const indicatorOf = Int32Array.from({ length: values.size }, (_, value) => values.first(value));
  const idOf = (indicator: number) =>
    String((BigInt(ids.first(indicator)) << 32n) | BigInt(ids.second(indicator) >>> 0));
  return {
    kinds,
    valueKind: Uint16Array.from(indicatorOf, (indicator) => kindOf[indicator]!),
    holders,
    indicatorOf,
    links,
    nameValue: (value) => {
      const day = values.second(value);
      return day === 0 ? idOf(values.first(value)) : `${idOf(values.first(value))}@${day}`;
    },
    findIndicator: (id) => {
      const bits = BigInt(id);
      return ids.find(Number(BigInt.asIntN(32, bits >> 32n)), Number(BigInt.asIntN(32, bits)));
    },
  };
}

async function loadDictionary(): Promise<Dictionary> {
  const { rows } = await pool().query<{ kind: string }>('SELECT DISTINCT kind FROM indicator ORDER BY kind');
  const kinds = rows.map(({ kind }) => kind).filter((kind) => detectionKind(kind).lambda > 0);
  const ids = new PairIndex();
  const kindOf = new IntColumns(1);
  const list = `ARRAY[${kinds.map((kind) => escapeLiteral(kind)).join(', ')}]::text[]`;
  await readCopy(
    `SELECT id, array_position(${list}, kind) AS place FROM indicator WHERE kind = ANY(${list})`,
    ['int8', 'int4'],
    (row) => {
      ids.place(row.high(0), row.low(0));
      kindOf.cells[kindOf.add()] = row.int4(1) - 1;
    },
  );
  const unlinked = await pool().query<{ id: string }>(
    'SELECT id::text FROM indicator WHERE kind <> ALL($1) LIMIT $2',
    [kinds, UNLINKED_AT_MOST],
  );
  return {
    kinds,
    ids,
    unlinked: unlinked.rows.map(({ id }) => id).join(','),
    kindOf: Uint16Array.from(kindOf.cells.subarray(0, kindOf.length)),
  };
}

/** Snapshot index by account key, -1 for none: keys are small numbers given one after the other. */
function denseKeys(indexOf: ReadonlyMap<number, number>): Int32Array {
  let most = 0;
  for (const key of indexOf.keys()) most = Math.max(most, key);
  const dense = new Int32Array(most + 1).fill(-1);
  for (const [key, index] of indexOf) dense[key] = index;
  return dense;
}

/** Rows of (account, value, count) → each pair once with its sum, and how many accounts hold each value. */
function sumPairs(rows: IntColumns, accounts: number, values: number) {
  const { offsets, order } = rows.groupByFirst(accounts);
  const { cells } = rows;
  const holders = new Int32Array(values);
  const lastHolder = new Int32Array(values).fill(-1);
  const place = new Int32Array(values);
  const account = new Int32Array(rows.length);
  const value = new Int32Array(rows.length);
  const count = new Float64Array(rows.length);
  let pairs = 0;
  for (let holder = 0; holder < accounts; holder++) {
    for (let i = offsets[holder]!; i < offsets[holder + 1]!; i++) {
      const at = order[i]! * 3;
      const held = cells[at + 1]!;
      if (lastHolder[held] !== holder) {
        lastHolder[held] = holder;
        holders[held]!++;
        place[held] = pairs;
        account[pairs] = holder;
        value[pairs++] = held;
      }
      count[place[held]!]! += cells[at + 2]!;
    }
  }
  return {
    holders,
    links: { account: account.slice(0, pairs), value: value.slice(0, pairs), count: count.slice(0, pairs) },
  };
}

function isoDay(date: Date): string {
  return date.toISOString().slice(0, 10);
}
