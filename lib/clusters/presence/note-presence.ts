import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { clusterId, noSuchCluster } from '../find-cluster';
import type { ClusterPulse } from '../presence-schema';
import { requireUser } from '../require-user';
import { listLookers } from './list-lookers';

/** Says that the reader has the cluster's page open, and how it stands. That somebody looks is no change of the desk and
 * not in the audit. @throws AppError forbidden, not_found (gone since the page was opened) */
export async function notePresence(actor: Actor, id: number): Promise<ClusterPulse> {
  requireRight(actor, 'desk.read');
  const person = requireUser(actor);
  const cluster = await database().cluster.findUnique({
    where: { id: clusterId(id) },
    select: { status: true, updatedAt: true, assignee: { select: { id: true, name: true } } },
  });
  if (!cluster) throw noSuchCluster(id);
  const key = { clusterId: id, userId: person.id };
  const seenAt = new Date();
  await database().clusterPresence.upsert({
    where: { clusterId_userId: key },
    create: { ...key, seenAt },
    update: { seenAt },
  });
  return {
    lookers: await listLookers(actor, id),
    status: cluster.status,
    assignee: cluster.assignee,
    updatedAt: cluster.updatedAt.toISOString(),
  };
}
