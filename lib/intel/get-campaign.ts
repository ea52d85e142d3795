import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import type { Prisma } from '@/lib/database/generated/client';
import { MAX_ID } from '@/lib/storable-id';
import { noSuchCampaign } from './find-campaign';
import { type Gathered, readGathered } from './gathered-clusters';
import { hideFor } from './hide-text';
import { readVolumes } from './read-volumes';
import { compareHypotheses } from './rules';
import type { CampaignDetail, HypothesisDetail } from './schema';

const PERSON = { select: { id: true, name: true } } as const;

const hypothesisInclude = {
  actor: PERSON,
  author: PERSON,
  evidence: {
    orderBy: { id: 'asc' },
    include: { author: PERSON, withdrawnBy: PERSON, cluster: { select: { id: true, name: true } } },
  },
  revisions: { orderBy: { revision: 'desc' }, include: { author: PERSON } },
} satisfies Prisma.HypothesisInclude;

/** All that a campaign's page shows but its timeline. @throws AppError forbidden, not_found */
export async function getCampaign(actor: Actor, id: number): Promise<CampaignDetail> {
  requireRight(actor, 'desk.read');
  if (id > MAX_ID) throw noSuchCampaign();
  const [campaign, clusters, actors] = await Promise.all([
    database().campaign.findUnique({
      where: { id },
      include: { createdBy: PERSON, hypotheses: { include: hypothesisInclude } },
    }),
    readGathered([id]),
    database().threatActor.findMany({ orderBy: { name: 'asc' }, select: { name: true }, take: 500 }),
  ]);
  if (!campaign) throw noSuchCampaign();
  const [volumeOf, offshoots] = await Promise.all([readVolumes(clusters), readOffshoots(clusters)]);
  const hide = hideFor(actor);
  return {
    id,
    name: hide(campaign.name),
    summary: hide(campaign.summary),
    createdBy: campaign.createdBy,
    createdAt: campaign.createdAt.toISOString(),
    updatedAt: campaign.updatedAt.toISOString(),
    textVersion: campaign.textVersion,
    clusters: clusters.map(({ campaignId: _, ...cluster }) => cluster),
    offshoots,
    volume: volumeOf(id),
    hypotheses: campaign.hypotheses.toSorted(compareHypotheses).map((row) => toHypothesis(row, hide)),
    actors: actors.map(({ name }) => hide(name)),
  };
}

type StoredHypothesis = Prisma.HypothesisGetPayload<{ include: typeof hypothesisInclude }>;

function toHypothesis(row: StoredHypothesis, hide: (text: string) => string): HypothesisDetail {
  return {
    id: row.id,
    actor: { id: row.actor.id, name: hide(row.actor.name) },
    state: row.state,
    confidence: row.confidence,
    revision: row.revision,
    author: row.author,
    createdAt: row.createdAt.toISOString(),
    evidence: row.evidence.map((item) => ({
      id: item.id,
      side: item.side,
      body: hide(item.body),
      cluster: item.cluster,
      author: item.author,
      at: item.at.toISOString(),
      withdrawn:
        item.withdrawnAt && item.withdrawnBy
          ? {
              by: item.withdrawnBy,
              at: item.withdrawnAt.toISOString(),
              reason: hide(item.withdrawnReason ?? ''),
            }
          : null,
    })),
    revisions: row.revisions.map(({ revision, state, confidence, reason, author, at }) => ({
      revision,
      state,
      confidence,
      reason: hide(reason),
      author,
      at: at.toISOString(),
    })),
  };
}

/** Clusters that split from one of these, stand, and are in no campaign: somebody may have forgotten them. */
async function readOffshoots(clusters: readonly Gathered[]): Promise<CampaignDetail['offshoots']> {
  const ids = clusters.map(({ id }) => id);
  const rows = await database().clusterLineage.findMany({
    where: {
      event: 'split',
      otherClusterId: { in: ids },
      cluster: { active: true, status: { not: 'dismissed' }, campaign: null },
    },
    orderBy: { id: 'desc' },
    select: { otherClusterId: true, cluster: { select: { id: true, name: true, accounts: true } } },
  });
  return rows.map(({ otherClusterId, cluster }) => ({ ...cluster, from: otherClusterId ?? 0 }));
}
