/**
 * Telemetry is stored by time: exchanges by day, rollups by week from Monday (UTC). A partition has no index while
 * the load that made it fills it: keeping B-trees up to date took most of a load's time, making them afterwards takes
 * seconds. Readers find the same rows either way.
 */
import type pg from 'pg';
import { ownerPool, pool } from '@/lib/database/pool';
import { INGEST_LOCK } from './take-turns';

const DAY_MS = 86_400_000;
/** Day 4 since 1970 was a Monday. */
const FIRST_MONDAY = 4;
/** Postgres has room for some thousands of locks in all, and each new partition takes several. */
const PARTITIONS_AT_ONCE = 200;
/** First half of the lock on a partition that is being indexed; the second is its oid. */
const INDEX_LOCK = 57_317_003;

interface PartitionedTable {
  table: string;
  /** Days in a partition. */
  days: 1 | 7;
  indexes: readonly string[];
}

const EXCHANGES: PartitionedTable = { table: 'exchange', days: 1, indexes: ['account_key, identity'] };
const ROLLUPS: readonly PartitionedTable[] = [
  { table: 'account_indicator', days: 7, indexes: ['account_key', 'indicator_id'] },
  { table: 'account_hour', days: 7, indexes: ['account_key, hour'] },
  { table: 'account_bins', days: 7, indexes: ['account_key'] },
];
const TABLES = [EXCHANGES, ...ROLLUPS];

interface Partition {
  name: string;
  table: PartitionedTable;
  /** First day, since 1970. */
  from: number;
}

/** The day (since 1970, UTC) with which a table's partition of a day begins. */
function firstDayOf({ days }: PartitionedTable, day: number): number {
  return days === 1 ? day : Math.floor((day - FIRST_MONDAY) / 7) * 7 + FIRST_MONDAY;
}

const isoDay = (day: number) => new Date(day * DAY_MS).toISOString().slice(0, 10);

function partitionOf(table: PartitionedTable, day: number): Partition {
  const from = firstDayOf(table, day);
  return { name: `${table.table}_${isoDay(from).replaceAll('-', '')}`, table, from };
}

/** Days since 1970 (UTC). */
export interface BatchDays {
  exchanges: ReadonlySet<number>;
  observations: ReadonlySet<number>;
}

/** The partitions that take what falls on these days; some come more than once. */
export function* partitionsOf({ exchanges, observations }: BatchDays): Generator<Partition> {
  for (const day of exchanges) yield partitionOf(EXCHANGES, day);
  for (const table of ROLLUPS) {
    for (const day of exchanges) yield partitionOf(table, day);
    for (const day of observations) yield partitionOf(table, day);
  }
}

/** From and up to, as SQL literals. */
export interface Span {
  from: string;
  to: string;
}

/** The partitions of a table, which are reached through it: the app is granted nothing on a partition itself. */
export async function listPartitions(
  client: pg.ClientBase | pg.Pool,
  table: string,
): Promise<{ span: Span; indexes: number }[]> {
  const { rows } = await client.query<Span & { indexes: number }>(
    `SELECT (regexp_match(bound, 'FROM \\(''([^'']+)''\\)'))[1] AS from,
       (regexp_match(bound, 'TO \\(''([^'']+)''\\)'))[1] AS to, indexes
     FROM (SELECT pg_get_expr(c.relpartbound, c.oid) AS bound, count(x.indexrelid)::int AS indexes
       FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid LEFT JOIN pg_index x ON x.indrelid = c.oid
       WHERE i.inhparent = $1::regclass GROUP BY c.oid) p ORDER BY 1`,
    [table],
  );
  return rows.map(({ from, to, indexes }) => ({ span: { from, to }, indexes }));
}

/**
 * Makes the partitions that days need, in transactions of their own: an empty one does no harm when what should fill
 * it then fails. Readers are never kept waiting.
 * @returns those that were missing. They lack their indexes until indexPartitions is called.
 */
export async function makePartitions(days: BatchDays): Promise<Partition[]> {
  const wanted = new Map<string, Partition>();
  for (const partition of partitionsOf(days)) wanted.set(partition.name, partition);
  const { rows } = await pool().query<{ name: string }>(
    'SELECT name FROM unnest($1::text[]) WITH ORDINALITY AS t(name, n) WHERE to_regclass(name) IS NULL ORDER BY n',
    [[...wanted.keys()]],
  );
  const missing = rows.map(({ name }) => wanted.get(name)!);
  for (let from = 0; from < missing.length; from += PARTITIONS_AT_ONCE) {
    await asOwner(async (owner) => {
      await owner.query('SELECT pg_advisory_xact_lock($1)', [INGEST_LOCK]);
      for (const partition of missing.slice(from, from + PARTITIONS_AT_ONCE)) {
        await makePartition(owner, partition);
      }
    });
  }
  return missing;
}

/** One transaction of whoever owns the tables. */
async function asOwner(work: (owner: pg.PoolClient) => Promise<void>): Promise<void> {
  const owner = await ownerPool().connect();
  let failure: Error | undefined;
  try {
    await owner.query('BEGIN');
    await work(owner);
    await owner.query('COMMIT');
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    // Closing the session undoes what it had begun.
    owner.release(failure);
  }
}

/** Made on its own and attached: to make it as a partition at once would wait for every reader of the table. */
async function makePartition(client: pg.ClientBase, { name, table, from }: Partition): Promise<void> {
  const { rows } = await client.query('SELECT 1 WHERE to_regclass($1) IS NOT NULL', [name]);
  if (rows.length > 0) return;
  const isTime = table.table === 'exchange' || table.table === 'account_hour';
  const bound = (day: number) => `'${isoDay(day)}${isTime ? 'T00:00:00Z' : ''}'`;
  await client.query(`CREATE TABLE "${name}" (LIKE "${table.table}")`);
  await client.query(
    `ALTER TABLE "${table.table}" ATTACH PARTITION "${name}" FOR VALUES FROM (${bound(from)}) TO (${bound(from + table.days)})`,
  );
}

/** Makes the indexes that partitions still lack, of all tables or those named. Writers to them wait, readers do not. */
export async function indexPartitions(names?: readonly string[]): Promise<void> {
  for (const { table, indexes } of TABLES) {
    const { rows } = await pool().query<{ name: string; oid: number }>(
      `SELECT c.relname AS name, c.oid::int FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
       LEFT JOIN pg_index x ON x.indrelid = c.oid
       WHERE i.inhparent = $1::regclass AND ($3::text[] IS NULL OR c.relname = ANY($3))
       GROUP BY 1, 2 HAVING count(x.indexrelid) < $2 ORDER BY 1`,
      [table, indexes.length, names ?? null],
    );
    for (const { name, oid } of rows) {
      await indexPartition(name, oid, indexes).catch((error: { code?: string }) => {
        // Dropped meanwhile, as retention does: nothing is left to index.
        if (error.code !== '42P01') throw error;
      });
    }
  }
}

async function indexPartition(name: string, oid: number, indexes: readonly string[]): Promise<void> {
  await asOwner(async (owner) => {
    await owner.query('SELECT pg_advisory_xact_lock($1, $2)', [INDEX_LOCK, oid]);
    await owner.query("SET LOCAL maintenance_work_mem = '256MB'");
    for (const columns of indexes) {
      const index = `${name}_${columns.replaceAll(', ', '_')}_idx`;
      await owner.query(`CREATE INDEX IF NOT EXISTS "${index}" ON "${name}" (${columns})`);
    }
    await owner.query(`ANALYZE "${name}"`);
  });
}
