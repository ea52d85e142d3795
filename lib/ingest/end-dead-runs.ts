import { writeAudits } from '@/lib/audit/write-audit';
import { inTransaction } from '@/lib/database/transaction';
import { RUN_LOCK } from './hold-run';
import { tidyTelemetry } from './loaded-partitions';

const WORKER = { kind: 'system', name: 'worker' } as const;

interface DeadRun {
  id: number;
  source: string;
  accepted: number;
  rejected: number;
  duplicates: number;
  unknown_keys: number;
}

/**
 * Ends the runs that are under way but whose writer is gone, as failed; what they had taken stays, and detection now
 * looks at it. A writer that merely waits for its sender is left alone.
 * @returns their ids
 */
export async function endDeadRuns(): Promise<number[]> {
  const dead = await failDeadRuns();
  if (dead.length > 0) await tidyTelemetry();
  return dead;
}

async function failDeadRuns(): Promise<number[]> {
  return inTransaction(async (tx) => {
    const free = await tx.$queryRaw<{ id: number }[]>`
      WITH going AS MATERIALIZED (SELECT id FROM ingest_run WHERE state = 'running')
      SELECT id FROM going WHERE pg_try_advisory_xact_lock(${RUN_LOCK}::int, id)`;
    if (free.length === 0) return [];
    // Whoever ended in the ordinary way since is no longer running.
    const dead = await tx.$queryRaw<DeadRun[]>`
      UPDATE ingest_run SET state = 'failed', finished_at = clock_timestamp()
      WHERE id = ANY(${free.map(({ id }) => id)}::int[]) AND state = 'running'
      RETURNING id, source, accepted::float8, rejected::float8, duplicates::float8, unknown_keys::float8`;
    await writeAudits(
      tx,
      WORKER,
      dead.map(({ id, source, ...counts }) => ({
        verb: 'records.ingest',
        object: { type: 'records', id: String(id), label: source },
        outcome: 'refused',
        reason: 'Its process ended in the middle. What was taken stays; sending it all again counts it once.',
        detail: counts,
      })),
    );
    return dead.map(({ id }) => id);
  });
}
