/** A cluster as the queue and its own page show it. */
import type { Prisma } from '@/lib/database/generated/client';
import { sparkIndex } from './rules';
import type { ClusterRow } from './schema';

/** What a row needs beside the cluster's own columns; the strongest evidence first. */
export const clusterRowInclude = {
  assignee: { select: { id: true, name: true } },
  run: { select: { windowTo: true } },
  evidence: {
    select: { kind: true, members: true, population: true, expected: true, points: true },
    orderBy: [{ points: 'desc' }, { kind: 'asc' }],
  },
} satisfies Prisma.ClusterInclude;

export type StoredCluster = Prisma.ClusterGetPayload<{ include: typeof clusterRowInclude }>;

const CHIPS = 2;

/** @param releases when models were released, newest first */
export function toClusterRow(
  cluster: StoredCluster,
  releases: Date[],
  statusNote: string | null,
): ClusterRow {
  const { windowTo } = cluster.run;
  const spark = cluster.spark;
  const release =
    windowTo && releases.map((at) => sparkIndex(at, windowTo, spark.length)).find((i) => i !== null);
  return {
    id: cluster.id,
    name: cluster.name,
    status: cluster.status,
    reopenedCause: cluster.reopenedCause,
    statusNote,
    active: cluster.active,
    score: cluster.score,
    quadrant: cluster.quadrant,
    coordination: cluster.coordination,
    extraction: cluster.extraction,
    accounts: cluster.accounts,
    weakAccounts: cluster.weakAccounts,
    joined: cluster.joined,
    exchanges: Number(cluster.exchanges),
    dailyRate: cluster.dailyRate,
    evidence: cluster.evidence.slice(0, CHIPS).map(({ kind, members, population, expected, points }) => ({
      kind,
      members,
      population,
      expected,
      points,
    })),
    moreEvidence: Math.max(0, cluster.evidence.length - CHIPS),
    spark,
    releaseAt: release ?? null,
    assignee: cluster.assignee,
    firstSeenAt: cluster.firstSeenAt?.toISOString() ?? null,
    createdAt: cluster.createdAt.toISOString(),
    updatedAt: cluster.updatedAt.toISOString(),
  };
}
