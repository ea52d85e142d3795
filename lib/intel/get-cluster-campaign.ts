import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { hideFor } from './hide-text';
import type { CampaignRef, ClusterCampaign } from './schema';

const MOST_CHOICES = 500;

/** The campaign that a cluster is in, and those that it could be put into, newest first. @throws AppError forbidden */
export async function getClusterCampaign(actor: Actor, clusterId: number): Promise<ClusterCampaign> {
  requireRight(actor, 'desk.read');
  const campaign = { select: { id: true, name: true } } as const;
  const [row, choices] = await Promise.all([
    database().campaignCluster.findUnique({ where: { clusterId }, select: { campaign } }),
    database().campaign.findMany({ ...campaign, orderBy: { id: 'desc' }, take: MOST_CHOICES }),
  ]);
  const hide = hideFor(actor);
  const named = ({ id, name }: CampaignRef) => ({ id, name: hide(name) });
  return { current: row ? named(row.campaign) : null, choices: choices.map(named) };
}
