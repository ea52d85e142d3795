/** The table of exchanges has one partition a day (UTC). */
import type pg from 'pg';
import { ownerPool } from '@/lib/database/pool';
import type { Batch } from './batch';
import { INGEST_LOCK } from './take-turns';

const DAY_MS = 86_400_000;
/** Postgres has room for some thousands of locks in all, and each new partition takes several. */
const PARTITIONS_AT_ONCE = 200;

/**
 * Makes the partitions that a batch needs, in transactions of their own: an empty one does no harm when the batch
 * then fails.
 * @param known days since 1970 whose partition exists; what is found or made is added
 */
export async function makePartitions(client: pg.ClientBase, batch: Batch, known: Set<number>): Promise<void> {
  const wanted = new Set<number>();
  for (const exchange of batch.exchanges) {
    const day = Math.floor(exchange.occurredAt / DAY_MS);
    if (!known.has(day)) wanted.add(day);
  }
  if (wanted.size === 0) return;
  const { rows } = await client.query<{ day: number }>(
    `SELECT day FROM unnest($1::int[], $2::text[]) AS t(day, name) WHERE to_regclass(name) IS NULL ORDER BY day`,
    [[...wanted], [...wanted].map(partitionName)],
  );
  for (let from = 0; from < rows.length; from += PARTITIONS_AT_ONCE) {
    await asOwner(rows.slice(from, from + PARTITIONS_AT_ONCE).map(({ day }) => day));
  }
  for (const day of wanted) known.add(day);
}

async function asOwner(days: readonly number[]): Promise<void> {
  const owner = await ownerPool().connect();
  let failure: Error | undefined;
  try {
    await owner.query('BEGIN');
    await owner.query('SELECT pg_advisory_xact_lock($1)', [INGEST_LOCK]);
    for (const day of days) await makePartition(owner, day);
    await owner.query('COMMIT');
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    // Closing the session undoes what it had begun.
    owner.release(failure);
  }
}

const partitionName = (day: number) =>
  `exchange_${new Date(day * DAY_MS).toISOString().slice(0, 10).replaceAll('-', '')}`;

async function makePartition(client: pg.ClientBase, day: number): Promise<void> {
  const from = new Date(day * DAY_MS).toISOString();
  const to = new Date((day + 1) * DAY_MS).toISOString();
  await client.query(
    `CREATE TABLE IF NOT EXISTS "${partitionName(day)}" PARTITION OF exchange FOR VALUES FROM ('${from}') TO ('${to}')`,
  );
}
