import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { clusterId, noSuchCluster } from '../find-cluster';
import type { ClusterPulse } from '../presence-schema';
import { listLookers } from './list-lookers';

/** Who else has the cluster's page open, and how it stands; says nothing of the reader.
 * @throws AppError forbidden, not_found */
export async function readPulse(actor: Actor, id: number): Promise<ClusterPulse> {
  requireRight(actor, 'desk.read');
  const cluster = await database().cluster.findUnique({
    where: { id: clusterId(id) },
    select: { status: true, updatedAt: true, assignee: { select: { id: true, name: true } } },
  });
  if (!cluster) throw noSuchCluster(id);
  return {
    lookers: await listLookers(actor, id),
    status: cluster.status,
    assignee: cluster.assignee,
    updatedAt: cluster.updatedAt.toISOString(),
  };
}
