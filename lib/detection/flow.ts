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
  const groupOf = new Map<number, number>();
  groups.forEach((units, group) => {
    for (const unit of units) groupOf.set(unit, group);
  });
  const flow: Flow = { from: [], to: [], amount: [] };
  const share = new Float64Array(width);
  const holdersOf = new Map<number, Map<number, number>>();
  groups.forEach((units, group) => {
    const toward = new Map<number, number>();
    const add = (other: number | undefined, amount: number): void => {
      if (other !== undefined && amount > 0) toward.set(other, (toward.get(other) ?? 0) + amount);
    };
    // by place rather than as objects: a large group adds to millions of sums
    const placeOf = new Map<number, number>();
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
        const place = placeOf.get(value);
        if (place === undefined) {
          placeOf.set(value, strengths.length);
          strengths.push(strength);
          holding.push(1);
        } else {
          strengths[place]! += strength;
          holding[place]!++;
        }
        const named = graph.valueUnit[value]!;
        if (named >= 0 && named !== unit) add(groupOf.get(named), strength);
      }
    }
    for (const [value, place] of placeOf) {
      const df = graph.df[value]!;
      if (df < 2) continue;
      const strength = strengths[place]!;
      const itself = holding[place]!;
      let holders = holdersOf.get(value);
      if (!holders) {
        holders = countHolders(graph, value, groupOf);
        holdersOf.set(value, holders);
      }
      for (const [other, n] of holders) {
        // a holder does not lead to itself
        add(other, (strength * (other === group ? itself - 1 : n)) / (df - 1));
      }
    }
    for (const [other, amount] of toward) {
      flow.from.push(group);
      flow.to.push(other);
      flow.amount.push(amount);
    }
  });
  return flow;
}

/** How many holders of the value each group has. */
function countHolders(
  graph: EvidenceGraph,
  value: number,
  groupOf: Map<number, number>,
): Map<number, number> {
  const counts = new Map<number, number>();
  for (let i = graph.holderOffsets[value]!; i < graph.holderOffsets[value + 1]!; i++) {
    const group = groupOf.get(graph.holders[i]!);
    if (group !== undefined) counts.set(group, (counts.get(group) ?? 0) + 1);
  }
  return counts;
}
