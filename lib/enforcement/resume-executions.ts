import { inTransaction } from '@/lib/database/transaction';
import { enqueueExecution } from './enqueue-execution';
import { settleStopped } from './settle-stopped';

/** Hands the approved and running proposals that lost their job back to the worker: after a crash, after a shutdown,
 * or when the database was away for longer than the queue tries. Settles what stopped ones left without an answer: no
 * job comes to them any more. @returns the ids of those handed back */
export async function resumeExecutions(): Promise<number[]> {
  return inTransaction(async (tx) => {
    const lost = await tx.$queryRaw<{ id: number }[]>`
      SELECT p.id FROM proposal p
      WHERE p.status IN ('approved', 'running') AND NOT EXISTS (
        SELECT 1 FROM graphile_worker.jobs j
        WHERE j.key = 'execute:P-' || p.id AND j.attempts < j.max_attempts)
      ORDER BY p.id`;
    for (const { id } of lost) await enqueueExecution(tx, id);
    await settleStopped(tx);
    return lost.map(({ id }) => id);
  });
}

/** Ends the claims of workers that are gone, so that nobody waits for them to run out. Only for whoever knows that no
 * other worker is alive; a result that comes after all is told apart by its try. */
export async function releaseClaims(): Promise<void> {
  await inTransaction(
    (tx) => tx.$executeRaw`
      UPDATE proposal_item i SET next_attempt_at = now()
      FROM proposal p WHERE p.id = i.proposal_id AND p.status IN ('running', 'paused', 'stopped')
        AND i.state = 'sent'`,
  );
}
