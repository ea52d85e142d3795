/**
 * Takes the weight from values that strangers share: default SDKs, one university's address, a viral prompt.
 * Identity kinds are never touched: 20,000 accounts on five cards are one operation, not five popular cards.
 */
import type { EvidenceGraph } from './build-graph';
import { isCircumstantial } from './kinds';
import { type Counter, correctedForSize, mean, measureRetention } from './retention';
import type { DetectionConfig, Findings, SuppressionReason } from './schema';

/**
 * Sets `graph.factor`: 0 for listed values; for network, client and content values held by more than
 * `popularFrom` of all entities it falls linearly to 0 at `popularTo`, unless identity kinds hold the holders
 * together anyway (their retention in those kinds is `popularKeep` or more): then the popular value is an
 * operation's own. Returns what was taken away, by kind and reason.
 */
export function suppressPopular(
  graph: EvidenceGraph,
  counter: Counter,
  config: DetectionConfig,
): Findings['suppressed'] {
  const counts = new Map<string, Findings['suppressed'][number]>();
  const note = (kind: number, reason: SuppressionReason, values = 1): void => {
    const name = graph.kinds[kind]!.kind;
    const row = counts.get(`${name} ${reason}`) ?? { kind: name, values: 0, reason };
    row.values += values;
    counts.set(`${name} ${reason}`, row);
  };
  graph.heldByOneEntity.forEach((values, kind) => {
    if (values > 0) note(kind, 'one_entity', values);
  });
  const factors = graph.factor.slice();
  for (let value = 0; value < graph.values; value++) {
    const kind = graph.valueKind[value]!;
    if (graph.listed[value]) {
      factors[value] = 0;
      note(kind, 'listed');
      continue;
    }
    const df = graph.df[value]!;
    const share = df / graph.units;
    if (
      !isCircumstantial(graph.kinds[kind]!) ||
      df < config.popularMinHolders ||
      share <= config.popularFrom
    ) {
      continue;
    }
    if (heldByIdentity(graph, value, counter) >= config.popularKeep) continue;
    factors[value] = Math.max(0, (config.popularTo - share) / (config.popularTo - config.popularFrom));
    note(kind, 'popular');
  }
  graph.factor.set(factors);
  return [...counts.values()];
}

/** How much identity kinds alone hold a value's holders together: mean of the best r_ik, corrected for size. */
function heldByIdentity(graph: EvidenceGraph, value: number, counter: Counter): number {
  const holders = graph.holders.subarray(graph.holderOffsets[value]!, graph.holderOffsets[value + 1]!);
  const held = measureRetention(graph, holders, counter);
  const width = held.kinds.length;
  const best = Float64Array.from(holders, (_, row) =>
    held.kinds.reduce((most, kind, k) => {
      const counts = kind.family === 'identity' && kind.hard;
      return counts ? Math.max(most, held.retention[row * width + k]!) : most;
    }, 0),
  );
  return correctedForSize(mean(best), holders.length, graph.units);
}
