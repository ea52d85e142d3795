import { database } from '@/lib/database/client';
import type { LineageEvent, LineageRow } from './schema';

/** How what is written of another cluster reads on the page of the one it names. */
const MIRRORED: Partial<Record<LineageEvent, LineageEvent>> = {
  merged: 'merged_into',
  split: 'split_off',
  regrew: 'regrew_as',
};

/** What became of a cluster, and of its accounts in others, oldest first. */
export async function readLineage(clusterId: number): Promise<LineageRow[]> {
  const rows = await database().clusterLineage.findMany({
    where: { OR: [{ clusterId }, { otherClusterId: clusterId }] },
    orderBy: { id: 'asc' },
  });
  return rows.map((row) => {
    const own = row.clusterId === clusterId;
    return {
      event: own ? row.event : (MIRRORED[row.event] ?? row.event),
      otherClusterId: own ? row.otherClusterId : row.clusterId,
      before: row.before,
      after: row.after,
      at: row.at.toISOString(),
    };
  });
}
