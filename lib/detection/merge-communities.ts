/**
 * Puts together what Leiden cut: one operation of 20,000 accounts comes out of it in more than a hundred
 * pieces under every weighting.
 */
import type { EvidenceGraph } from './build-graph';
import { measureFlow } from './flow';
import { isCircumstantial } from './kinds';
import { leiden } from './leiden';
import { fromEdges, type WeightedGraph } from './link-graph';
import { type Counter, combineAll, correctedForSize, type Held, mean, measureRetention } from './retention';
import type { DetectionConfig } from './schema';

/** What the large part may lose in mean r_i when remnants join it. */
const MAY_LOSE = 0.02;

type Part = {
  units: Int32Array;
  /** Mean r_i, and R of it. */
  mean: number;
  r: number;
  /** The same R by hard identity kinds alone: it still moves where weak kinds have brought r_i to its limit. */
  identity: number;
};

/**
 * Merges communities (sorted lists of units, disjoint): Leiden on the flow F between them; a merge is kept
 * when mean-based R exceeds the parts' size-weighted mean by `mergeGain`; again until nothing merges. Three
 * rules are ours. A gain of that much in identity kinds alone counts too, when each part has half of it: where
 * weak kinds have brought every r_i to 1, R can rise no more. A part that hardly gains itself is left out: an operation must not swallow the one it
 * brushes. And remnants join a large part that loses nothing by it when each gains `mergeGain`: weighted by
 * size they would never move its mean.
 */
export function mergeCommunities(
  graph: EvidenceGraph,
  communities: Int32Array[],
  counter: Counter,
  config: DetectionConfig,
): Int32Array[] {
  const measure = (units: Int32Array): Part & { each: Float64Array } => {
    const held = measureRetention(graph, units, counter);
    const each = combineAll(held, config);
    const x = mean(each);
    const over = (share: number): number => correctedForSize(share, units.length, graph.units);
    return { units, mean: x, r: over(x), identity: over(mean(identityOf(held))), each };
  };
  /** The parts of a group after merging those that gain by it. */
  const merge = (group: Part[]): Part[] => {
    if (group.length <= 1) return group;
    const { each, ...union } = measure(Int32Array.from(group.flatMap((part) => [...part.units])).sort());
    const mixed = (of: (part: Part) => number): number =>
      group.reduce((sum, part) => sum + of(part) * part.units.length, 0) / union.units.length;
    const before = mixed(({ r }) => r);
    if (union.r <= before) return group;
    const byIdentity = union.identity > mixed(({ identity }) => identity) + config.mergeGain;
    if (byIdentity && group.every((part) => part.identity < union.identity - config.mergeGain / 2))
      return [union];
    const together = union.r > before + config.mergeGain;
    const inUnion = new Map(Array.from(union.units, (unit, i) => [unit, each[i]!]));
    const largest = group.reduce((most, part) => (part.units.length > most.units.length ? part : most));
    const fits = group.map((part) => {
      const gain = mean(Float64Array.from(part.units, (unit) => inUnion.get(unit)!)) - part.mean;
      if (together) return gain > config.mergeGain / 2;
      return part === largest ? gain > -MAY_LOSE : gain > config.mergeGain;
    });
    if (fits.every(Boolean)) return [union];
    return [...group.filter((_, i) => !fits[i]), ...merge(group.filter((_, i) => fits[i]))];
  };
  if (communities.length < 2) return communities;
  let parts: Part[] = communities.map(measure);
  for (;;) {
    const labels = leiden(flowBetween(graph, parts), {
      seed: config.seed,
      resolution: config.resolution,
      iterations: config.leidenIterations,
    });
    const groups = new Map<number, Part[]>();
    parts.forEach((part, i) => {
      const group = groups.get(labels[i]!);
      if (group) group.push(part);
      else groups.set(labels[i]!, [part]);
    });
    const merged = [...groups.values()].flatMap(merge);
    if (merged.length === parts.length) return parts.map((part) => part.units);
    parts = merged;
  }
}

/** For each row the share of its identity kinds' weight that stays, 0 when it has none. */
function identityOf({ rows, kinds, weight, retention }: Held): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) => {
    let all = 0;
    let stays = 0;
    kinds.forEach((kind, k) => {
      if (!kind.hard || isCircumstantial(kind)) return;
      const at = row * kinds.length + k;
      all += weight[at]!;
      stays += weight[at]! * retention[at]!;
    });
    return all === 0 ? 0 : stays / all;
  });
}

/**
 * The flow between different communities. Flow inside one is left out: beside it the flow between equal pieces
 * of one operation would never show.
 */
function flowBetween(graph: EvidenceGraph, parts: readonly Part[]): WeightedGraph {
  const flow = measureFlow(
    graph,
    parts.map(({ units }) => units),
  );
  const across = flow.from.flatMap((from, i) => (from === flow.to[i] ? [] : [i]));
  const pick = (values: readonly number[]): number[] => across.map((i) => values[i]!);
  return fromEdges(parts.length, pick(flow.from), pick(flow.to), pick(flow.amount));
}
