/** `clusters export`: other people's scripts rely on the names and the order of what stands here. */
import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { writeAudit } from '@/lib/audit/write-audit';
import { database } from '@/lib/database/client';
import type { Prisma } from '@/lib/database/generated/client';
import { inTransaction } from '@/lib/database/transaction';
import { toEvidenceRow } from './evidence-row';

/** Clusters read at once; the accounts of each are in memory while its line is made. */
const BATCH = 50;

const include = {
  evidence: { orderBy: [{ points: 'desc' }, { kind: 'asc' }] },
  members: {
    orderBy: [{ strength: 'desc' }, { accountKey: 'asc' }],
    select: { role: true, account: { select: { id: true } } },
  },
} satisfies Prisma.ClusterInclude;

/**
 * One JSON object a line, without its line feed: every cluster that the latest run found and nobody dismissed, best
 * first. Writes one audit entry before the first line. @throws AppError forbidden
 */
export async function* exportClusters(actor: Actor): AsyncGenerator<string> {
  requireRight(actor, 'desk.read_sensitive');
  const all = await database().cluster.findMany({
    where: { active: true, status: { not: 'dismissed' } },
    orderBy: [{ rank: 'asc' }, { id: 'asc' }],
    select: { id: true },
  });
  await inTransaction((tx) =>
    writeAudit(tx, actor, {
      verb: 'data.export',
      object: { type: 'export', id: 'clusters' },
      detail: { clusters: all.length },
    }),
  );
  for (let from = 0; from < all.length; from += BATCH) {
    const ids = all.slice(from, from + BATCH).map((cluster) => cluster.id);
    const batch = await database().cluster.findMany({ where: { id: { in: ids } }, include });
    const byId = new Map(batch.map((cluster) => [cluster.id, cluster]));
    for (const id of ids) {
      const cluster = byId.get(id);
      if (cluster) yield JSON.stringify(toLine(cluster));
    }
  }
}

function toLine(cluster: Prisma.ClusterGetPayload<{ include: typeof include }>) {
  const accounts = (weak: boolean) =>
    cluster.members.filter((member) => (member.role === 'weak') === weak).map((member) => member.account.id);
  return {
    cluster_id: cluster.id,
    rank: cluster.rank,
    score: cluster.score,
    coordination: cluster.coordination,
    extraction: cluster.extraction,
    quadrant: cluster.quadrant,
    status: cluster.status,
    account_ids: accounts(false),
    weak_account_ids: accounts(true),
    evidence: cluster.evidence.map(toEvidenceRow).map((row) => ({
      kind: row.kind,
      values: row.values.map(({ value, members, population, expected }) => ({
        value,
        members,
        population,
        expected,
      })),
      members: row.members,
      population: row.population,
      expected: row.expected,
      points: row.points,
    })),
  };
}
