/**
 * Takes the weight from values that strangers share: default SDKs, one university's address, a viral prompt.
 * Identity kinds are never touched: 20,000 accounts on five cards are one operation, not five popular cards.
 */
import type { EvidenceGraph } from './build-graph';
import { isCircumstantial, RHYTHM_KIND } from './kinds';
import { type Counter, correctedForSize, mean, measureRetention } from './retention';
import type { DetectionConfig, SuppressedRow, SuppressionReason } from './schema';

/** Suppressed values given back for each kind, reason and source. */
const MOST_SHOWN = 50;

/**
 * Sets `graph.factor`: 0 for listed values; for network, client and content values held by more than
 * `popularFrom` of all entities it falls linearly to 0 at `popularTo`, unless identity kinds hold the holders
 * together anyway (their retention in those kinds is `popularKeep` or more): then the popular value is an
 * operation's own. Returns what was taken away, by kind, reason and source.
 */
export function suppressPopular(
  graph: EvidenceGraph,
  counter: Counter,
  config: DetectionConfig,
): SuppressedRow[] {
  const taken = new Map<string, SuppressedRow>();
  const rowOf = (kind: number, reason: SuppressionReason, source?: string): SuppressedRow => {
    const name = graph.kinds[kind]!.kind;
    const key = JSON.stringify([name, reason, source]);
    const row = taken.get(key) ?? {
      kind: name,
      reason,
      ...(source === undefined ? {} : { source }),
      values: 0,
      strongest: [],
    };
    taken.set(key, row);
    return row;
  };
  const note = (value: number, reason: SuppressionReason, source?: string): void => {
    const row = rowOf(graph.valueKind[value]!, reason, source);
    row.values++;
    row.strongest.push({ valueId: graph.valueIds[value]!, population: graph.df[value]! });
    if (row.strongest.length >= 2 * MOST_SHOWN) row.strongest = strongestOf(row.strongest);
  };
  graph.heldByOneEntity.forEach((values, kind) => {
    if (values.length === 0) return;
    const row = rowOf(kind, 'one_entity');
    row.values = values.length;
    row.strongest = values.map(({ valueId, accounts, holder }) => ({
      valueId,
      population: accounts,
      holder,
    }));
  });
  const factors = graph.factor.slice();
  for (let value = 0; value < graph.values; value++) {
    const kind = graph.valueKind[value]!;
    const entry = graph.listed.get(value);
    if (entry) {
      factors[value] = 0;
      note(value, entry.reason, entry.source);
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
    note(value, 'popular');
  }
  graph.factor.set(factors);
  return Array.from(taken.values(), (row) => ({ ...row, strongest: strongestOf(row.strongest) }));
}

/** Widest first; equal ones in the order of their ids, so that they fall the same way on every run. */
function strongestOf(values: SuppressedRow['strongest']): SuppressedRow['strongest'] {
  return values
    .sort((a, b) => b.population - a.population || (a.valueId < b.valueId ? -1 : 1))
    .slice(0, MOST_SHOWN);
}

/** Quarters of an hour that count for nobody's rhythm, as a row; none when no group met any. */
export function suppressCrowds(crowded: readonly { bin: number; accounts: number }[]): SuppressedRow[] {
  if (crowded.length === 0) return [];
  const strongest = crowded.map(({ bin, accounts }) => ({ valueId: String(bin), population: accounts }));
  const found = { kind: RHYTHM_KIND, reason: 'popular', values: crowded.length } as const;
  return [{ ...found, strongest: strongestOf(strongest) }];
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
