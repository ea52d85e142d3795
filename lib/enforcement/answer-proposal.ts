import { requireFresh } from '@/lib/access/require-fresh';
import { requireRight } from '@/lib/access/require-right';
import type { Actor, Person } from '@/lib/access/schema';
import { writeAudit, writeRefusal } from '@/lib/audit/write-audit';
import { database } from '@/lib/database/client';
import { inTransaction, type Transaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { storableText } from '@/lib/storable-text';
import { enqueueExecution } from './enqueue-execution';
import { auditObject, type LockedProposal, lockProposal } from './lock-proposal';
import { countApprovals, countHeld, objectionTo } from './recheck-proposal';
import { requireLivePerson } from './require-live-person';
import { FROM_STATUS, proposalRef, tooLate } from './rules';
import type { AnswerInput, ProposalStatus } from './schema';

/**
 * One person's word on a frozen list. Approving binds to its hash; with enough approvals the worker's job is there in
 * the same transaction. A rejection ends the proposal. Refused attempts are written to the audit.
 * @returns the status afterwards
 * @throws AppError forbidden (own proposal, wrong role), conflict (too late, answered already, other list), not_found,
 *   unproved (a large list takes a fresh sign-in)
 */
export async function answerProposal(actor: Actor, input: AnswerInput): Promise<{ status: ProposalStatus }> {
  const verb = input.verdict === 'approve' ? 'proposal.approve' : 'proposal.reject';
  try {
    const provenAt = await proveLately(actor, input);
    return await inTransaction(async (tx) => {
      const person = await requireLivePerson(tx, actor, 'proposal.approve');
      const proposal = await lockProposal(tx, input.proposalId);
      await refuse(tx, person, proposal, input);
      const reason = storableText(input.reason);
      await tx.approval.create({
        data: {
          proposalId: proposal.id,
          proposedById: proposal.proposedById,
          approverId: person.id,
          verdict: input.verdict,
          reason,
          sha256: input.sha256,
          signedInAt: provenAt,
        },
      });
      const approvals = await countApprovals(tx, proposal);
      const status = statusAfter(proposal, input, approvals);
      if (status !== proposal.status) {
        await tx.proposal.update({
          where: { id: proposal.id },
          data: { status, ...(status === 'rejected' && { finishedAt: new Date() }) },
        });
      }
      if (status === 'approved') await enqueueExecution(tx, proposal.id);
      await writeAudit(tx, person, {
        verb,
        object: auditObject(proposal),
        reason,
        before: { status: proposal.status },
        after: { status },
        detail: {
          sha256: input.sha256,
          approvals,
          approvalsRequired: proposal.approvalsRequired,
          ...(provenAt && { signedInAt: provenAt.toISOString() }),
        },
      });
      return { status };
    });
  } catch (error) {
    if (error instanceof AppError && error.code !== 'not_found') {
      await writeRefusal(actor, {
        verb,
        object: { type: 'proposal', id: proposalRef(input.proposalId) },
        reason: error.forPerson,
      });
    }
    throw error;
  }
}

/** When the approver of a large list last proved who they are; null when any session will do.
 * @throws AppError unproved */
async function proveLately(actor: Actor, input: AnswerInput): Promise<Date | null> {
  if (input.verdict === 'reject') return null;
  requireRight(actor, 'proposal.approve');
  const proposal = await database().proposal.findUnique({
    where: { id: input.proposalId },
    select: { freshMinutes: true, proposedById: true, status: true },
  });
  // What is refused for another reason is refused for that one.
  const own = actor.kind === 'user' && proposal?.proposedById === actor.id;
  if (actor.kind !== 'user' || !proposal?.freshMinutes || own || proposal.status !== 'waiting') return null;
  return requireFresh(actor, proposal.freshMinutes);
}

async function refuse(
  tx: Transaction,
  person: Person,
  proposal: LockedProposal,
  input: AnswerInput,
): Promise<void> {
  const ref = proposalRef(proposal.id);
  if (proposal.proposedById === person.id) {
    throw new AppError('forbidden', 'Refused: own proposal. Somebody else has to approve or reject it.');
  }
  if (!(FROM_STATUS.answer as readonly string[]).includes(proposal.status)) {
    throw new AppError('conflict', tooLate(proposal.id, proposal.status));
  }
  if (proposal.expired) throw new AppError('conflict', `${ref} has expired. Propose the list anew.`);
  const earlier = await tx.approval.findUnique({
    where: { proposalId_approverId: { proposalId: proposal.id, approverId: person.id } },
  });
  if (earlier)
    throw new AppError('conflict', `You have answered ${ref} already. Somebody else has to answer it now.`);
  if (input.sha256 !== proposal.sha256) {
    throw new AppError(
      'conflict',
      `The list you saw is not the list of ${ref}. Reload the page and look at it again.`,
    );
  }
  if (input.verdict === 'reject') return;
  const objection = await objectionTo(tx, proposal);
  if (objection) throw objection;
  const held = await countHeld(tx, proposal.id);
  if (held > 0) {
    throw new AppError(
      'conflict',
      `${held} of its accounts came under a hold since ${ref} was frozen. Reject it and propose the others anew.`,
    );
  }
}

function statusAfter(proposal: LockedProposal, input: AnswerInput, approvals: number): ProposalStatus {
  if (input.verdict === 'reject') return 'rejected';
  return approvals >= proposal.approvalsRequired ? 'approved' : proposal.status;
}
