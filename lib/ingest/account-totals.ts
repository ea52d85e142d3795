/**
 * How often and from when to when an account was seen. A small batch updates the accounts themselves; a large one
 * would hold a hundred thousand of their rows from everybody else, so it appends what it saw, and that is folded in
 * some thousand accounts at a time.
 */
import type pg from 'pg';
import { BinaryRows, copyRows } from '@/lib/database/copy-binary';
import { pool } from '@/lib/database/pool';
import type { IntTable } from './int-table';
import { INGEST_LOCK } from './take-turns';

/** So many accounts are held by one transaction. */
export const ACCOUNTS_AT_ONCE = 5_000;

/** @param totals account → exchanges, first seen, last seen (epoch ms) */
export async function writeTotals(client: pg.ClientBase, totals: IntTable): Promise<void> {
  const { keys, values, size } = totals;
  if (size > ACCOUNTS_AT_ONCE) {
    const rows = new BinaryRows();
    for (let place = 0; place < size; place++) {
      rows.row(4);
      rows.timestamp(values[place * 3 + 1]!);
      rows.timestamp(values[place * 3 + 2]!);
      rows.int4(keys[place * 4]!);
      rows.int4(values[place * 3]!);
    }
    await copyRows(
      client,
      'account_seen',
      ['first_seen_at', 'last_seen_at', 'account_key', 'exchanges'],
      rows,
    );
  } else if (size > 0) {
    const places = Array.from({ length: size }, (_, place) => place);
    await client.query(
      `${ADD} FROM (SELECT key, exchanges, to_timestamp(first / 1000.0) AS first, to_timestamp(last / 1000.0) AS last
         FROM unnest($1::int[], $2::int[], $3::float8[], $4::float8[]) AS u(key, exchanges, first, last)) t
       WHERE account.key = t.key`,
      [
        places.map((place) => keys[place * 4]),
        places.map((place) => values[place * 3]),
        places.map((place) => values[place * 3 + 1]),
        places.map((place) => values[place * 3 + 2]),
      ],
    );
  }
}

const ADD = `UPDATE account SET exchanges = account.exchanges + t.exchanges,
  first_seen_at = LEAST(account.first_seen_at, t.first), last_seen_at = GREATEST(account.last_seen_at, t.last)`;

/** Adds to the accounts what large batches left beside them. An interruption leaves the rest for the next call. */
export async function foldTotals(): Promise<void> {
  if (!(await isAnyLeft())) return;
  // First to one row an account, so that taking out some thousand does not mean looking at all.
  await underIngestLock(`WITH gone AS (DELETE FROM account_seen RETURNING *)
    INSERT INTO account_seen (first_seen_at, last_seen_at, account_key, exchanges)
    SELECT min(first_seen_at), max(last_seen_at), account_key, sum(exchanges)::int FROM gone GROUP BY 3 ORDER BY 3`);
  while (await isAnyLeft()) {
    await underIngestLock(`WITH gone AS (
        DELETE FROM account_seen WHERE account_key IN
          (SELECT account_key FROM account_seen ORDER BY account_key LIMIT ${ACCOUNTS_AT_ONCE}) RETURNING *),
      t AS (SELECT account_key AS key, sum(exchanges) AS exchanges, min(first_seen_at) AS first,
          max(last_seen_at) AS last FROM gone GROUP BY 1),
      held AS MATERIALIZED (SELECT a.key FROM account a JOIN t USING (key) ORDER BY a.key FOR NO KEY UPDATE OF a)
      ${ADD} FROM t JOIN held USING (key) WHERE account.key = t.key`);
  }
}

async function isAnyLeft(): Promise<boolean> {
  return (await pool().query('SELECT 1 FROM account_seen LIMIT 1')).rows.length > 0;
}

async function underIngestLock(sql: string): Promise<void> {
  const client = await pool().connect();
  let failure: Error | undefined;
  try {
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock($1)', [INGEST_LOCK]);
    await client.query(sql);
    await client.query('COMMIT');
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    // Closing the session undoes what it had begun.
    client.release(failure);
  }
}
