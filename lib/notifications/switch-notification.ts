import type { z } from 'zod';
import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { requireUser } from '@/lib/clusters/require-user';
import { database } from '@/lib/database/client';
import type { switchSchema } from './schema';

/** Switches a kind on or off for the reader alone, at the desk or by mail; what was told before stays. @throws AppError forbidden */
export async function switchNotification(
  actor: Actor,
  { kind, channel, on }: z.infer<typeof switchSchema>,
): Promise<void> {
  requireRight(actor, 'desk.read');
  const { id: userId } = requireUser(actor);
  if (on) await database().notificationOff.deleteMany({ where: { userId, kind, channel } });
  else
    await database().notificationOff.createMany({ data: [{ userId, kind, channel }], skipDuplicates: true });
}
