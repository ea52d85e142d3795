/** What a cluster's members share, kind by kind, beside what chance would have them share. */
import type { EvidenceGraph } from './build-graph';
import { type DetectionKind, RHYTHM_KIND } from './kinds';
import { rarity } from './rarity';
import type { Rhythm } from './rhythm';
import type { DetectionConfig, EvidenceRow, EvidenceValue } from './schema';
import { logPoissonTail } from './significance';

/** A row before anything is known of points. */
export type Shared = Pick<
  EvidenceRow,
  'values' | 'valueCount' | 'members' | 'population' | 'expected' | 'detail'
> & {
  kind: DetectionKind;
  /** Index of the kind in the graph. */
  index: number;
  /** Mean rarity of the shared values in [0, 1], each as often as members hold it: weighs the kind's points. */
  rarity: number;
  /** More than chance after Bonferroni, and true of enough members to count as a fact about the cluster. */
  significant: boolean;
};

/** For each kind how many values have which df, and how many units which number of them: all that its expectation needs. */
export type DegreeTable = { values: Map<number, number>; units: Map<number, number> }[];

export function countDegrees(graph: EvidenceGraph): DegreeTable {
  const table: DegreeTable = graph.kinds.map(() => ({ values: new Map(), units: new Map() }));
  const add = (counts: Map<number, number>, degree: number): void => {
    counts.set(degree, (counts.get(degree) ?? 0) + 1);
  };
  for (let v = 0; v < graph.values; v++) {
    if (graph.factor[v]! > 0) add(table[graph.valueKind[v]!]!.values, graph.df[v]!);
  }
  const held = new Int32Array(graph.kinds.length);
  for (let unit = 0; unit < graph.units; unit++) {
    held.fill(0);
    for (let i = graph.byUnit.offsets[unit]!; i < graph.byUnit.offsets[unit + 1]!; i++) {
      const value = graph.byUnit.values[i]!;
      if (graph.factor[value]! > 0) held[graph.valueKind[value]!]!++;
    }
    held.forEach((values, kind) => {
      if (values > 0) add(table[kind]!.units, values);
    });
  }
  return table;
}

/**
 * Of n entities drawn from N: how many would share some value of the kind with another of them if its values were dealt
 * out at random, each to as many holders as it has and to each entity as many as it has. One value is shared with
 * probability `q = Σ_v (df_v/Σdf)·(1 − (1 − (n−1)/(N−1))^(df_v−1))`, an entity with d of them shares some with
 * `1 − (1 − q)^d`. Where the same few share value after value (addresses, day by day) it is more than chance gives, so that such
 * a kind must show the more.
 */
export function expectedSharing(
  { values, units }: DegreeTable[number],
  n: number,
  population: number,
): number {
  if (population < 2) return 0;
  const others = (n - 1) / (population - 1);
  let slots = 0;
  let shared = 0;
  for (const [df, count] of [...values].sort((a, b) => a[0] - b[0])) {
    slots += count * df;
    shared += count * df * (1 - (1 - others) ** (df - 1));
  }
  if (slots === 0) return 0;
  const nobody = Math.log1p(-Math.min(shared / slots, 1 - 1e-12));
  let sharing = 0;
  for (const [held, count] of [...units].sort((a, b) => a[0] - b[0])) {
    sharing += count * -Math.expm1(held * nobody);
  }
  return (n * sharing) / population;
}

