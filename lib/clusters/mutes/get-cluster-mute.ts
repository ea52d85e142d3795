import { database } from '@/lib/database/client';
import type { ClusterMute } from '../mute-schema';
import { MUTED } from '../queue-conditions';

/** The mute in force that keeps a cluster out of the queue, else the one that its own dismissal made; null when neither. */
export async function getClusterMute(clusterId: number): Promise<ClusterMute | null> {
  const mute = await database().mutedPattern.findFirst({
    where: { endedAt: null, OR: [{ hides: { some: { ...MUTED, id: clusterId } } }, { clusterId }] },
    orderBy: { id: 'desc' },
    include: {
      cluster: { select: { id: true, name: true } },
      decision: { select: { author: { select: { name: true } } } },
    },
  });
  return (
    mute && {
      id: mute.id,
      source: mute.cluster,
      mutedBy: mute.decision.author.name,
      mutedAt: mute.mutedAt.toISOString(),
      expiresAt: mute.expiresAt.toISOString(),
    }
  );
}
