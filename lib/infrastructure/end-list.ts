import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { writeAudit } from '@/lib/audit/write-audit';
import { inTransaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { storableText } from '@/lib/storable-text';
import { type EndListInput, endListSchema } from './schema';

/** Ends a list before its day: from the next run on it counts no more. What it held stays as a record.
 * @throws AppError forbidden, conflict when it has ended already; ZodError */
export async function endList(actor: Actor, input: EndListInput): Promise<void> {
  requireRight(actor, 'settings.manage');
  const { listId, ...typed } = endListSchema.parse(input);
  const reason = storableText(typed.reason);
  await inTransaction(async (tx) => {
    const { count } = await tx.infrastructureList.updateMany({
      where: { id: listId, endedAt: null },
      data: { endedAt: new Date(), changedAt: new Date(), endedReason: reason },
    });
    if (count === 0) {
      throw new AppError('conflict', 'This list has ended already, or there is none. Reload the page.');
    }
    const list = await tx.infrastructureList.findUniqueOrThrow({ where: { id: listId } });
    await writeAudit(tx, actor, {
      verb: 'list.end',
      object: { type: 'list', id: String(listId), label: list.name },
      reason,
      before: { type: list.type, until: list.expiresAt.toISOString() },
    });
  });
}
