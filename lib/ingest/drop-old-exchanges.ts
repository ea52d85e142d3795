/** Raw exchanges go day by day, partition by partition; the rollups that every screen and detection read stay. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Actor } from '@/lib/access/schema';
import { writeAudits } from '@/lib/audit/write-audit';
import { ownerPool, pool } from '@/lib/database/pool';
import { inTransaction } from '@/lib/database/transaction';
import { readRetention } from './retention-settings';
import { INGEST_LOCK } from './take-turns';

/** Whoever comes after us in the lock's queue waits for us: no longer than this at a time. */
const LOCK_MS = 500;
const ATTEMPTS = 5;
const PAUSE_MS = 100;
/** Postgres could not take the lock in time. */
const LOCKED = '55P03';

interface OldPartition {
  partition: string;
  /** YYYY-MM-DD (UTC). */
  day: string;
}

export interface DropResult {
  /** Days that were dropped, oldest first. */
  days: string[];
  /** True when some are left because the table was in use; the next time goes on. */
  busy: boolean;
}

/**
 * Drops the partitions that lie wholly more than `keepDays` before the latest record, each in one transaction with
 * its row in exchange_drop, and writes an audit entry for each. Counted from the latest record, so that an archive
 * that is looked at years later stays whole; a record from the future counts as of now. When records stop, so does
 * dropping.
 */
export async function dropOldExchanges(
  actor: Actor,
  keepDays = readRetention(process.env).rawDays,
): Promise<DropResult> {
  const result: DropResult = { days: [], busy: false };
  for (const old of await listOldPartitions(keepDays)) {
    if (!(await dropPatiently(old))) {
      result.busy = true;
      break;
    }
    result.days.push(old.day);
  }
  await auditDrops(actor, keepDays);
  return result;
}

async function listOldPartitions(keepDays: number): Promise<OldPartition[]> {
  const { rows } = await pool().query<OldPartition>(
    `WITH latest AS (SELECT LEAST(max(last_seen_at), now()) AS at FROM account),
     partitions AS (
       SELECT c.relname AS partition, pg_get_expr(c.relpartbound, c.oid) AS bound
       FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'exchange'::regclass),
     spans AS (
       SELECT partition, (regexp_match(bound, 'FROM \\(''([^'']+)''\\)'))[1]::timestamptz AS starts,
         (regexp_match(bound, 'TO \\(''([^'']+)''\\)'))[1]::timestamptz AS ends
       FROM partitions)
     SELECT partition, to_char(starts AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day FROM spans, latest
     WHERE ends <= latest.at - make_interval(days => $1) ORDER BY starts`,
    [keepDays],
  );
  return rows;
}

/** @returns false when the table stayed in use however often it was tried */
async function dropPatiently(old: OldPartition): Promise<boolean> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    try {
      await drop(old);
      return true;
    } catch (error) {
      if ((error as { code?: string }).code !== LOCKED) throw error;
      await delay(PAUSE_MS * attempt);
    }
  }
  return false;
}

/** The count is of what goes: nothing comes in between. */
async function drop({ partition, day }: OldPartition): Promise<void> {
  const client = await ownerPool().connect();
  let failure: Error | undefined;
  const name = client.escapeIdentifier(partition);
  try {
    await client.query('BEGIN');
    // Between two batches of whoever is writing; then only readers are waited for.
    await client.query('SELECT pg_advisory_xact_lock($1)', [INGEST_LOCK]);
    await client.query(`SET LOCAL lock_timeout = ${LOCK_MS}`);
    await client.query(`ALTER TABLE exchange DETACH PARTITION ${name}`);
    await client.query(
      `INSERT INTO exchange_drop (day, partition, rows) SELECT $1, $2, count(*) FROM ${name}
       ON CONFLICT (day) DO UPDATE SET rows = exchange_drop.rows + EXCLUDED.rows, dropped_at = now(), audited = false`,
      [day, partition],
    );
    await client.query(`DROP TABLE ${name}`);
    await client.query('COMMIT');
  } catch (error) {
    failure = error as Error;
    throw error;
  } finally {
    // Closing the session undoes what it had begun.
    client.release(failure);
  }
}

/** What an interrupted run dropped is written down by the next one. */
async function auditDrops(actor: Actor, keepDays: number): Promise<void> {
  await inTransaction(async (tx) => {
    const drops = await tx.$queryRaw<{ day: string; partition: string; rows: bigint }[]>`
      UPDATE exchange_drop SET audited = true WHERE NOT audited
      RETURNING to_char(day, 'YYYY-MM-DD') AS day, partition, rows`;
    await writeAudits(
      tx,
      actor,
      drops
        .sort((a, b) => a.day.localeCompare(b.day))
        .map(({ day, partition, rows }) => ({
          verb: 'records.drop',
          object: { type: 'records', id: partition, label: `raw exchanges of ${day}` },
          detail: { day, exchanges: rows, keep_days: keepDays },
        })),
    );
  });
}
