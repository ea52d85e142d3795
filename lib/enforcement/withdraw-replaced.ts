import type { Person } from '@/lib/access/schema';
import { writeAudit } from '@/lib/audit/write-audit';
import type { Transaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { auditObject, lockProposal } from './lock-proposal';
import { proposalRef, tooLate } from './rules';

/** Withdraws the waiting proposal whose place a new list of the same person takes. @throws AppError conflict, forbidden */
export async function withdrawReplaced(tx: Transaction, person: Person, id: number): Promise<void> {
  const proposal = await lockProposal(tx, id);
  if (proposal.proposedById !== person.id) {
    throw new AppError(
      'forbidden',
      `Only who made ${proposalRef(id)} may replace it. An approver may reject it.`,
    );
  }
  if (proposal.status !== 'waiting') throw new AppError('conflict', tooLate(id, proposal.status));
  const note = 'Replaced by another list of the same person.';
  await tx.proposal.update({ where: { id }, data: { status: 'withdrawn', note, finishedAt: new Date() } });
  await writeAudit(tx, person, {
    verb: 'proposal.withdraw',
    object: auditObject(proposal),
    reason: note,
    before: { status: 'waiting' },
    after: { status: 'withdrawn' },
  });
}
