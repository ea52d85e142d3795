import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { requireUser } from '@/lib/clusters/require-user';
import { database } from '@/lib/database/client';
import type { NotificationKind } from './schema';

/** Switches a kind on or off for the reader alone; what was told before stays. @throws AppError forbidden */
export async function switchNotification(
  actor: Actor,
  { kind, on }: { kind: NotificationKind; on: boolean },
): Promise<void> {
  requireRight(actor, 'desk.read');
  const { id: userId } = requireUser(actor);
  if (on) await database().notificationOff.deleteMany({ where: { userId, kind } });
  else await database().notificationOff.createMany({ data: [{ userId, kind }], skipDuplicates: true });
}
