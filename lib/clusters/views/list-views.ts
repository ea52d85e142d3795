import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import type { SavedView } from '../queue-schema';

/** The reader's own views, then what others share; by name. @throws AppError forbidden */
export async function listViews(actor: Actor): Promise<SavedView[]> {
  requireRight(actor, 'desk.read');
  const ownerId = actor.kind === 'user' ? actor.id : 0;
  const views = await database().savedView.findMany({
    where: { OR: [{ ownerId }, { shared: true, owner: { disabledAt: null } }] },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    select: { id: true, name: true, query: true, shared: true, owner: { select: { id: true, name: true } } },
  });
  return [
    ...views.filter((view) => view.owner.id === ownerId),
    ...views.filter((view) => view.owner.id !== ownerId),
  ];
}
