/** What a change of settings would do to the queue: two runs over the same records, cluster by cluster. Pure. */
import type { FoundCluster } from '@/lib/detection/schema';
import { severityOf } from '@/lib/detection/severity';
import type { BacktestResult, ChangedCluster, ClusterChange, ClusterFigures } from './backtest-schema';
import { type KnownCluster, matchClusters } from './match-clusters';

const MOST_CLUSTERS = 500;
const MOST_ACCOUNTS = 100;

type Accounts = ReadonlySet<number>;
type Side = { figures: ClusterFigures; members: Accounts };

/**
 * @param before what detection finds as it is set, best first; `after` as it would be set, over the same snapshot
 * @param keys our key of each account, in the snapshot's order
 * @param known the clusters of the queue, so that what is found has a name there
 */
export function compareFindings(
  before: readonly FoundCluster[],
  after: readonly FoundCluster[],
  keys: Int32Array,
  known: readonly KnownCluster[],
): Omit<BacktestResult<number>, 'accounts' | 'seconds'> {
  const old = before.map((cluster, index) => sideOf(cluster, index, keys));
  const now = after.map((cluster, index) => sideOf(cluster, index, keys));
  const idOfOld = matchClusters(
    old.map((side) => side.members),
    known,
  ).keeps;
  const idOfNew = matchClusters(
    now.map((side) => side.members),
    known,
  ).keeps;
  // The clusters of the first run stand under their index, from 1.
  const match = matchClusters(
    now.map((side) => side.members),
    old.map((side, index) => ({ id: index + 1, active: true, status: 'open', members: side.members })),
  );
  const oldAt = (id: number | null): number => (id === null ? -1 : id - 1);
  const changed: ChangedCluster<number>[] = [];
  let unchanged = 0;
  now.forEach((side, index) => {
    const was = old[oldAt(match.keeps[index] ?? null)];
    const gained = without(side.members, was?.members);
    const lost = was ? without(was.members, side.members) : [];
    const change = changeOf(was, side, gained.length + lost.length);
    const origin = idOfOld[oldAt(match.splitFrom[index] ?? null)] ?? null;
    if (!change) unchanged++;
    else {
      changed.push({
        change,
        clusterId: (was ? idOfOld[oldAt(match.keeps[index] ?? null)] : idOfNew[index]) ?? null,
        otherClusterId: was ? null : origin,
        before: was?.figures ?? null,
        after: side.figures,
        gained: some(gained),
        lost: some(lost),
      });
    }
    for (const id of match.merged[index] ?? []) {
      const into = idOfOld[oldAt(match.keeps[index] ?? null)] ?? idOfNew[index] ?? null;
      changed.push(gone('merged', old[id - 1]!, idOfOld[id - 1] ?? null, into));
    }
  });
  for (const id of match.gone) changed.push(gone('vanishes', old[id - 1]!, idOfOld[id - 1] ?? null, null));
  const counts = { appears: 0, vanishes: 0, merged: 0, quadrant: 0, members: 0, severity: 0 };
  for (const { change } of changed) counts[change]++;
  return {
    before: totals(old),
    after: totals(now),
    counts,
    unchanged,
    clusters: changed.sort((a, b) => placeOf(a) - placeOf(b)).slice(0, MOST_CLUSTERS),
  };
}

function sideOf(cluster: FoundCluster, index: number, keys: Int32Array): Side {
  const firm = cluster.members.filter((member) => member.role !== 'weak');
  const { score, quadrant } = cluster;
  return {
    figures: { accounts: firm.length, score, quadrant, rank: index + 1 },
    members: new Set(firm.map((member) => keys[member.account] ?? -1)),
  };
}

/** The weightiest thing that is other than before; null when nothing that the queue shows is. */
function changeOf(was: Side | undefined, now: Side, moved: number): ClusterChange | null {
  if (!was) return 'appears';
  if (was.figures.quadrant !== now.figures.quadrant) return 'quadrant';
  if (moved > 0) return 'members';
  return severityOf(was.figures.score) === severityOf(now.figures.score) ? null : 'severity';
}

function gone(
  change: 'merged' | 'vanishes',
  was: Side,
  clusterId: number | null,
  otherClusterId: number | null,
): ChangedCluster<number> {
  // Members of one that becomes part of another are not lost; who is shows at the other.
  const lost = change === 'vanishes' ? [...was.members] : [];
  return {
    change,
    clusterId,
    otherClusterId,
    before: was.figures,
    after: null,
    gained: some([]),
    lost: some(lost),
  };
}

const without = (members: Accounts, others: Accounts | undefined): number[] =>
  others ? [...members].filter((key) => !others.has(key)) : [...members];

const some = (accounts: number[]) => ({ accounts: accounts.length, some: accounts.slice(0, MOST_ACCOUNTS) });

const placeOf = ({ before, after }: ChangedCluster<number>): number => after?.rank ?? before?.rank ?? 0;

function totals(sides: readonly Side[]): { clusters: number; accounts: number } {
  return {
    clusters: sides.length,
    accounts: sides.reduce((sum, side) => sum + side.figures.accounts, 0),
  };
}
