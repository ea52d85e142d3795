import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { readTimeline } from '@/lib/clusters/get-timeline';
import type { ClusterTimeline } from '@/lib/clusters/schema';
import { database } from '@/lib/database/client';
import { readGathered } from './gathered-clusters';
import { readVolumes } from './read-volumes';

/** A campaign's traffic by hour and class, with the benign baseline of as many accounts; empty without clusters that
 * count. @throws AppError forbidden */
export async function getCampaignTimeline(actor: Actor, id: number): Promise<ClusterTimeline> {
  requireRight(actor, 'desk.read');
  const gathered = await readGathered([id]);
  const [volumeOf, run] = await Promise.all([
    readVolumes(gathered),
    database().detectionRun.findFirst({ orderBy: { id: 'desc' }, select: { benignAccounts: true } }),
  ]);
  const counted = gathered.filter((cluster) => cluster.counts).map((cluster) => cluster.id);
  return readTimeline(counted, volumeOf(id).accounts, run?.benignAccounts ?? 0);
}
