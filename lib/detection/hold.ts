/** What holds accounts to a group: facts about who they are, and what nobody outside it has. */
import type { EvidenceGraph } from './build-graph';
import { isCircumstantial } from './kinds';
import type { DetectionConfig } from './schema';
import { logBinomialTail } from './significance';

/**
 * From this share of its holders on a value is the group's own: a common program or address never gets there.
 * Beside a large operation a popular agent's prompt comes to .7, so accounts are judged by the stricter one.
 */
const OWN_FROM = 0.75;
const OWN_TO_HOLD = 0.9;

/**
 * Values, of weak kinds too, that several of the units hold (`minProposed`: two people do come upon the same
 * words), hardly anybody else does, and chance would not have dealt so. What is popular among everybody else is nobody's own:
 * beside an operation of half the world a common agent's users are few of all who hold its prompt.
 */
export function ownValues(
  graph: EvidenceGraph,
  units: Int32Array,
  config: DetectionConfig,
  from = OWN_FROM,
): Set<number> {
  const { byUnit } = graph;
  const holders = new Map<number, number>();
  for (const unit of units) {
    for (let i = byUnit.offsets[unit]!; i < byUnit.offsets[unit + 1]!; i++) {
      const value = byUnit.values[i]!;
      if (graph.kinds[graph.valueKind[value]!]!.lambda > 0 && graph.factor[value]! > 0)
        holders.set(value, (holders.get(value) ?? 0) + 1);
    }
  }
  const own = new Set<number>();
  const outside = graph.units - units.length;
  const limit = Math.log(config.alpha / Math.max(1, holders.size));
  for (const [value, n] of holders) {
    const df = graph.df[value]!;
    if (n < config.minProposed || n < from * df) continue;
    const strangers = df - n;
    const isPopular = strangers >= config.popularMinHolders && strangers > config.popularFrom * outside;
    if (isPopular) continue;
    if (logBinomialTail(n, df, units.length / graph.units) < limit) own.add(value);
  }
  return own;
}

/**
 * The units that something speaks for which strangers do not share: a hard identity value of another's, a
 * template or system prompt of the group's own, or a program and an address of its own together. A program
 * alone and a busy quarter of an hour hold nobody, however many of their users the group has.
 */
export function keepHeld(graph: EvidenceGraph, units: Int32Array, config: DetectionConfig): Int32Array {
  const { byUnit } = graph;
  const own = ownValues(graph, units, config, OWN_TO_HOLD);
  const inside = new Set(units);
  const holders = new Map<number, number>();
  const identity = (value: number): boolean => {
    const kind = graph.kinds[graph.valueKind[value]!]!;
    return kind.hard && !isCircumstantial(kind) && graph.factor[value]! > 0;
  };
  const namedInside = new Set<number>();
  for (const unit of units) {
    for (let i = byUnit.offsets[unit]!; i < byUnit.offsets[unit + 1]!; i++) {
      const value = byUnit.values[i]!;
      if (!identity(value)) continue;
      holders.set(value, (holders.get(value) ?? 0) + 1);
      const named = graph.valueUnit[value]!;
      if (named !== unit && inside.has(named)) namedInside.add(named).add(unit);
    }
  }
  const kept = units.filter((unit) => {
    if (namedInside.has(unit)) return true;
    const families = new Set<string>();
    for (let i = byUnit.offsets[unit]!; i < byUnit.offsets[unit + 1]!; i++) {
      const value = byUnit.values[i]!;
      if (identity(value) && holders.get(value)! >= 2) return true;
      const kind = graph.kinds[graph.valueKind[value]!]!;
      if (own.has(value) && kind.hard) families.add(kind.family);
    }
    return families.has('content') || families.size >= 2;
  });
  return kept.length === units.length ? kept : keepHeld(graph, kept, config);
}
