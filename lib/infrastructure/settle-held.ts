import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { writeAudit } from '@/lib/audit/write-audit';
import { inTransaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { storableText } from '@/lib/storable-text';
import { HELD_REASONS, type SettleHeldInput, settleHeldSchema } from './schema';

/** Lets held entries of a list count, or takes them out of it. @returns how many
 * @throws AppError forbidden, conflict when nothing is held for this any more; ZodError */
export async function settleHeld(actor: Actor, input: SettleHeldInput): Promise<{ entries: number }> {
  requireRight(actor, 'settings.manage');
  const { listId, held, take, reason } = settleHeldSchema.parse(input);
  return inTransaction(async (tx) => {
    const where = { listId, held, list: { endedAt: null } };
    const { count } = take
      ? await tx.infrastructureEntry.updateMany({ where, data: { held: null } })
      : await tx.infrastructureEntry.deleteMany({ where });
    if (count === 0) {
      throw new AppError(
        'conflict',
        'Nothing of this list is held for that any more: somebody else has decided it, or the list has ended. Reload the page.',
      );
    }
    const list = await tx.infrastructureList.update({
      where: { id: listId },
      data: { changedAt: new Date() },
    });
    await writeAudit(tx, actor, {
      verb: 'list.settle',
      object: { type: 'list', id: String(listId), label: list.name },
      reason: storableText(reason),
      before: { held: HELD_REASONS[held], entries: count },
      after: { entries: take ? 'in force' : 'taken out' },
    });
    return { entries: count };
  });
}
