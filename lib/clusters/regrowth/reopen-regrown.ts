import type { Actor } from '@/lib/access/schema';
import { writeAudits } from '@/lib/audit/write-audit';
import type { Transaction } from '@/lib/database/transaction';
import { LIVE_PROPOSALS } from '../live-proposals';
import { clusterRef, REOPEN_FROM } from '../rules';

interface Regrown {
  clusterId: number;
  name: string;
  banId: number;
  banned: number;
  /** Found since the last decision. */
  accounts: number;
  hours: number;
  kinds: string[];
}

/**
 * Reopens confirmed clusters of whose regrowth three or more accounts were found after the last decision. A list that
 * waits or runs holds its cluster confirmed: the next run asks again.
 */
export async function reopenRegrown(
  tx: Transaction,
  actor: Actor,
  clusterIds: readonly number[],
  runId: number,
): Promise<void> {
  if (clusterIds.length === 0) return;
  // Proposing and deciding write the cluster's row too: once it is ours neither can slip in between.
  await tx.$executeRaw`
    SELECT 1 FROM cluster WHERE id = ANY(${[...clusterIds]}::int[]) AND status = 'confirmed' ORDER BY id FOR UPDATE`;
  const regrown = await tx.$queryRaw<Regrown[]>`
    SELECT c.id AS "clusterId", c.name, b.id AS "banId", b.accounts AS banned, count(*)::int AS accounts,
      extract(epoch FROM b.first_match_at - b.banned_at)::float8 / 3600 AS hours,
      (SELECT array_agg(DISTINCT kind ORDER BY kind) FROM cluster_regrowth g2 CROSS JOIN unnest(g2.kinds) AS kind
       WHERE g2.ban_id = b.id) AS kinds
    FROM cluster c JOIN cluster_regrowth g ON g.cluster_id = c.id JOIN cluster_ban b ON b.id = g.ban_id
    WHERE c.id = ANY(${[...clusterIds]}::int[]) AND c.status = 'confirmed'
      AND b.id = (SELECT max(id) FROM cluster_ban WHERE cluster_id = c.id)
      AND g.found_at > COALESCE((SELECT max(d.at) FROM decision d WHERE d.cluster_id = c.id), '-infinity')
      AND NOT EXISTS (SELECT FROM proposal p WHERE p.cluster_id = c.id AND p.status::text = ANY(${[...LIVE_PROPOSALS]}::text[]))
    GROUP BY c.id, b.id HAVING count(*) >= ${REOPEN_FROM} ORDER BY c.id`;
  if (regrown.length === 0) return;
  const ids = regrown.map((row) => row.clusterId);
  const now = new Date();
  const before = await tx.cluster.findMany({
    where: { id: { in: ids } },
    select: { id: true, assignee: { select: { name: true } } },
  });
  const assigneeOf = new Map(before.map((row) => [row.id, row.assignee?.name ?? null]));
  await tx.cluster.updateMany({
    where: { id: { in: ids }, status: 'confirmed' },
    data: { status: 'open', reopenedCause: 'regrowth', assigneeId: null, claimedAt: null, updatedAt: now },
  });
  await tx.clusterBan.updateMany({
    where: { id: { in: regrown.map((row) => row.banId) } },
    data: { reopenedAt: now },
  });
  await tx.clusterLineage.createMany({
    data: regrown.map(({ clusterId, banned, accounts }) => ({
      clusterId,
      runId,
      event: 'regrew' as const,
      before: banned,
      after: accounts,
    })),
  });
  await writeAudits(
    tx,
    actor,
    regrown.map(({ clusterId, name, accounts, hours, kinds }) => ({
      verb: 'cluster.reopen' as const,
      object: { type: 'cluster' as const, id: clusterRef(clusterId), label: name },
      before: { status: 'confirmed', assignee: assigneeOf.get(clusterId) ?? null, reopened: null },
      after: { status: 'open', assignee: null, reopened: 'regrowth' },
      detail: { run: runId, young_accounts: accounts, kinds, hours_to_relink: Math.round(hours * 10) / 10 },
    })),
  );
}
