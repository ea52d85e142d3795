import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import type { Prisma } from '@/lib/database/generated/client';
import { axisThresholds } from './axis-thresholds';
import { clusterRowInclude, toClusterRow } from './cluster-row';
import { countWithout } from './count-without';
import { toEvidenceRow } from './evidence-row';
import { clusterId, noSuchCluster } from './find-cluster';
import { hideEvidence } from './hide-sensitive';
import { listReleases } from './list-releases';
import { memberCounts, sharesByAccessPath } from './member-counts';
import { getClusterMute } from './mutes/get-cluster-mute';
import { listLookers } from './presence/list-lookers';
import { IN_QUEUE, QUEUE_ORDER } from './queue-conditions';
import { readLineage } from './read-lineage';
import type { ClusterDetail } from './schema';
import { statusNotes } from './status-notes';
import { undoableUntil } from './undo-schema';

const PERSON = { select: { id: true, name: true } } as const;
/** Points in the quadrant chart. */
const OTHERS = 500;

const detailInclude = {
  ...clusterRowInclude,
  run: { select: { windowTo: true, accounts: true, config: true, baseline: true } },
  evidence: { orderBy: clusterRowInclude.evidence.orderBy },
  comments: {
    orderBy: { id: 'asc' },
    include: { author: PERSON, mentions: { select: { user: PERSON }, orderBy: { userId: 'asc' } } },
  },
  decisions: { orderBy: { id: 'asc' }, include: { author: PERSON } },
  proposals: { orderBy: { id: 'desc' }, include: { proposedBy: PERSON } },
} satisfies Prisma.ClusterInclude;

type DetailedCluster = Prisma.ClusterGetPayload<{ include: typeof detailInclude }>;

/** All that a cluster's page shows at once. @throws AppError forbidden, not_found */
export async function getCluster(actor: Actor, id: number): Promise<ClusterDetail> {
  requireRight(actor, 'desk.read');
  const where = { id: clusterId(id) };
  const [cluster, counts, accessPaths, releases, notes, position, others, without, lineage, mute, lookers] =
    await Promise.all([
      database().cluster.findUnique({ where, include: detailInclude }),
      memberCounts(id),
      sharesByAccessPath(id),
      listReleases(),
      statusNotes([id]),
      positionInQueue(id),
      listOthers(id),
      countWithout(id),
      readLineage(id),
      getClusterMute(id),
      listLookers(actor, id),
    ]);
  if (!cluster) throw noSuchCluster(id);
  const releasedAt = releases.map(({ at }) => at);
  return {
    ...toClusterRow(cluster, releasedAt, notes.get(id) ?? null),
    retention: cluster.retention,
    retentionLow: cluster.retentionLow,
    retentionAlone: cluster.retentionAlone,
    outputTokens: Number(cluster.outputTokens),
    payingAccounts: cluster.payingAccounts,
    ...counts,
    accessPaths,
    lastSeenAt: cluster.lastSeenAt?.toISOString() ?? null,
    allEvidence: hideEvidence(actor, cluster.evidence.map(toEvidenceRow)),
    population: cluster.run.accounts,
    ...history(cluster),
    lookers,
    position,
    others,
    thresholds: axisThresholds(cluster.run),
    without,
    lineage,
    mute,
  };
}

function history(cluster: DetailedCluster): Pick<ClusterDetail, 'comments' | 'decisions' | 'proposals'> {
  return {
    comments: cluster.comments.map(({ id, author, body, mentions, at }) => ({
      id,
      author,
      body,
      mentions: mentions.map(({ user }) => user),
      at: at.toISOString(),
    })),
    decisions: cluster.decisions.map((decision, index) => ({
      id: decision.id,
      verdict: decision.verdict,
      reasonCode: decision.reasonCode,
      reason: decision.reason,
      author: decision.author,
      at: decision.at.toISOString(),
      undoneAt: decision.undoneAt?.toISOString() ?? null,
      undoableUntil: undoableUntil(decision, index === cluster.decisions.length - 1),
    })),
    proposals: cluster.proposals.map(({ id, action, status, accountCount, proposedBy, proposedAt }) => ({
      id,
      action,
      status,
      accountCount,
      proposedBy,
      proposedAt: proposedAt.toISOString(),
    })),
  };
}

async function positionInQueue(id: number): Promise<ClusterDetail['position']> {
  const queue = await database().cluster.findMany({
    where: IN_QUEUE,
    orderBy: QUEUE_ORDER,
    select: { id: true },
  });
  const at = queue.findIndex((cluster) => cluster.id === id);
  const neighbour = (step: number) => (at < 0 ? null : (queue[at + step]?.id ?? null));
  return { index: at + 1, total: queue.length, previous: neighbour(-1), next: neighbour(1) };
}

function listOthers(id: number): Promise<ClusterDetail['others']> {
  return database().cluster.findMany({
    where: { active: true, status: { not: 'dismissed' }, id: { not: id } },
    orderBy: QUEUE_ORDER,
    take: OTHERS,
    select: { id: true, name: true, coordination: true, extraction: true },
  });
}
