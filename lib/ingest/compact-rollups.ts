/** Merges rollup deltas of one (account, …) into a single row, so that the tables do not grow with each ingest. */
import { pool } from '@/lib/database/pool';
import { inTransaction } from '@/lib/database/transaction';
import { tidyTelemetry } from './loaded-partitions';
import { listPartitions } from './partitions';
import { MERGE_LOCK } from './take-turns';

/** The largest partition's merge takes minutes at most. */
const MERGE_MS = 600_000;

const MERGES = [
  {
    table: 'account_indicator',
    time: 'day',
    key: 'account_key, indicator_id, day',
    values: 'LEAST(sum(count), 2147483647)::int AS count',
    columns: 'account_key, indicator_id, day, count',
  },
  {
    table: 'account_hour',
    time: 'hour',
    key: 'account_key, hour, class, model_id',
    values: 'sum(exchanges)::int, sum(input_tokens)::bigint, sum(output_tokens)::bigint',
    columns: 'account_key, hour, class, model_id, exchanges, input_tokens, output_tokens',
  },
  {
    table: 'account_bins',
    time: 'day',
    key: 'account_key, day',
    values: 'bit_or(bins)',
    columns: 'account_key, day, bins',
  },
] as const;

/**
 * Sums what readers would sum anyway; their answers stay the same before, during and after.
 * @returns how many rows were saved.
 */
export async function compactRollups(): Promise<number> {
  await tidyTelemetry();
  let saved = 0;
  for (const { table, time, key, values, columns } of MERGES) {
    for (const { span } of await listPartitions(pool(), table)) {
      const isWithin = `${time} >= '${span.from}' AND ${time} < '${span.to}'`;
      // One statement: a reader sees all the deltas or all the sums. Rows that come in meanwhile are left alone.
      const sql = `WITH several AS (SELECT ${key} FROM ${table} WHERE ${isWithin} GROUP BY ${key} HAVING count(*) > 1),
              gone AS (DELETE FROM ${table} USING several
                       WHERE ${table}.${isWithin.replace(' AND ', ` AND ${table}.`)}
                         AND (${prefixed(table, key)}) = (${prefixed('several', key)}) RETURNING ${table}.*),
              merged AS (INSERT INTO ${table} (${columns}) SELECT ${key}, ${values} FROM gone GROUP BY ${key} RETURNING 1)
         SELECT (SELECT count(*) FROM gone) AS removed, (SELECT count(*) FROM merged) AS added`;
      saved += await merge(sql);
    }
  }
  return saved;
}

/** Not beside an erasure: it would find an account's deltas gone and never see their sum. @returns rows saved */
function merge(sql: string): Promise<number> {
  return inTransaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${MERGE_LOCK})`;
    const [row] = await tx.$queryRawUnsafe<{ removed: bigint; added: bigint }[]>(sql);
    return Number(row?.removed ?? 0) - Number(row?.added ?? 0);
  }, MERGE_MS);
}

const prefixed = (table: string, key: string) =>
  key
    .split(', ')
    .map((column) => `${table}.${column}`)
    .join(', ');
