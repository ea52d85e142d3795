import type { Actor } from '@/lib/access/schema';
import { writeAudits } from '@/lib/audit/write-audit';
import type { Transaction } from '@/lib/database/transaction';
import type { KnownCluster } from './match-clusters';
import { clusterRef, isUndecidedMerge } from './rules';
import type { Standing } from './standing';

/**
 * A decision does not spread to accounts that came by a merge: where one of the clusters was confirmed or dismissed
 * and another was not, the heir is judged anew. It keeps its claim, its decisions and its comments; lists that are
 * frozen stay as they are, and wait for the new decision.
 */
export async function reopenMerged(
  tx: Transaction,
  actor: Actor,
  standings: readonly Standing[],
  known: readonly KnownCluster[],
  runId: number,
): Promise<void> {
  const statusOf = new Map(known.map((cluster) => [cluster.id, cluster.status]));
  const mergedInto = new Map(standings.filter((s) => s.merged.length > 0).map((s) => [s.id, s.merged]));
  if (mergedInto.size === 0) return;
  await tx.$executeRaw`
    SELECT 1 FROM cluster WHERE id = ANY(${[...mergedInto.keys()]}::int[]) ORDER BY id FOR UPDATE`;
  const heirs = await tx.cluster.findMany({
    where: { id: { in: [...mergedInto.keys()] } },
    select: { id: true, name: true, status: true, assigneeId: true, reopenedCause: true },
    orderBy: { id: 'asc' },
  });
  const anew = heirs.filter(({ id, status }) =>
    isUndecidedMerge(
      status,
      (mergedInto.get(id) ?? []).map((other) => statusOf.get(other) ?? 'open'),
    ),
  );
  const statusAfter = (assigneeId: number | null) =>
    assigneeId === null ? ('open' as const) : ('in_review' as const);
  for (const { id, assigneeId } of anew) {
    await tx.cluster.update({
      where: { id },
      data: { status: statusAfter(assigneeId), reopenedCause: 'merge', updatedAt: new Date() },
    });
  }
  await writeAudits(
    tx,
    actor,
    anew.map(({ id, name, status, assigneeId, reopenedCause }) => ({
      verb: 'cluster.reopen' as const,
      object: { type: 'cluster' as const, id: clusterRef(id), label: name },
      before: { status, reopened: reopenedCause },
      after: { status: statusAfter(assigneeId), reopened: 'merge' },
      detail: {
        run: runId,
        merged: (mergedInto.get(id) ?? []).map((other) => `${clusterRef(other)} ${statusOf.get(other)}`),
      },
    })),
  );
}
