import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { requireUser } from '@/lib/clusters/require-user';
import { database } from '@/lib/database/client';

/** Marks the reader's own as read, up to the newest that they saw; what came since stays new. @throws AppError forbidden */
export async function readNotifications(actor: Actor, input: { id: string }): Promise<void> {
  requireRight(actor, 'desk.read');
  const { id: userId } = requireUser(actor);
  await database().notification.updateMany({
    where: { userId, readAt: null, id: { lte: BigInt(input.id) } },
    data: { readAt: new Date() },
  });
}
