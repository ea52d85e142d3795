import type { Transaction } from '@/lib/database/transaction';
import type { ClusterMatch, KnownCluster } from './match-clusters';
import { growth } from './rules';
import type { Standing } from './standing';

type Event = 'born' | 'grew' | 'shrank' | 'split' | 'merged' | 're_emerged' | 'regrew';

/**
 * Writes what became of each cluster in this run: born, split, regrew, merged, grew, shrank, re-emerged, dormant.
 * Growth counts from the size that was last written down, so that one account a run adds up to an event in the end.
 */
export async function writeLineage(
  tx: Transaction,
  standings: readonly Standing[],
  match: ClusterMatch,
  known: readonly KnownCluster[],
  members: readonly ReadonlySet<number>[],
  runId: number,
): Promise<void> {
  const sizeOf = new Map(known.map((cluster) => [cluster.id, cluster.members.size]));
  const written = await lastSizes(tx);
  const rows = standings.flatMap((standing, index) => {
    const before = standing.before.size;
    const after = members[index]?.size ?? 0;
    const row = (event: Event, otherClusterId: number | null, from = before) => ({
      clusterId: standing.id,
      runId,
      event,
      otherClusterId,
      before: from,
      after,
    });
    const events = standing.merged.map((other) => row('merged', other));
    const ancestor = standing.regrewFrom ?? standing.splitFrom;
    if (standing.isNew)
      events.push(
        ancestor === null
          ? row('born', null)
          : row(standing.regrewFrom === null ? 'split' : 'regrew', ancestor),
      );
    else if (!standing.wasActive) events.push(row('re_emerged', null));
    else if (standing.merged.length === 0) {
      // A merge says itself how much it brought.
      const from = written.get(standing.id) ?? before;
      const event = growth(from, after);
      if (event) events.push(row(event, null, from));
    }
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

/** The size that each cluster's lineage names last. */
async function lastSizes(tx: Transaction): Promise<Map<number, number>> {
  // An alias "id" would be what ORDER BY means by it.
  const rows = await tx.$queryRaw<{ clusterId: number; after: number }[]>`
    SELECT DISTINCT ON (cluster_id) cluster_id AS "clusterId", after FROM cluster_lineage
    WHERE event <> 'dormant' AND (event <> 'regrew' OR other_cluster_id IS NOT NULL) ORDER BY cluster_id, id DESC`;
  return new Map(rows.map((row) => [row.clusterId, row.after]));
}
