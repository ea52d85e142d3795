import { inTransaction } from '@/lib/database/transaction';
import { enqueueExecution } from './enqueue-execution';
import { settleStopped } from './settle-stopped';

/** A job that is due later than in so many seconds may be of a clock that has jumped back. A watch between stages may
 * be longer by its setting: it is looked at early, nothing else. */
const EARLY_LOOK_SECONDS = 600;

/** Hands the approved and running proposals that lost their job back to the worker: after a crash, after a shutdown,
 * or when the database was away for longer than the queue tries. Settles what stopped ones left without an answer: no
 * job comes to them any more. @returns the ids of those handed back */
export async function resumeExecutions(): Promise<number[]> {
  return inTransaction(async (tx) => {
    const lost = await tx.$queryRaw<{ id: number }[]>`
      SELECT p.id FROM proposal p
      WHERE p.status IN ('approved', 'running')
        AND NOT EXISTS (SELECT FROM kill_switch WHERE released_at IS NULL)
        AND NOT EXISTS (
          SELECT FROM graphile_worker.jobs j
          WHERE j.key = 'execute:P-' || p.id AND j.attempts < j.max_attempts
            AND j.run_at < now() + make_interval(secs => ${EARLY_LOOK_SECONDS}::float8))
      ORDER BY p.id`;
    for (const { id } of lost) await enqueueExecution(tx, id);
    await settleStopped(tx);
    return lost.map(({ id }) => id);
  });
}

/** Ends the claims of a worker that is gone, so that nobody waits for them to run out. What it still brings after all
 * is told apart by its fencing token. */
export async function releaseClaims(workerId: number): Promise<void> {
  await inTransaction(async (tx) => {
    await tx.$executeRaw`
      UPDATE enforcement_claim SET lease_until = now() WHERE worker_id = ${workerId}::int AND lease_until > now()`;
    await tx.$executeRaw`
      UPDATE proposal_item i SET next_attempt_at = now()
      FROM proposal p
      WHERE p.id = i.proposal_id AND i.state = 'sent' AND i.next_attempt_at > now()
        AND (p.status IN ('running', 'paused') OR p.status = 'stopped' AND p.settled_at IS NULL)
        AND i.claim_id IN (SELECT id FROM enforcement_claim WHERE worker_id = ${workerId}::int)`;
  });
}
