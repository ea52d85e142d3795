import { requireFresh } from '@/lib/access/require-fresh';
import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { writeAudit } from '@/lib/audit/write-audit';
import { inTransaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { storableText } from '@/lib/storable-text';
import type { EndHoldInput } from './hold-schema';

/** Ends a hold; it stays as a record. @throws AppError forbidden, unproved, conflict when it is over already */
export async function endHold(actor: Actor, input: EndHoldInput): Promise<void> {
  requireRight(actor, 'hold.manage');
  requireFresh(actor);
  const reason = storableText(input.reason);
  await inTransaction(async (tx) => {
    const { count } = await tx.accountHold.updateMany({
      where: { id: input.holdId, endedAt: null },
      data: { endedAt: new Date(), endedReason: reason, endedById: actor.kind === 'user' ? actor.id : null },
    });
    if (count === 0) throw new AppError('conflict', 'Somebody ended this hold already. Reload the page.');
    const hold = await tx.accountHold.findUniqueOrThrow({
      where: { id: input.holdId },
      select: { kind: true, account: { select: { id: true } } },
    });
    await writeAudit(tx, actor, {
      verb: 'hold.end',
      object: { type: 'account', id: hold.account.id },
      reason,
      before: { hold: hold.kind },
      after: { hold: null },
    });
  });
}
