import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { GONE_AFTER_MS } from '../presence-schema';
import type { PersonRef } from '../schema';

/** Others who have had the cluster's page open within the last 45 seconds, by name. */
export async function listLookers(actor: Actor, clusterId: number): Promise<PersonRef[]> {
  const rows = await database().clusterPresence.findMany({
    where: {
      clusterId,
      seenAt: { gt: new Date(Date.now() - GONE_AFTER_MS) },
      ...(actor.kind === 'user' && { userId: { not: actor.id } }),
    },
    orderBy: [{ user: { name: 'asc' } }, { userId: 'asc' }],
    select: { user: { select: { id: true, name: true } } },
  });
  return rows.map(({ user }) => user);
}
