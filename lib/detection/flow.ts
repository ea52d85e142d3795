/** How strongly groups of accounts lead to one another and to themselves. */
import type { EvidenceGraph } from './build-graph';

/** Row by row `from[i] → to[i]`; a group's flow to itself is among them. */
export type Flow = { from: number[]; to: number[]; amount: number[] };

/**
 * `F_ab = Σ_kind λ Σ_v x_av·n_bv/(df_v − 1)`, x_av the sum of 1/(the account's values of this kind) over a's
 * holders of v; a value that is an account's id adds 1/(that number) toward that account's group.
 * @param groups disjoint lists of units; what leads to none of them is left out.
 * @param counts which values lead anywhere; those of hard kinds by default.
 */
export function measureFlow(
  graph: EvidenceGraph,
  groups: readonly Int32Array[],
  counts: (value: number) => boolean = (value) => graph.kinds[graph.valueKind[value]!]!.hard,
): Flow {
  const { byUnit, kinds } = graph;
  const width = kinds.length;
  const { groupOf, placeOf, heldFrom } = scratchOf(graph);
  groups.forEach((units, group) => {
    for (const unit of units) groupOf[unit] = group;
  });
  const flow: Flow = { from: [], to: [], amount: [] };
  const share = new Float64Array(width);
  const held: Held = { values: [], group: [], count: [] };
  const toward = new Float64Array(groups.length);
  const reached: number[] = [];
  const add = (other: number, amount: number): void => {
    if (other < 0 || amount <= 0) return;
    if (toward[other] === 0) reached.push(other);
    toward[other]! += amount;
  };
  groups.forEach((units, group) => {
    // by place rather than as objects: a large group adds to millions of sums
    const values: number[] = [];
    const strengths: number[] = [];
    const holding: number[] = [];
    for (const unit of units) {
      for (let k = 0; k < width; k++) share[k] = byUnit.alone[unit * width + k]!;
      for (let i = byUnit.offsets[unit]!; i < byUnit.offsets[unit + 1]!; i++) {
        share[graph.valueKind[byUnit.values[i]!]!]!++;
      }
      for (let i = byUnit.offsets[unit]!; i < byUnit.offsets[unit + 1]!; i++) {
        const value = byUnit.values[i]!;
        const kind = kinds[graph.valueKind[value]!]!;
        const strength = (kind.lambda * graph.factor[value]!) / share[graph.valueKind[value]!]!;
        if (strength === 0 || !counts(value)) continue;
        const place = placeOf[value]!;
        if (place < 0) {
          placeOf[value] = strengths.length;
          values.push(value);
          strengths.push(strength);
          holding.push(1);
        } else {
          strengths[place]! += strength;
          holding[place]!++;
        }
        const named = graph.valueUnit[value]!;
        if (named >= 0 && named !== unit) add(groupOf[named]!, strength);
      }
    }
    for (let place = 0; place < values.length; place++) {
      const value = values[place]!;
      placeOf[value] = -1;
      const df = graph.df[value]!;
      if (df < 2) continue;
      const strength = strengths[place]!;
      if (heldFrom[value]! < 0) countHolders(graph, value, groupOf, heldFrom, held);
      const start = heldFrom[value]!;
      for (let i = start + 1; i <= start + held.count[start]!; i++) {
        const other = held.group[i]!;
        // a holder does not lead to itself
        const n = other === group ? holding[place]! - 1 : held.count[i]!;
        add(other, (strength * n) / (df - 1));
      }
    }
    for (const other of reached) {
      flow.from.push(group);
      flow.to.push(other);
      flow.amount.push(toward[other]!);
      toward[other] = 0;
    }
    reached.length = 0;
  });
  for (const units of groups) for (const unit of units) groupOf[unit] = -1;
  for (const value of held.values) heldFrom[value] = -1;
  return flow;
}

/** Tables over everything, kept for a graph and handed back as they were: this is asked of thousands of small parts too. */
type Scratch = { groupOf: Int32Array; placeOf: Int32Array; heldFrom: Int32Array };
const scratches = new WeakMap<EvidenceGraph, Scratch>();

function scratchOf(graph: EvidenceGraph): Scratch {
  const known = scratches.get(graph);
  if (known) return known;
  const table = (length: number): Int32Array => new Int32Array(length).fill(-1);
  const made = { groupOf: table(graph.units), placeOf: table(graph.values), heldFrom: table(graph.values) };
  scratches.set(graph, made);
  return made;
}

/** For each value looked at, from heldFrom on: how many groups hold it, then each of these with its holders. */
type Held = { values: number[]; group: number[]; count: number[] };

/** Adds how many holders of the value each group has. */
function countHolders(
  graph: EvidenceGraph,
  value: number,
  groupOf: Int32Array,
  heldFrom: Int32Array,
  held: Held,
): void {
  const counts = new Map<number, number>();
  for (let i = graph.holderOffsets[value]!; i < graph.holderOffsets[value + 1]!; i++) {
    const group = groupOf[graph.holders[i]!]!;
    if (group >= 0) counts.set(group, (counts.get(group) ?? 0) + 1);
  }
  heldFrom[value] = held.count.length;
  held.values.push(value);
  held.group.push(-1);
  held.count.push(counts.size);
  for (const [group, count] of counts) {
    held.group.push(group);
    held.count.push(count);
  }
}
