import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { readGathered } from './gathered-clusters';
import { hideFor } from './hide-text';
import { readVolumes } from './read-volumes';
import { compareHypotheses } from './rules';
import type { CampaignRow } from './schema';

/** All campaigns, the one with the most exchanges first. @throws AppError forbidden */
export async function listCampaigns(actor: Actor): Promise<CampaignRow[]> {
  requireRight(actor, 'desk.read');
  const [campaigns, gathered] = await Promise.all([
    database().campaign.findMany({
      include: {
        createdBy: { select: { id: true, name: true } },
        hypotheses: {
          where: { state: { not: 'withdrawn' } },
          include: { actor: { select: { name: true } } },
        },
      },
    }),
    readGathered(),
  ]);
  const volumeOf = await readVolumes(gathered);
  const hide = hideFor(actor);
  const rows = campaigns.map((campaign): CampaignRow => {
    const [first] = campaign.hypotheses.toSorted(compareHypotheses);
    return {
      id: campaign.id,
      name: hide(campaign.name),
      summary: hide(campaign.summary),
      createdBy: campaign.createdBy,
      createdAt: campaign.createdAt.toISOString(),
      updatedAt: campaign.updatedAt.toISOString(),
      clusters: gathered.filter(({ campaignId }) => campaignId === campaign.id).length,
      ...volumeOf(campaign.id),
      attributed:
        first?.state === 'attributed'
          ? { actor: hide(first.actor.name), confidence: first.confidence }
          : null,
      standing: campaign.hypotheses.length,
    };
  });
  return rows.sort((a, b) => b.exchanges - a.exchanges || b.id - a.id);
}
