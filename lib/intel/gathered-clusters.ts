/** The clusters of campaigns, with which of them count: what one took over from another is not counted twice. */
import { database } from '@/lib/database/client';
import type { GatheredCluster } from './schema';

export type Gathered = GatheredCluster & { campaignId: number };

/** @param campaignIds all campaigns when absent */
export async function readGathered(campaignIds?: readonly number[]): Promise<Gathered[]> {
  const rows = await database().campaignCluster.findMany({
    where: campaignIds ? { campaignId: { in: [...campaignIds] } } : {},
    include: { cluster: true, addedBy: { select: { id: true, name: true } } },
    orderBy: [{ cluster: { score: 'desc' } }, { clusterId: 'asc' }],
  });
  const gone = rows.filter(({ cluster }) => !cluster.active).map(({ clusterId }) => clusterId);
  const heirs = await readHeirs(gone);
  const campaignOf = new Map(rows.map((row) => [row.clusterId, row.campaignId]));
  return rows.map(({ campaignId, cluster, addedBy, addedAt }) => {
    const heir = heirs.get(cluster.id);
    const mergedInto = heir ? { ...heir, inCampaign: campaignOf.get(heir.id) === campaignId } : null;
    return {
      campaignId,
      id: cluster.id,
      name: cluster.name,
      status: cluster.status,
      reopenedCause: cluster.reopenedCause,
      active: cluster.active,
      score: cluster.score,
      accounts: cluster.accounts,
      exchanges: Number(cluster.exchanges),
      outputTokens: Number(cluster.outputTokens),
      addedBy,
      addedAt: addedAt.toISOString(),
      mergedInto,
      counts: cluster.status !== 'dismissed' && !mergedInto?.inCampaign,
    };
  });
}

/** Which cluster took each of these over, by the newest lineage that says so. */
async function readHeirs(ids: readonly number[]): Promise<Map<number, { id: number; name: string }>> {
  if (ids.length === 0) return new Map();
  const merges = await database().clusterLineage.findMany({
    where: { event: 'merged', otherClusterId: { in: [...ids] } },
    orderBy: { id: 'asc' },
    select: { otherClusterId: true, cluster: { select: { id: true, name: true } } },
  });
  return new Map(merges.map(({ otherClusterId, cluster }) => [otherClusterId ?? 0, cluster]));
}
