import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { writeAudit } from '@/lib/audit/write-audit';
import { inTransaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { requireUser } from '../require-user';

/** Removes a view of one's own. @throws AppError forbidden, not_found (gone already, or somebody else's) */
export async function removeView(actor: Actor, { viewId }: { viewId: number }): Promise<void> {
  requireRight(actor, 'desk.read');
  const person = requireUser(actor);
  await inTransaction(async (tx) => {
    const view = await tx.savedView.findFirst({ where: { id: viewId, ownerId: person.id } });
    const { count } = await tx.savedView.deleteMany({ where: { id: viewId, ownerId: person.id } });
    if (!view || count === 0)
      throw new AppError('not_found', 'You have no such view any more. Only its owner removes a view.');
    await writeAudit(tx, actor, {
      verb: 'view.remove',
      object: { type: 'view', id: String(viewId), label: view.name },
      before: { filter: view.query, shared: view.shared },
    });
  });
}
