/** What is commonly done, on the same snapshot: two yardsticks that detection must beat. */
import Graph from 'graphology';
import louvain from 'graphology-communities-louvain';
import { detectionKind } from '../kinds';
import { seededRandom } from '../random';
import type { Snapshot } from '../schema';

/** Values with more holders link nobody, as a cap on expanded pairs commonly has it. */
const PAIR_CAP = 20;
const MIN_SIZE = 5;

/**
 * Linked accounts: whoever shares a payment instrument, phone, device or any observed value, directly or over others,
 * is one group. @returns groups of account ids, largest first.
 */
export function shareComponents(snapshot: Snapshot): string[][] {
  const parent = Int32Array.from(snapshot.accountIds, (_, i) => i);
  const root = (account: number): number => {
    let at = account;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]!]!;
      at = parent[at]!;
    }
    return at;
  };
  for (const holders of holdersOf(snapshot, 'identity')) {
    for (const holder of holders) parent[root(holder)] = root(holders[0]!);
  }
  return groupsOf(snapshot, (account) => root(account));
}

/**
 * Louvain (the npm library's) on pairs of accounts that share a value of any hard kind held by at most 20, weighted
 * by rarity. @returns communities of account ids, largest first.
 */
export function louvainOnCappedLinks(snapshot: Snapshot): string[][] {
  const graph = new Graph({ type: 'undirected', multi: false });
  for (const holders of holdersOf(snapshot, 'hard')) {
    if (holders.length > PAIR_CAP) continue;
    const weight = Math.log(snapshot.accountIds.length / holders.length);
    for (const [i, one] of holders.entries()) {
      for (const other of holders.slice(i + 1)) addWeight(graph, one, other, weight);
    }
  }
  const communities = louvain(graph, { rng: seededRandom(1), getEdgeWeight: 'weight' });
  return groupsOf(snapshot, (account) => communities[account]);
}

function addWeight(graph: Graph, one: number, other: number, weight: number): void {
  graph.mergeNode(one);
  graph.mergeNode(other);
  const edge = graph.edge(one, other);
  if (edge === undefined) graph.addEdge(one, other, { weight });
  else graph.updateEdgeAttribute(edge, 'weight', (sum) => Number(sum) + weight);
}

/**
 * The accounts that share each value, two or more; a value that is an account's id has that account as well. Accounts
 * of verified organizations are left out: that they belong together is known.
 */
function* holdersOf(snapshot: Snapshot, which: 'identity' | 'hard'): Generator<number[]> {
  const { entity, kinds, valueKind, valueAccount, links } = snapshot;
  const sizes = new Map<number, number>();
  for (const each of entity) sizes.set(each, (sizes.get(each) ?? 0) + 1);
  const wanted = kinds.map((name) => {
    const kind = detectionKind(name);
    return kind.hard && (which === 'hard' || kind.family === 'identity');
  });
  const holders: Set<number>[] = Array.from(valueKind, () => new Set());
  links.account.forEach((account, i) => {
    const value = links.value[i]!;
    if (wanted[valueKind[value]!] && sizes.get(entity[account]!) === 1) holders[value]!.add(account);
  });
  for (const [value, set] of holders.entries()) {
    const named = valueAccount?.[value] ?? -1;
    if (named >= 0 && set.size > 0) set.add(named);
    if (set.size > 1) yield [...set];
  }
}

function groupsOf({ accountIds }: Snapshot, groupOf: (account: number) => number | undefined): string[][] {
  const groups = new Map<number, string[]>();
  accountIds.forEach((id, account) => {
    const group = groupOf(account);
    if (group === undefined) return;
    const members = groups.get(group);
    if (members) members.push(id);
    else groups.set(group, [id]);
  });
  return [...groups.values()].filter((ids) => ids.length >= MIN_SIZE).sort((a, b) => b.length - a.length);
}
