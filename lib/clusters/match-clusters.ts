/** Which cluster of earlier runs is which found one: stable ids over runs. Pure. */
import type { ClusterStatus } from './schema';

export interface KnownCluster {
  id: number;
  active: boolean;
  status: ClusterStatus;
  /** Keys of its core and ordinary members. */
  members: ReadonlySet<number>;
  /** Keys of young accounts that match its fingerprint after a ban: they continue it as members do. */
  regrown?: ReadonlySet<number>;
}

export interface ClusterMatch {
  /** For each found cluster, in order: the id it keeps, or null when it is new. */
  keeps: (number | null)[];
  /** For each found cluster: the cluster that it was split from, or null. */
  splitFrom: (number | null)[];
  /** For each found cluster: the banned one that half of its accounts regrew from, or null; itself where it kept the id. */
  regrewFrom: (number | null)[];
  /** For each found cluster: known clusters that were merged into it. */
  merged: number[][];
  /** Known active clusters that nothing continues. */
  gone: number[];
}

/** Half of either side must be shared for one to continue the other. */
const CONTAINED = 0.5;

/**
 * Found clusters against known ones, by containment or by what regrew after a ban. The heir with most shared members keeps the id; others that
 * hold part of it are new, split from it; known ones that are mostly inside a cluster with another id were merged.
 */
export function matchClusters(
  found: readonly ReadonlySet<number>[],
  known: readonly KnownCluster[],
): ClusterMatch {
  const pairs = overlaps(found, known);
  const keeps = found.map((): number | null => null);
  const continued = new Set<number>();
  const splitFrom = found.map((): number | null => null);
  const merged: number[][] = found.map(() => []);
  for (const pair of pairs) {
    const other = known[pair.known]!;
    if (keeps[pair.found] === null && !continued.has(other.id)) {
      keeps[pair.found] = other.id;
      continued.add(other.id);
    } else if (keeps[pair.found] === null) {
      splitFrom[pair.found] ??= other.id;
    } else if (!continued.has(other.id) && other.active && pair.shared >= other.members.size * CONTAINED) {
      merged[pair.found]!.push(other.id);
      continued.add(other.id);
    }
  }
  // A cluster that later found an id of its own to keep is no split.
  keeps.forEach((id, index) => {
    if (id !== null) splitFrom[index] = null;
  });
  const gone = known
    .filter((cluster) => cluster.active && !continued.has(cluster.id))
    .map((cluster) => cluster.id);
  return { keeps, splitFrom, regrewFrom: found.map((members) => regrewFrom(members, known)), merged, gone };
}

function regrewFrom(members: ReadonlySet<number>, known: readonly KnownCluster[]): number | null {
  for (const { id, regrown } of known) {
    if (!regrown?.size) continue;
    let shared = 0;
    for (const account of regrown) if (members.has(account)) shared++;
    if (shared > 0 && shared >= members.size * CONTAINED) return id;
  }
  return null;
}

function overlaps(found: readonly ReadonlySet<number>[], known: readonly KnownCluster[]) {
  const holders = new Map<number, number[]>();
  known.forEach(({ members, regrown }, index) => {
    for (const account of regrown?.size ? new Set([...members, ...regrown]) : members) {
      const list = holders.get(account);
      if (list) list.push(index);
      else holders.set(account, [index]);
    }
  });
  const pairs: { found: number; known: number; shared: number; active: boolean; id: number }[] = [];
  found.forEach((members, index) => {
    const shared = new Map<number, number>();
    for (const account of members) {
      for (const other of holders.get(account) ?? []) shared.set(other, (shared.get(other) ?? 0) + 1);
    }
    for (const [other, count] of shared) {
      const cluster = known[other]!;
      if (count < CONTAINED * Math.min(members.size, cluster.members.size)) continue;
      pairs.push({ found: index, known: other, shared: count, active: cluster.active, id: cluster.id });
    }
  });
  return pairs.sort(
    (a, b) => b.shared - a.shared || Number(b.active) - Number(a.active) || a.id - b.id || a.found - b.found,
  );
}
