/**
 * Puts together what Leiden cut: one operation of 20,000 accounts comes out of it in more than a hundred
 * pieces under every weighting.
 */
import type { EvidenceGraph } from './build-graph';
import { leiden } from './leiden';
import { fromEdges, type WeightedGraph } from './link-graph';
import { type Counter, combineAll, correctedForSize, mean, measureRetention } from './retention';
import type { DetectionConfig } from './schema';

/** What the large part may lose in mean r_i when remnants join it. */
const MAY_LOSE = 0.02;

type Part = {
  units: Int32Array;
  /** Mean r_i, and R of it. */
  mean: number;
  r: number;
};

/**
 * Merges communities (sorted lists of units, disjoint): Leiden on the flow F between them; a merge is kept
 * when mean-based R exceeds the parts' size-weighted mean by `mergeGain`; again until nothing merges. Two
 * rules are ours. A part that hardly gains itself is left out: an operation must not swallow the one it
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
    const each = combineAll(measureRetention(graph, units, counter), config);
    const x = mean(each);
    return { units, mean: x, r: correctedForSize(x, units.length, graph.units), each };
  };
  /** The parts of a group after merging those that gain by it. */
  const merge = (group: Part[]): Part[] => {
    if (group.length <= 1) return group;
    const { each, ...union } = measure(Int32Array.from(group.flatMap((part) => [...part.units])).sort());
    const before = group.reduce((sum, part) => sum + part.r * part.units.length, 0) / union.units.length;
    if (union.r <= before) return group;
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

/**
 * `F_ab = Σ_kind λ Σ_v x_av·n_bv/(df_v − 1)`, x_av the sum of 1/(the account's values of this kind) over a's
 * holders of v; a value that is an account's id adds 1/(that number) toward that account's community. Flow inside a
 * community is left out: beside it the flow between equal pieces of one operation would never show.
 */
function flowBetween(graph: EvidenceGraph, parts: { units: Int32Array }[]): WeightedGraph {
  const { byUnit, kinds } = graph;
  const width = kinds.length;
  const partOf = new Map<number, number>();
  parts.forEach(({ units }, part) => {
    for (const unit of units) partOf.set(unit, part);
  });
  const from: number[] = [];
  const to: number[] = [];
  const weight: number[] = [];
  const share = new Float64Array(width);
  const holdersOf = new Map<number, Map<number, number>>();
  parts.forEach(({ units }, part) => {
    const flow = new Map<number, number>();
    const add = (other: number | undefined, amount: number): void => {
      if (other !== undefined && other !== part) flow.set(other, (flow.get(other) ?? 0) + amount);
    };
    const spread = new Map<number, number>();
    for (const unit of units) {
      for (let k = 0; k < width; k++) share[k] = byUnit.alone[unit * width + k]!;
      for (let i = byUnit.offsets[unit]!; i < byUnit.offsets[unit + 1]!; i++) {
        share[graph.valueKind[byUnit.values[i]!]!]!++;
      }
      for (let i = byUnit.offsets[unit]!; i < byUnit.offsets[unit + 1]!; i++) {
        const value = byUnit.values[i]!;
        const kind = kinds[graph.valueKind[value]!]!;
        const strength = (kind.lambda * graph.factor[value]!) / share[graph.valueKind[value]!]!;
        if (!kind.hard || strength === 0) continue;
        spread.set(value, (spread.get(value) ?? 0) + strength);
        const named = graph.valueUnit[value]!;
        if (named >= 0 && named !== unit) add(partOf.get(named), strength);
      }
    }
    for (const [value, strength] of spread) {
      const df = graph.df[value]!;
      if (df < 2) continue;
      let holders = holdersOf.get(value);
      if (!holders) {
        holders = countHolders(graph, value, partOf);
        holdersOf.set(value, holders);
      }
      for (const [other, n] of holders) add(other, (strength * n) / (df - 1));
    }
    for (const [other, amount] of flow) {
      from.push(part);
      to.push(other);
      weight.push(amount);
    }
  });
  return fromEdges(parts.length, from, to, weight);
}

/** How many holders of the value each part has. */
function countHolders(graph: EvidenceGraph, value: number, partOf: Map<number, number>): Map<number, number> {
  const counts = new Map<number, number>();
  for (let i = graph.holderOffsets[value]!; i < graph.holderOffsets[value + 1]!; i++) {
    const part = partOf.get(graph.holders[i]!);
    if (part !== undefined) counts.set(part, (counts.get(part) ?? 0) + 1);
  }
  return counts;
}
