/** Where the extraction axis sees nothing: text that did not come in is unknown, not harmless. */
import type { Content } from './axes';
import type { EvidenceGraph } from './build-graph';
import type { Behaviour } from './schema';
import { accountsOf } from './signals/signal';

/** Exchanges of a group from which on a sample of one task in 32 would have caught five of them. */
const LEAST_EXCHANGES = 160;

/**
 * Whether a group's exchanges came without prompt text although others' came with it: of 160 and more not one task was
 * sampled, no template was seen and no class but the last resort. Known weakness: a group that asks one question over and
 * over looks the same.
 */
export function cameWithoutText(
  graph: EvidenceGraph,
  behaviour: Behaviour | undefined,
  { exchanges, extraction }: Content,
  units: Int32Array,
): boolean {
  if (!behaviour?.tasks) return false;
  const { byUnit, kinds } = graph;
  const isWording = (kind: number): boolean => kinds[kind]!.family === 'content';
  let seen = 0;
  for (const unit of units) {
    if (extraction[unit]! > 0) return false;
    seen += exchanges[unit]!;
    for (const account of accountsOf(graph, unit)) if (behaviour.tasks.sent[account]! > 0) return false;
    for (let k = 0; k < kinds.length; k++) {
      if (isWording(k) && byUnit.alone[unit * kinds.length + k]! > 0) return false;
    }
    for (let i = byUnit.offsets[unit]!; i < byUnit.offsets[unit + 1]!; i++) {
      if (isWording(graph.valueKind[byUnit.values[i]!]!)) return false;
    }
  }
  return seen >= LEAST_EXCHANGES;
}
