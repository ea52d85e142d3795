/**
 * Two weak kinds that agree, as one value. Hypothesis: a form of e-mail address or a network prefix alone is shared by
 * strangers, but strangers do not share both more often than chance. Formula: each (value, value) of two weak kinds of
 * different families whose λ add up to that of a hard kind is a value with λ their sum; it links when it has more holders
 * than independence gives, `dfA·dfB/N`, past α/tests by Poisson. They shape communities alone: in retention and
 * points each kind counts by itself. Linear in what accounts hold. Known false positives: a campus whose addresses have
 * one form; retention and identity judge those. Source: research note, weak kinds as pair links; the test is ours.
 */
import type { EvidenceGraph } from './build-graph';
import { HARD_FROM } from './kinds';
import type { DetectionConfig } from './schema';
import { logPoissonTail } from './significance';

/** Holders of a pair of values, and the weight of one's edge to it. */
export type WeakPair = { units: Int32Array; lambda: number };

/** Values that an account has of a weak kind beyond these are not paired: it roams. */
const MOST_VALUES = 32;
const BUCKETS = 2 ** 22;

/** Every pair of weak values that more units hold than chance explains, in the order of the values. */
export function pairWeakKinds(graph: EvidenceGraph, config: DetectionConfig): WeakPair[] {
  const { kinds } = graph;
  const partners = kinds.map((a, i) =>
    kinds.flatMap((b, j) => {
      const isPair = i < j && !a.hard && !b.hard && a.family !== b.family;
      return isPair && a.lambda > 0 && b.lambda > 0 && a.lambda + b.lambda >= HARD_FROM ? [j] : [];
    }),
  );
  if (partners.every((each) => each.length === 0)) return [];
  // a map of every pair that anybody holds would not end in a large world: first how often each could be met, by hash
  const met = new Int32Array(BUCKETS);
  const bucketOf = (pair: number): number => (pair % BUCKETS) ^ (Math.floor(pair / BUCKETS) % BUCKETS);
  let tests = 0;
  eachPair(graph, partners, config, (pair) => {
    tests++;
    met[bucketOf(pair)]!++;
  });
  const holders = new Map<number, number[]>();
  eachPair(graph, partners, config, (pair, unit) => {
    if (met[bucketOf(pair)]! < config.minProposed) return;
    const known = holders.get(pair);
    if (known) known.push(unit);
    else holders.set(pair, [unit]);
  });
  const limit = Math.log(config.alpha / Math.max(1, tests));
  return [...holders]
    .sort(([a], [b]) => a - b)
    .flatMap(([pair, units]) => {
      const [a, b] = [Math.floor(pair / graph.values), pair % graph.values];
      const expected = (graph.df[a]! * graph.df[b]!) / graph.units;
      if (units.length < config.minProposed || logPoissonTail(units.length, expected) >= limit) return [];
      const lambda = kinds[graph.valueKind[a]!]!.lambda + kinds[graph.valueKind[b]!]!.lambda;
      return [{ units: Int32Array.from(units), lambda }];
    });
}

/** Every pair of values, as a·values + b, that a unit holds of kinds which are partners. */
function eachPair(
  graph: EvidenceGraph,
  partners: readonly (readonly number[])[],
  config: DetectionConfig,
  visit: (pair: number, unit: number) => void,
): void {
  const { byUnit } = graph;
  const own: number[][] = graph.kinds.map(() => []);
  for (let unit = 0; unit < graph.units; unit++) {
    for (const values of own) values.length = 0;
    for (let i = byUnit.offsets[unit]!; i < byUnit.offsets[unit + 1]!; i++) {
      const value = byUnit.values[i]!;
      if (graph.df[value]! >= config.minProposed && graph.factor[value]! === 1)
        own[graph.valueKind[value]!]!.push(value);
    }
    partners.forEach((others, kind) => {
      if (own[kind]!.length > MOST_VALUES) return;
      for (const other of others) {
        if (own[other]!.length > MOST_VALUES) continue;
        for (const a of own[kind]!) for (const b of own[other]!) visit(a * graph.values + b, unit);
      }
    });
  }
}
