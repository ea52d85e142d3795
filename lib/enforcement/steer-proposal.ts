import { requireFresh } from '@/lib/access/require-fresh';
import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import type { AuditVerb } from '@/lib/audit/schema';
import { writeAudit, writeRefusal } from '@/lib/audit/write-audit';
import { inTransaction, type Transaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { storableText } from '@/lib/storable-text';
import { appealRate } from './appeal-rate';
import { enqueueExecution } from './enqueue-execution';
import { auditObject, type LockedProposal, lockProposal } from './lock-proposal';
import { readKillSwitch } from './read-kill-switch';
import { refuseOwnPaused } from './refuse-own-paused';
import { requireLivePerson } from './require-live-person';
import { FROM_STATUS, proposalRef, tooLate } from './rules';
import type { ProposalStatus, SteerInput } from './schema';
import { settleStopped } from './settle-stopped';

const VERB: Record<SteerInput['to'], AuditVerb> = {
  pause: 'enforcement.pause',
  resume: 'enforcement.resume',
  stop: 'enforcement.stop',
  withdraw: 'proposal.withdraw',
};

/**
 * Pauses, resumes or stops a running action (approvers), or withdraws a waiting proposal (who made it). The worker
 * sees it before its next batch, within a second; what is done stays done. What a stop leaves without an answer is given
 * up as unknown.
 * @returns the status afterwards
 * @throws AppError forbidden, unproved (to resume), not_found, conflict when it is not in a state for this
 */
export async function steerProposal(actor: Actor, input: SteerInput): Promise<{ status: ProposalStatus }> {
  try {
    return await inTransaction(async (tx) => {
      if (actor.kind === 'user') {
        await requireLivePerson(tx, actor, input.to === 'withdraw' ? 'proposal.create' : 'enforcement.steer');
      }
      const proposal = await lockProposal(tx, input.proposalId);
      refuse(actor, proposal, input);
      if (input.to === 'resume') {
        requireFresh(actor);
        refuseOwnPaused(actor, proposal);
        await refuseWhileKilled(tx);
      }
      const status = statusAfter(proposal, input);
      const reason = storableText(input.reason);
      const ends = status === 'stopped' || status === 'withdrawn';
      await tx.proposal.update({
        where: { id: proposal.id },
        data: {
          status,
          note: input.to === 'resume' ? null : reason,
          ...(ends && { finishedAt: new Date() }),
        },
      });
      if (input.to === 'resume') await takeUpAgain(tx, proposal.id);
      await writeAudit(tx, actor, {
        verb: VERB[input.to],
        object: auditObject(proposal),
        reason,
        before: { status: proposal.status },
        after: { status },
      });
      if (status === 'stopped') await settleStopped(tx, proposal.id);
      return { status };
    });
  } catch (error) {
    if (error instanceof AppError && error.code === 'forbidden') {
      await writeRefusal(actor, {
        verb: VERB[input.to],
        object: { type: 'proposal', id: proposalRef(input.proposalId) },
        reason: error.forPerson,
      });
    }
    throw error;
  }
}

function refuse(actor: Actor, proposal: LockedProposal, input: SteerInput): void {
  if (input.to === 'withdraw') {
    requireRight(actor, 'proposal.create');
    if (actor.kind !== 'user' || actor.id !== proposal.proposedById) {
      throw new AppError('forbidden', 'Only who made a proposal may withdraw it. An approver may reject it.');
    }
  } else {
    requireRight(actor, 'enforcement.steer');
  }
  if (!(FROM_STATUS[input.to] as readonly string[]).includes(proposal.status)) {
    throw new AppError('conflict', tooLate(proposal.id, proposal.status));
  }
}

async function refuseWhileKilled(tx: Transaction): Promise<void> {
  if (await readKillSwitch(tx))
    throw new AppError('conflict', 'The kill switch is on. Two people have to release it first.');
}

/** Errors and appeals so far were looked at: they do not pause it again. */
async function takeUpAgain(tx: Transaction, id: number): Promise<void> {
  const { appeals } = await appealRate(tx, id);
  await tx.$executeRaw`
    UPDATE proposal SET appeals_seen = ${appeals}::int,
      errors_after = COALESCE((SELECT max(id) FROM enforcement_claim WHERE proposal_id = ${id}), 0)
    WHERE id = ${id}`;
  await enqueueExecution(tx, id);
}

function statusAfter(proposal: LockedProposal, input: SteerInput): ProposalStatus {
  if (input.to === 'pause') return 'paused';
  if (input.to === 'stop') return 'stopped';
  if (input.to === 'withdraw') return 'withdrawn';
  // What was paused before its first account has not started yet.
  return proposal.started ? 'running' : 'approved';
}
