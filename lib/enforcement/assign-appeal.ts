import { RIGHTS } from '@/lib/access/rules';
import type { Actor, Person } from '@/lib/access/schema';
import { writeAudit, writeRefusal } from '@/lib/audit/write-audit';
import { inTransaction, type Transaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { ownPart } from './appeal-rules';
import { type AssignAppealInput, appealRef } from './appeal-schema';
import { auditObject, hadPart, type LockedAppeal, lockAppeal } from './lock-appeal';
import { requireLivePerson } from './require-live-person';

/**
 * Takes an appeal up, hands it to somebody, or gives it back to the queue. Whoever gets it had no part in the act that
 * it is against; the database holds that too. What somebody else holds, only they or an approver may move.
 * @throws AppError forbidden, not_found, conflict when it is decided or somebody else was first
 */
export async function assignAppeal(actor: Actor, input: AssignAppealInput): Promise<void> {
  try {
    await inTransaction(async (tx) => {
      const person = await requireLivePerson(tx, actor, 'appeal.decide');
      const appeal = await lockAppeal(tx, input.number);
      refuseMove(person, appeal, input.toId);
      const to = input.toId === null ? null : await findJudge(tx, appeal, input.toId);
      if (to?.id === appeal.assigneeId) return;
      await tx.appeal.update({
        where: { number: appeal.number },
        data: { assigneeId: to?.id ?? null, assignedAt: to && new Date() },
      });
      await writeAudit(tx, person, {
        verb: to ? 'appeal.assign' : 'appeal.release',
        object: auditObject(appeal),
        before: { assignee: appeal.assigneeName },
        after: { assignee: to?.name ?? null },
      });
    });
  } catch (error) {
    if (error instanceof AppError && error.code === 'forbidden') {
      await writeRefusal(actor, {
        verb: 'appeal.assign',
        object: { type: 'appeal', id: appealRef(input.number) },
        reason: error.forPerson,
        detail: { to: input.toId },
      });
    }
    throw error;
  }
}

function refuseMove(person: Person, appeal: LockedAppeal, toId: number | null): void {
  if (appeal.state !== 'open')
    throw new AppError('conflict', `${appealRef(appeal.number)} is decided. Reload the page.`);
  const held = appeal.assigneeId !== null && appeal.assigneeId !== person.id;
  if (!held || appeal.assigneeId === toId || person.role === 'approver') return;
  throw new AppError(
    'conflict',
    `${appeal.assigneeName} has taken it up. Ask them, or an approver, to hand it over.`,
  );
}

async function findJudge(
  tx: Transaction,
  appeal: LockedAppeal,
  id: number,
): Promise<{ id: number; name: string }> {
  const judge = await tx.user.findUnique({
    where: { id },
    select: { id: true, name: true, role: true, disabledAt: true },
  });
  if (!judge || judge.disabledAt || !(RIGHTS['appeal.decide'] as readonly string[]).includes(judge.role))
    throw new AppError(
      'forbidden',
      'Only analysts and approvers who can sign in decide appeals. Choose somebody else.',
    );
  if (await hadPart(tx, judge.id, appeal)) throw new AppError('forbidden', ownPart(appeal.proposalId!));
  return judge;
}
