import { requireFresh } from '@/lib/access/require-fresh';
import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { writeAudit, writeRefusal } from '@/lib/audit/write-audit';
import { inTransaction, type Transaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { storableText } from '@/lib/storable-text';
import { enqueueExecution } from './enqueue-execution';
import { auditObject, lockProposal } from './lock-proposal';
import { readKillSwitch } from './read-kill-switch';
import { refuseOwnPaused } from './refuse-own-paused';
import { requireLivePerson } from './require-live-person';
import { proposalRef, tooLate } from './rules';
import type { RetryInput } from './schema';

/** Stopped ones are over, and those that nobody approved never began. */
const RETRIED_FROM: readonly string[] = ['running', 'paused', 'done'];

/**
 * Tries accounts that were given up again, all or some, with the keys they had: what an earlier try did after all is
 * not done twice. A finished action goes on for them; a paused one tries them once it is resumed.
 * @returns how many accounts are tried again
 * @throws AppError forbidden, unproved, not_found, conflict (stopped, kill switch, none of them was given up)
 */
export async function retryDead(actor: Actor, input: RetryInput): Promise<{ accounts: number }> {
  const reason = storableText(input.reason);
  try {
    return await inTransaction(async (tx) => {
      requireRight(actor, 'enforcement.steer');
      const person = await requireLivePerson(tx, actor, 'enforcement.steer');
      const proposal = await lockProposal(tx, input.proposalId);
      const { id, status } = proposal;
      if (!RETRIED_FROM.includes(status)) throw new AppError('conflict', tooLate(id, status));
      requireFresh(person);
      refuseOwnPaused(person, proposal);
      if (await readKillSwitch(tx))
        throw new AppError('conflict', 'The kill switch is on. Two people have to release it first.');
      const ids = await revive(tx, id, input.accountIds);
      if (ids.length === 0)
        throw new AppError(
          'conflict',
          'None of these accounts was given up. Reload the page to see where they stand.',
        );
      await tx.$executeRaw`
        UPDATE proposal SET status = (CASE WHEN status = 'done' THEN 'running' ELSE status::text END)::proposal_status,
          finished_at = NULL,
          errors_after = COALESCE((SELECT max(id) FROM enforcement_claim WHERE proposal_id = ${id}), 0)
        WHERE id = ${id}`;
      if (status !== 'paused') await enqueueExecution(tx, id);
      await writeAudit(tx, person, {
        verb: 'enforcement.retry',
        object: auditObject(proposal),
        reason,
        before: { status },
        after: { status: status === 'done' ? 'running' : status },
        detail: { retried: ids.length, accounts: ids },
      });
      return { accounts: ids.length };
    });
  } catch (error) {
    if (error instanceof AppError && error.code === 'forbidden') {
      const object = { type: 'proposal', id: proposalRef(input.proposalId) } as const;
      await writeRefusal(actor, { verb: 'enforcement.retry', object, reason: error.forPerson });
    }
    throw error;
  }
}

/** Back to waiting for their turn, with all their tries. The caps of the day and the hour count them anew, the action's
 * does not; that an earlier call may have taken effect stays written. Others may have acted on them since:
 * what a restore returns to is read again with the next try. @returns their ids */
async function revive(tx: Transaction, proposalId: number, only?: readonly string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    UPDATE proposal_item SET state = 'waiting', attempts = 0, previous_status = NULL, done_at = NULL, next_attempt_at = NULL,
      outcome = 'given up before, tried again by a person'
    WHERE proposal_id = ${proposalId} AND state = 'dead'
      AND (${only ?? null}::text[] IS NULL OR account_id = ANY(${only ?? []}::text[]))
    RETURNING account_id AS id`;
  return rows.map((row) => row.id);
}
