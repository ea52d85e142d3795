/** A cluster as other people's programs read it: they rely on the names and the order of what stands here. */
import type { Evidence, Prisma } from '@/lib/database/generated/client';
import { toEvidenceRow } from './evidence-row';
import type { ClusterLine, ClusterSummary } from './machine-schema';

/** What every list of them shows: what the latest run found and nobody dismissed, best first. */
export const SHOWN: Prisma.ClusterWhereInput = { active: true, status: { not: 'dismissed' } };
export const BEST_FIRST: Prisma.ClusterOrderByWithRelationInput[] = [{ rank: 'asc' }, { id: 'asc' }];

const evidence = { orderBy: [{ points: 'desc' }, { kind: 'asc' }] } satisfies Prisma.Cluster$evidenceArgs;

export const summaryInclude = { evidence } satisfies Prisma.ClusterInclude;

export const lineInclude = {
  evidence,
  members: {
    orderBy: [{ strength: 'desc' }, { accountKey: 'asc' }],
    select: { role: true, account: { select: { id: true } } },
  },
} satisfies Prisma.ClusterInclude;

export function toLine(cluster: Prisma.ClusterGetPayload<{ include: typeof lineInclude }>): ClusterLine {
  const accounts = (weak: boolean) =>
    cluster.members.filter((member) => (member.role === 'weak') === weak).map((member) => member.account.id);
  return {
    ...standing(cluster),
    account_ids: accounts(false),
    weak_account_ids: accounts(true),
    evidence: cluster.evidence.map(toEvidence),
  };
}

export function toSummary(
  cluster: Prisma.ClusterGetPayload<{ include: typeof summaryInclude }>,
): ClusterSummary {
  return {
    ...standing(cluster),
    accounts: cluster.accounts,
    weak_accounts: cluster.weakAccounts,
    evidence: cluster.evidence.map(toEvidence),
  };
}

function standing(cluster: Prisma.ClusterGetPayload<object>) {
  return {
    cluster_id: cluster.id,
    rank: cluster.rank,
    score: cluster.score,
    coordination: cluster.coordination,
    extraction: cluster.extraction,
    quadrant: cluster.quadrant,
    status: cluster.status,
  };
}

function toEvidence(stored: Evidence) {
  const { kind, values, members, population, expected, points } = toEvidenceRow(stored);
  return {
    kind,
    values: values.map((each) => ({
      value: each.value,
      members: each.members,
      population: each.population,
      expected: each.expected,
    })),
    members,
    population,
    expected,
    points,
  };
}
