import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import type { ClusterPulse } from '../presence-schema';
import { requireUser } from '../require-user';
import { readPulse } from './read-pulse';

/** Says that the reader has the cluster's page open, and how it stands. That somebody looks is no change of the desk and
 * not in the audit. @throws AppError forbidden, not_found (gone since the page was opened) */
export async function notePresence(actor: Actor, id: number): Promise<ClusterPulse> {
  requireRight(actor, 'desk.read');
  const person = requireUser(actor);
  const pulse = await readPulse(actor, id);
  const key = { clusterId: id, userId: person.id };
  const seenAt = new Date();
  await database().clusterPresence.upsert({
    where: { clusterId_userId: key },
    create: { ...key, seenAt },
    update: { seenAt },
  });
  return pulse;
}
