import type { Actor, Person } from '@/lib/access/schema';
import { writeAudit, writeRefusal } from '@/lib/audit/write-audit';
import { inTransaction, type Transaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { storableText } from '@/lib/storable-text';
import { enqueueExecution } from './enqueue-execution';
import { auditObject, hashOfItems, type LockedProposal, lockProposal } from './lock-proposal';
import { requireLivePerson } from './require-live-person';
import { FROM_STATUS, proposalRef, readCaps, tooLate } from './rules';
import type { AnswerInput, ProposalStatus } from './schema';

/**
 * One person's word on a frozen list. Approving binds to its hash; with enough approvals the worker's job is there in
 * the same transaction. A rejection ends the proposal. Refused attempts are written to the audit.
 * @returns the status afterwards
 * @throws AppError forbidden (own proposal, wrong role), conflict (too late, answered already, other list), not_found
 */
export async function answerProposal(actor: Actor, input: AnswerInput): Promise<{ status: ProposalStatus }> {
  const verb = input.verdict === 'approve' ? 'proposal.approve' : 'proposal.reject';
  try {
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
        detail: { sha256: input.sha256, approvals, approvalsRequired: proposal.approvalsRequired },
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
  if (input.verdict === 'approve') await refuseApproval(tx, proposal);
}

/** What may have changed since the list was frozen and forbids acting on it. A rejection stays possible. */
async function refuseApproval(tx: Transaction, proposal: LockedProposal): Promise<void> {
  const ref = proposalRef(proposal.id);
  if ((await hashOfItems(tx, proposal.id)) !== proposal.sha256) {
    throw new AppError(
      'conflict',
      `The list of ${ref} is not the one that was frozen. Reject it and tell whoever runs this deployment.`,
      `items of ${ref} do not hash to ${proposal.sha256}`,
    );
  }
  if (proposal.clusterId !== null && proposal.clusterStatus !== 'confirmed') {
    throw new AppError(
      'conflict',
      `CL-${proposal.clusterId} is no longer confirmed. Reject ${ref}, or confirm it again.`,
    );
  }
  const cap = readCaps(process.env).action;
  if (proposal.accountCount > cap) {
    throw new AppError(
      'limit',
      `${ref} holds ${proposal.accountCount} accounts, ${cap} at most. Reject it and split it.`,
    );
  }
}

/** Approvals of this very list by people who may still approve. */
async function countApprovals(tx: Transaction, proposal: LockedProposal): Promise<number> {
  return tx.approval.count({
    where: {
      proposalId: proposal.id,
      verdict: 'approve',
      sha256: proposal.sha256,
      approver: { disabledAt: null, role: 'approver' },
    },
  });
}

function statusAfter(proposal: LockedProposal, input: AnswerInput, approvals: number): ProposalStatus {
  if (input.verdict === 'reject') return 'rejected';
  return approvals >= proposal.approvalsRequired ? 'approved' : proposal.status;
}
