/** The part of the evidence graph that communities are looked for in: accounts and hard values, weighted. */
import type { EvidenceGraph } from './build-graph';
import { isCircumstantial } from './kinds';

/** An undirected weighted graph; every edge stands in both rows, a loop (node to itself) in `loops` alone. */
export type WeightedGraph = {
  nodes: number;
  offsets: Int32Array;
  targets: Int32Array;
  weights: Float64Array;
  /** Weight of each node's edges to itself. */
  loops: Float64Array;
};

/** Weight of the edge account–value: λ·log2(1+count)/√df. */
function edgeWeight(lambda: number, count: number, df: number): number {
  return (lambda * Math.log2(1 + count)) / Math.sqrt(df);
}

/**
 * Nodes 0..units.length-1 are the given units, the rest the values they hold. Only hard kinds, only values
 * that link. Two accounts of which one shows the other's id get one edge of weight λ, also when both show
 * each other (twice as much cost precision, half as much cost recall on real data). Network, client and
 * content kinds pull once however many values an account has: thirty days behind thirty shared addresses would
 * otherwise outweigh any card and tear a ring apart.
 * @param counts which values may link; all by default.
 */
export function linkGraph(
  graph: EvidenceGraph,
  units: Int32Array = everyUnit(graph),
  counts?: (value: number) => boolean,
): WeightedGraph {
  const { byUnit, kinds } = graph;
  // maps, not arrays over everything: this is also asked for thousands of small parts
  const nodeOfUnit = new Map<number, number>();
  let room = 0;
  units.forEach((unit, node) => {
    nodeOfUnit.set(unit, node);
    room += byUnit.offsets[unit + 1]! - byUnit.offsets[unit]!;
  });
  const nodeOfValue = new Map<number, number>();
  const valueNode = (value: number): number => {
    const node = nodeOfValue.get(value) ?? units.length + nodeOfValue.size;
    nodeOfValue.set(value, node);
    return node;
  };
  const pairs = counts ? [] : graph.weakPairs;
  room += pairs.reduce((sum, pair) => sum + pair.units.length, 0);
  const from = new Int32Array(2 * room);
  const to = new Int32Array(2 * room);
  const weight = new Float64Array(2 * room);
  let edges = 0;
  const direct = new Map<number, number>();
  const valuesOf = new Int32Array(kinds.length);
  for (const unit of units) {
    for (let k = 0; k < kinds.length; k++) valuesOf[k] = byUnit.alone[unit * kinds.length + k]!;
    for (let i = byUnit.offsets[unit]!; i < byUnit.offsets[unit + 1]!; i++) {
      valuesOf[graph.valueKind[byUnit.values[i]!]!]!++;
    }
    for (let i = byUnit.offsets[unit]!; i < byUnit.offsets[unit + 1]!; i++) {
      const value = byUnit.values[i]!;
      const kind = kinds[graph.valueKind[value]!]!;
      const factor = graph.factor[value]!;
      if (!kind.hard || factor === 0 || (counts && !counts(value))) continue;
      const df = graph.df[value]!;
      if (df >= 2) {
        from[edges] = nodeOfUnit.get(unit)!;
        to[edges] = valueNode(value);
        const pulls = isCircumstantial(kind) ? factor / valuesOf[graph.valueKind[value]!]! : factor;
        weight[edges++] = edgeWeight(kind.lambda, Math.min(byUnit.counts[i]!, kind.countCap), df) * pulls;
      }
      const named = graph.valueUnit[value]!;
      if (named >= 0 && named !== unit && nodeOfUnit.has(named)) {
        const pair = Math.min(unit, named) * graph.units + Math.max(unit, named);
        direct.set(pair, Math.max(direct.get(pair) ?? 0, kind.lambda * factor));
      }
    }
  }
  let pairNodes = 0;
  for (const pair of pairs) {
    const node = units.length + nodeOfValue.size + pairNodes;
    const before = edges;
    for (const unit of pair.units) {
      const holder = nodeOfUnit.get(unit);
      if (holder === undefined) continue;
      from[edges] = holder;
      to[edges] = node;
      weight[edges++] = edgeWeight(pair.lambda, 1, pair.units.length);
    }
    if (edges > before) pairNodes++;
  }
  for (const [pair, w] of direct) {
    from[edges] = nodeOfUnit.get(Math.floor(pair / graph.units))!;
    to[edges] = nodeOfUnit.get(pair % graph.units)!;
    weight[edges++] = w;
  }
  const nodes = units.length + nodeOfValue.size + pairNodes;
  return fromEdges(nodes, from.subarray(0, edges), to.subarray(0, edges), weight.subarray(0, edges));
}

const everyUnit = (graph: EvidenceGraph): Int32Array => Int32Array.from({ length: graph.units }, (_, i) => i);

/** Builds both directions of each edge; parallel edges stay apart and add up wherever they are used. */
export function fromEdges(
  nodes: number,
  from: ArrayLike<number>,
  to: ArrayLike<number>,
  weight: ArrayLike<number>,
): WeightedGraph {
  const offsets = new Int32Array(nodes + 1);
  const loops = new Float64Array(nodes);
  for (let i = 0; i < from.length; i++) {
    if (from[i] === to[i]) continue;
    offsets[from[i]! + 1]!++;
    offsets[to[i]! + 1]!++;
  }
  for (let n = 0; n < nodes; n++) offsets[n + 1]! += offsets[n]!;
  const next = offsets.slice();
  const targets = new Int32Array(offsets[nodes]!);
  const weights = new Float64Array(offsets[nodes]!);
  for (let i = 0; i < from.length; i++) {
    const a = from[i]!;
    const b = to[i]!;
    const w = weight[i]!;
    if (a === b) {
      loops[a]! += w;
      continue;
    }
    targets[next[a]!] = b;
    weights[next[a]!++] = w;
    targets[next[b]!] = a;
    weights[next[b]!++] = w;
  }
  return { nodes, offsets, targets, weights, loops };
}
