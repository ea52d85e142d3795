/**
 * Joins accepted clusters that are parts of one operation. Hypothesis: an operation that runs in cells keeps few
 * ties between them (a wallet that refills two, a phone lent out), too few for modularity or retention to see;
 * but those ties are rare ones, several accounts have them, and of all that leads out of a cell a large part
 * leads into the other. Strangers who meet at one value of a market's have a single tie, or theirs lead
 * everywhere. Known weakness: two operations that buy from one small shop of phones come out as one.
 */
import type { EvidenceGraph } from './build-graph';
import { measureFlow } from './flow';
import { isCircumstantial } from './kinds';
import type { DetectionConfig } from './schema';

/** A value of more holders ties nobody across clusters: a popular counterparty is a place, not a partner. */
const RARE_HOLDERS = 20;
/** Members with ties to the other cluster: on the side with more, and on the other. */
const MANY_TIED = 3;
const FEW_TIED = 2;
/** Of what leads out of the cluster that leads out less widely, so much leads into the other. */
const OUTFLOW = 0.1;

/**
 * The groups (sorted lists of units, disjoint) after all pairs that are one operation have become one; order of
 * the groups does not matter. Only hard identity kinds count.
 */
export function joinOperations(
  graph: EvidenceGraph,
  groups: Int32Array[],
  config: DetectionConfig,
): Int32Array[] {
  if (groups.length < 2) return groups;
  const groupOf = new Int32Array(graph.units).fill(-1);
  groups.forEach((units, group) => {
    for (const unit of units) groupOf[unit] = group;
  });
  const tied = tiesBetween(graph, groups, groupOf);
  if (tied.size === 0) return groups;
  const outflow = outflowBetween(graph, groups, groupOf);
  const above = Int32Array.from(groups.keys());
  const top = (group: number): number => {
    let at = group;
    while (above[at] !== at) at = above[at]!;
    return at;
  };
  for (const [pair, { from, to }] of tied) {
    const a = Math.floor(pair / groups.length);
    const b = pair % groups.length;
    const [less, more] = from.size < to.size ? [from.size, to.size] : [to.size, from.size];
    if (less < FEW_TIED || more < Math.max(MANY_TIED, config.minProposed)) continue;
    if (Math.max(outflow(a, b), outflow(b, a)) < OUTFLOW) continue;
    above[Math.max(top(a), top(b))] = Math.min(top(a), top(b));
  }
  const joined = new Map<number, number[]>();
  groups.forEach((units, group) => {
    joined.set(top(group), [...(joined.get(top(group)) ?? []), ...units]);
  });
  return Array.from(joined.values(), (units) => Int32Array.from(units).sort());
}

type Tied = { from: Set<number>; to: Set<number> };

const ties = (graph: EvidenceGraph, value: number): boolean => {
  const kind = graph.kinds[graph.valueKind[value]!]!;
  return kind.hard && !isCircumstantial(kind) && graph.factor[value]! > 0;
};

/** For each pair a < b (as a·groups + b) the members of either that rare values tie to the other. */
function tiesBetween(
  graph: EvidenceGraph,
  groups: readonly Int32Array[],
  groupOf: Int32Array,
): Map<number, Tied> {
  const found = new Map<number, Tied>();
  const tie = (unit: number, other: number): void => {
    const own = groupOf[unit]!;
    const far = groupOf[other]!;
    if (own < 0 || far < 0 || own === far) return;
    const pair = Math.min(own, far) * groups.length + Math.max(own, far);
    const tied = found.get(pair) ?? { from: new Set(), to: new Set() };
    found.set(pair, tied);
    (own < far ? tied.from : tied.to).add(unit);
    (own < far ? tied.to : tied.from).add(other);
  };
  for (let value = 0; value < graph.values; value++) {
    if (!ties(graph, value)) continue;
    const holders = graph.holders.subarray(graph.holderOffsets[value]!, graph.holderOffsets[value + 1]!);
    const named = graph.valueUnit[value]!;
    if (named >= 0) for (const holder of holders) tie(holder, named);
    if (holders.length > RARE_HOLDERS) continue;
    for (const holder of holders) for (const other of holders) if (holder < other) tie(holder, other);
  }
  return found;
}

/** Which share of what leads out of group a leads into group b. */
function outflowBetween(
  graph: EvidenceGraph,
  groups: readonly Int32Array[],
  groupOf: Int32Array,
): (a: number, b: number) => number {
  const rest = Int32Array.from(groupOf.keys()).filter((unit) => groupOf[unit] === -1);
  const flow = measureFlow(graph, [...groups, rest], (value) => ties(graph, value));
  const width = groups.length + 1;
  const out = new Float64Array(width);
  const between = new Map<number, number>();
  flow.from.forEach((from, i) => {
    if (from === flow.to[i]) return;
    out[from]! += flow.amount[i]!;
    between.set(from * width + flow.to[i]!, flow.amount[i]!);
  });
  return (a, b) => (out[a] === 0 ? 0 : (between.get(a * width + b) ?? 0) / out[a]!);
}