/** Everything the members `units` (sorted) share, in the order of the kinds. */
export function collectShared(
  graph: EvidenceGraph,
  units: Int32Array,
  degrees: DegreeTable,
  rhythm: Rhythm | undefined,
  tests: number,
  config: DetectionConfig,
): Shared[] {
  const { byUnit } = graph;
  const member = new Map<number, number>();
  units.forEach((unit, at) => {
    member.set(unit, at);
  });
  const holders = new Map<number, number>();
  for (const unit of units) {
    for (let i = byUnit.offsets[unit]!; i < byUnit.offsets[unit + 1]!; i++) {
      const value = byUnit.values[i]!;
      if (graph.factor[value]! > 0) holders.set(value, (holders.get(value) ?? 0) + 1);
    }
  }
  const valuesOf: number[][] = graph.kinds.map(() => []);
  for (const [value, n] of holders) {
    const named = graph.valueUnit[value]!;
    if (n >= 2 || member.has(named)) valuesOf[graph.valueKind[value]!]!.push(value);
  }
  return graph.kinds.flatMap((kind, index) => {
    const values = valuesOf[index]!.sort((a, b) => a - b);
    const row =
      kind.kind === RHYTHM_KIND && rhythm
        ? sharedRhythm(rhythm, config)
        : sharedValues(graph, units, member, values, holders, degrees[index]!, tests, config);
    if (row.members < 2) return [];
    const { concentrated, ...shown } = row;
    const enough = config.kindCoverage * units.length;
    const moreThanChance = logPoissonTail(row.members, row.expected) < Math.log(config.alpha / tests);
    const significant = (row.members >= enough && moreThanChance) || concentrated >= enough;
    return [{ ...shown, kind, index, significant }];
  });
}

function sharedValues(
  graph: EvidenceGraph,
  units: Int32Array,
  member: Map<number, number>,
  values: number[],
  holders: Map<number, number>,
  degrees: DegreeTable[number],
  tests: number,
  config: DetectionConfig,
) {
  // beside a giant operation on a few cards, chance shares cards too; so single values may speak as well
  const all = [...degrees.values.values()].reduce((sum, n) => sum + n, 0);
  const limit = Math.log(config.alpha / (tests * Math.max(1, all)));
  const concentrated = new Set<number>();
  const sharing = new Set<number>();
  const anywhere = new Set<number>();
  const rows = values.map((value) => {
    const named = graph.valueUnit[value]!;
    const direct = member.has(named);
    const members = holders.get(value)!;
    const population = graph.df[value]!;
    const expected = (units.length * population) / graph.units;
    const rare = direct || logPoissonTail(members, expected) < limit;
    for (let i = graph.holderOffsets[value]!; i < graph.holderOffsets[value + 1]!; i++) {
      const holder = graph.holders[i]!;
      anywhere.add(holder);
      if (!member.has(holder)) continue;
      sharing.add(holder);
      if (rare) concentrated.add(holder);
    }
    if (direct) {
      sharing.add(named);
      anywhere.add(named);
    }
    const strength = members * Math.log(members / expected) * graph.factor[value]!;
    return { shown: { valueId: graph.valueIds[value]!, members, population, expected }, strength, value };
  });
  // values are numbered by id, so ties fall the same way whatever the order of input
  rows.sort((a, b) => b.strength - a.strength || a.value - b.value);
  const held = rows.reduce((sum, { shown }) => sum + shown.members, 0);
  const rare = rows.reduce(
    (sum, { shown }) => sum + shown.members * rarity(1, shown.population, graph.units),
    0,
  );
  return {
    rarity: held === 0 ? 0 : rare / held,
    concentrated: concentrated.size,
    values: rows.slice(0, config.valuesShown).map(({ shown }): EvidenceValue => shown),
    valueCount: rows.length,
    members: sharing.size,
    population: anywhere.size,
    expected: expectedSharing(degrees, units.length, graph.units),
  };
}

/** Rhythm has no values: only members that were compared count, and each was tested at alpha/n. */
function sharedRhythm(rhythm: Rhythm, config: DetectionConfig) {
  return {
    rarity: 1,
    concentrated: 0,
    values: [],
    valueCount: 0,
    members: rhythm.strength.reduce((sum, x) => sum + (x > 0 ? 1 : 0), 0),
    population: rhythm.active.reduce((sum, x) => sum + x, 0),
    expected: config.alpha,
    detail: { lift: rhythm.lift },
  };
}
