/** What makes groups of one community one operation: ties across their border, or things of their own. */
import type { EvidenceGraph } from './build-graph';
import { measureFlow } from './flow';
import type { DetectionConfig } from './schema';

/** From this share of a group's identity flow on that leaves it, identity crosses its border. */
const CROSSING = 0.1;

/** Joins each group with the one its ties lead to most, until no group's ties cross its border any more. */
export function joinByTies(
  graph: EvidenceGraph,
  groups: Int32Array[],
  ties: (value: number) => boolean,
  chance: (value: number) => boolean,
): Int32Array[] {
  if (groups.length < 2) return groups;
  const tied = measureFlow(graph, groups, ties);
  const inside = new Float64Array(groups.length);
  const across = new Float64Array(groups.length);
  const most = new Float64Array(groups.length);
  const target = new Int32Array(groups.length).fill(-1);
  tied.from.forEach((from, i) => {
    const amount = tied.amount[i]!;
    if (tied.to[i] === from) {
      inside[from]! += amount;
      return;
    }
    across[from]! += amount;
    if (amount > most[from]!) {
      most[from] = amount;
      target[from] = tied.to[i]!;
    }
  });
  const byChance = new Float64Array(groups.length);
  const glue = measureFlow(graph, groups, chance);
  glue.from.forEach((from, i) => {
    if (glue.to[i] !== from) byChance[from]! += glue.amount[i]!;
  });
  const pairs: [number, number][] = [];
  target.forEach((to, from) => {
    const crosses =
      across[from]! >= CROSSING * (inside[from]! + across[from]!) || across[from]! >= byChance[from]!;
    if (to >= 0 && crosses) pairs.push([from, to]);
  });
  return pairs.length === 0 ? groups : joinByTies(graph, unite(groups, pairs), ties, chance);
}

/**
 * Joins groups between which own values of two families cross, each held by `kindCoverage` of the smaller
 * group (one address and one wording that nobody else has are no coincidence together), or a program that
 * `kindCoverage` of either group runs and nobody else.
 */
export function joinByOwn(
  graph: EvidenceGraph,
  groups: Int32Array[],
  own: ReadonlySet<number>,
  config: DetectionConfig,
): Int32Array[] {
  const holding = new Map<number, Map<number, number[]>>();
  groups.forEach((units, group) => {
    for (const unit of units) {
      for (let i = graph.byUnit.offsets[unit]!; i < graph.byUnit.offsets[unit + 1]!; i++) {
        const value = graph.byUnit.values[i]!;
        if (!own.has(value)) continue;
        let byGroup = holding.get(value);
        if (!byGroup) {
          byGroup = new Map();
          holding.set(value, byGroup);
        }
        const holders = byGroup.get(group);
        if (holders) holders.push(unit);
        else byGroup.set(group, [unit]);
      }
    }
  });
  const crossing = new Map<string, Map<string, Set<number>>>();
  for (const [value, byGroup] of holding) {
    const family = graph.kinds[graph.valueKind[value]!]!.family;
    for (const [a, units] of byGroup) {
      for (const b of byGroup.keys()) {
        if (a === b) continue;
        const families = crossing.get(`${a} ${b}`) ?? new Map<string, Set<number>>();
        const members = families.get(family) ?? new Set();
        for (const unit of units) members.add(unit);
        crossing.set(`${a} ${b}`, families.set(family, members));
      }
    }
  }
  /** Families of which enough of group a's members hold values that group b has too. */
  const enough = (a: number, b: number): string[] =>
    [...(crossing.get(`${a} ${b}`) ?? [])]
      .filter(([, members]) => members.size >= config.kindCoverage * groups[a]!.length)
      .map(([family]) => family);
  const pairs: [number, number][] = [];
  for (const key of crossing.keys()) {
    const [a, b] = key.split(' ').map(Number) as [number, number];
    const families = enough(a, b);
    const isSmaller = groups[a]!.length <= groups[b]!.length;
    const ownProgram = families.includes('client') && enough(b, a).includes('client');
    if (isSmaller && (families.length >= 2 || ownProgram)) pairs.push([a, b]);
  }
  return unite(groups, pairs);
}

/** The groups after each pair has become one. */
function unite(groups: Int32Array[], pairs: readonly [number, number][]): Int32Array[] {
  const above = Int32Array.from(groups.keys());
  const top = (group: number): number => (above[group] === group ? group : top(above[group]!));
  for (const [a, b] of pairs) above[Math.max(top(a), top(b))] = Math.min(top(a), top(b));
  const united = new Map<number, number[]>();
  groups.forEach((units, group) => {
    const whole = united.get(top(group)) ?? [];
    for (const unit of units) whole.push(unit);
    united.set(top(group), whole);
  });
  return Array.from(united.values(), (units) => Int32Array.from(units).sort());
}
