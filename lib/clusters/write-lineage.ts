import type { Transaction } from '@/lib/database/transaction';
import type { ClusterMatch, KnownCluster } from './match-clusters';
import type { Standing } from './standing';

/** Writes what became of each cluster in this run: born, split, merged, grew, shrank, re-emerged, dormant. */
export async function writeLineage(
  tx: Transaction,
  standings: readonly Standing[],
  match: ClusterMatch,
  known: readonly KnownCluster[],
  members: readonly ReadonlySet<number>[],
  runId: number,
): Promise<void> {
  const sizeOf = new Map(known.map((cluster) => [cluster.id, cluster.members.size]));
  const rows = standings.flatMap((standing, index) => {
    const before = standing.before.size;
    const after = members[index]?.size ?? 0;
    const row = (
      event: 'born' | 'grew' | 'shrank' | 'split' | 'merged' | 're_emerged',
      other: number | null,
    ) => ({
      clusterId: standing.id,
      runId,
      event,
      otherClusterId: other,
      before,
      after,
    });
    const events = standing.merged.map((other) => row('merged', other));
    if (standing.isNew)
      events.push(standing.splitFrom === null ? row('born', null) : row('split', standing.splitFrom));
    else if (!standing.wasActive) events.push(row('re_emerged', null));
    else if (after !== before) events.push(row(after > before ? 'grew' : 'shrank', null));
    return events;
  });
  const gone = match.gone.map((id) => ({
    clusterId: id,
    runId,
    event: 'dormant' as const,
    otherClusterId: null,
    before: sizeOf.get(id) ?? 0,
    after: 0,
  }));
  await tx.clusterLineage.createMany({ data: [...rows, ...gone] });
}
