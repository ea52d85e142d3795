import type { Actor, Person } from '@/lib/access/schema';
import { writeAudit, writeRefusal } from '@/lib/audit/write-audit';
import { inTransaction, type Transaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { storableText } from '@/lib/storable-text';
import { ownPart } from './appeal-rules';
import { appealRef, type DecideAppealInput } from './appeal-schema';
import { auditObject, hadPart, type LockedAppeal, lockAppeal } from './lock-appeal';
import { requireLivePerson } from './require-live-person';
import { restoreAppealed } from './restore-appealed';
import { proposalRef } from './rules';

/**
 * Upholds the act, or grants the appeal: then a restore of this account is proposed in the same transaction, which
 * others approve as any. For whoever has taken the appeal up and had no part in the act; a decision is final.
 * @returns the restore's id when it was granted
 * @throws AppError forbidden, not_found, bad_input, conflict when it is decided or not taken up by this person
 */
export async function decideAppeal(
  actor: Actor,
  input: DecideAppealInput,
): Promise<{ restoreId: number | null }> {
  try {
    return await inTransaction(async (tx) => {
      const person = await requireLivePerson(tx, actor, 'appeal.decide');
      const appeal = await lockAppeal(tx, input.number);
      await refuse(tx, person, appeal, input);
      return decide(tx, person, appeal, { ...input, reason: storableText(input.reason) });
    });
  } catch (error) {
    if (error instanceof AppError && error.code === 'forbidden') {
      await writeRefusal(actor, {
        verb: input.verdict === 'grant' ? 'appeal.grant' : 'appeal.uphold',
        object: { type: 'appeal', id: appealRef(input.number) },
        reason: error.forPerson,
      });
    }
    throw error;
  }
}

async function refuse(
  tx: Transaction,
  person: Person,
  appeal: LockedAppeal,
  { verdict }: DecideAppealInput,
): Promise<void> {
  const ref = appealRef(appeal.number);
  if (appeal.state !== 'open')
    throw new AppError('conflict', `${ref} is decided already. Reload the page to see how.`);
  if (await hadPart(tx, person.id, appeal)) throw new AppError('forbidden', ownPart(appeal.proposalId!));
  if (appeal.assigneeId !== person.id) {
    const who = appeal.assigneeName
      ? `${appeal.assigneeName} has taken ${ref} up`
      : `Nobody has taken ${ref} up`;
    throw new AppError('conflict', `${who}. Take it up before you decide.`);
  }
  if (verdict === 'grant' && appeal.proposalId === null)
    throw new AppError('bad_input', `No act of ours is behind ${ref}: there is nothing to take back.`);
}

async function decide(
  tx: Transaction,
  person: Person,
  appeal: LockedAppeal,
  { verdict, reason }: DecideAppealInput,
): Promise<{ restoreId: number | null }> {
  const restoreId = verdict === 'grant' ? await restoreAppealed(tx, person, appeal, reason) : null;
  const state = verdict === 'grant' ? 'granted' : 'upheld';
  await tx.appeal.update({
    where: { number: appeal.number },
    data: { state, reason, decidedById: person.id, decidedAt: new Date(), restoreId },
  });
  await writeAudit(tx, person, {
    verb: verdict === 'grant' ? 'appeal.grant' : 'appeal.uphold',
    object: auditObject(appeal),
    reason,
    before: { state: 'open' },
    after: { state },
    detail: {
      account: appeal.accountId,
      proposal: appeal.proposalId && proposalRef(appeal.proposalId),
      cluster: appeal.clusterId && `CL-${appeal.clusterId}`,
      kinds: appeal.kinds,
      restore: restoreId && proposalRef(restoreId),
    },
  });
  return { restoreId };
}
