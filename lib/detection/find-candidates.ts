/** From the graph to groups of accounts that stay among themselves; whether that means anything comes later. */
import type { EvidenceGraph } from './build-graph';
import { keepHeld } from './hold';
import { joinOperations } from './join-operations';
import { type DetectionKind, isCircumstantial, RHYTHM_KIND } from './kinds';
import { leiden } from './leiden';
import { linkGraph } from './link-graph';
import { mergeCommunities } from './merge-communities';
import {
  type Counter,
  combineAll,
  correctedForSize,
  type Held,
  mean,
  measureRetention,
  median,
  wilsonLow,
} from './retention';
import { countCrowds, measureRhythm, type Rhythm } from './rhythm';
import type { DetectionConfig, Snapshot } from './schema';
import { tellApart } from './tell-apart';

export type Candidate = {
  /** All of the community, and those of it that are not weak; sorted. */
  units: Int32Array;
  proposed: Int32Array;
  /** Retention of the proposed among themselves. */
  held: Held;
  rhythm: Rhythm | undefined;
  /** Set when wording alone holds it together: then only kinds that this takes count for retention. */
  counts?: (kind: DetectionKind) => boolean;
  /** Enters the community's rhythm into a table of its accounts (`unitAt`: position of each row's unit). */
  addRhythm: (held: Held, unitAt: Int32Array) => void;
};

export type Found = {
  candidates: Candidate[];
  communities: Int32Array[];
  coordinationOf: (units: Int32Array) => number;
  /** Quarters of an hour that some group was not judged by, since strangers crowd into them; and accounts active then. */
  crowdedBins: { bin: number; accounts: number }[];
};

/** How often a community is looked into again. */
const DEPTH = 3;
/** Mean R that a community may lose when it is told apart into operations that share next to nothing. */
const SPLIT_LOSS = 0.02;
/** Values of which a candidate has a smaller share hold nobody there. */
const NEAR = 0.1;

/**
 * Communities (Leiden, then merged) whose median-based R reaches `acceptRetention`, weak members set apart.
 * Modularity glues small groups together in large graphs (its resolution limit, Fortunato and Barthélemy
 * 2007), so a community is looked into again: one that is turned down is peeled to the members that stay in
 * it, and these are clustered by themselves; one that passes is split when its parts keep as much as it did,
 * or when only circumstance holds them together (`tellApart`). Whom nothing rare holds is left out (`keepHeld`).
 * The communities before all that are given back too: benign ones are the measure of coordination.
 */
export function findCandidates(
  graph: EvidenceGraph,
  bins: Snapshot['bins'],
  counter: Counter,
  config: DetectionConfig,
): Found {
  const crowds = bins && countCrowds(bins);
  const crowded = new Set<number>();
  const rhythmKind = graph.kinds.findIndex(({ kind }) => kind === RHYTHM_KIND);
  const measure = (units: Int32Array, counts?: Candidate['counts']) => {
    const held = measureRetention(graph, units, counter);
    const rhythm =
      bins && crowds && rhythmKind >= 0
        ? measureRhythm(bins, accountsOf(graph, units), config, crowds)
        : undefined;
    if (rhythm) enterRhythm(held, rhythm, rhythmKind);
    for (const bin of rhythm?.leftOut ?? []) crowded.add(bin);
    return { held, rhythm, r: combineAll(held, config, counts) };
  };
  const meanR = (units: Int32Array, r = measure(units).r): number =>
    correctedForSize(mean(r), units.length, graph.units);

  // a few accounts must stay among themselves more clearly than many
  const accepted = (units: Int32Array, r: Float64Array): boolean => {
    const middle = correctedForSize(median(r), units.length, graph.units);
    const enough = heldByOne(graph, units, config) ? config.weakRetention : config.acceptRetention;
    return wilsonLow(middle, units.length, config.acceptZ) >= Math.min(enough, config.acceptRetention);
  };

  const settle = (units: Int32Array, depth: number): Int32Array[] => {
    const { r } = measure(units);
    if (!accepted(units, r)) {
      const kept = depth > 0 ? peel(units, r) : units;
      if (kept.length === units.length || kept.length < config.minSize) return [];
      return communitiesOf(graph, counter, config, kept).flatMap((part) => settle(part, depth - 1));
    }
    if (depth > 0 && units.length >= 2 * config.minSize) {
      const parts = communitiesOf(graph, counter, config, units);
      const covered = parts.reduce((sum, part) => sum + part.length, 0);
      const apart = parts.reduce((sum, part) => sum + meanR(part) * part.length, 0) / units.length;
      if (parts.length > 1 && covered === units.length && apart >= meanR(units, r) - SPLIT_LOSS) {
        return parts.flatMap((part) => settle(part, depth - 1));
      }
    }
    return [units];
  };
  const describe = (units: Int32Array): Candidate[] => {
    const { r, rhythm } = measure(units);
    const proposed = units.filter((_, i) => r[i]! >= config.weakRetention);
    if (proposed.length < config.minProposed) return [];
    const addRhythm = (held: Held, unitAt: Int32Array): void => {
      if (rhythm) enterRhythm(held, rhythm, rhythmKind, unitAt);
    };
    const inner = measure(proposed);
    return [{ units, proposed, held: inner.held, rhythm: inner.rhythm, addRhythm }];
  };
  /** Drops weak members again and again until those left hold one another. */
  const peel = (units: Int32Array, r: Float64Array): Int32Array => {
    const kept = units.filter((_, i) => r[i]! >= config.weakRetention);
    return kept.length === units.length || kept.length < config.minSize ? kept : peel(kept, measure(kept).r);
  };
  const look = (communities: Int32Array[]): Int32Array[] =>
    communities
      .flatMap((units) => settle(units, DEPTH))
      .flatMap((units) => {
        const groups = tellApart(graph, keepHeld(graph, units, config), counter, config);
        if (groups.length < 2) return groups;
        return groups
          .map((group) => keepHeld(graph, group, config))
          .filter((group) => group.length >= config.minSize && accepted(group, measure(group).r));
      });
  const communities = communitiesOf(graph, counter, config);
  const apart = look(communities);
  // with the clear ones out of the way the same communities show others
  apart.push(...look(communitiesOf(graph, counter, config, outsideOf(apart, graph.units))));
  const joined = joinOperations(graph, attachStrays(graph, apart, counter, config), config);
  const candidates = joined.map((units) => keepHeld(graph, units, config)).flatMap(describe);
  const left = outsideOf(
    candidates.map(({ units }) => units),
    graph.units,
  );
  const byWording = wordingCommunities(graph, left, config).flatMap((units): Candidate[] => {
    const { r } = measure(units, isWording);
    const proposed = units.filter((_, i) => r[i]! >= config.weakRetention);
    if (proposed.length < 2 * config.minSize) return [];
    const inner = measure(proposed, isWording);
    if (!accepted(proposed, inner.r) || keepHeld(graph, proposed, config).length < proposed.length) return [];
    return [{ ...inner, units: proposed, proposed, counts: isWording, addRhythm: () => {} }];
  });
  candidates.push(...byWording);
  const coordinationOf = (units: Int32Array): number =>
    meanR(units, measure(units, ({ axis }) => axis === 'coordination').r);
  const crowdedBins = Array.from(crowded, (bin) => ({ bin, accounts: crowds!.active[bin - crowds!.first]! }));
  return { candidates, communities, coordinationOf, crowdedBins };
}

/** How well a candidate must hold an account for it to join. */
const ATTACHED = 0.45;

/**
 * Accounts that fell to no candidate join the one that holds them best, when it holds them as well as its
 * own are held: parts that were peeled out of a glued community left members behind.
 */
function attachStrays(
  graph: EvidenceGraph,
  candidates: Int32Array[],
  counter: Counter,
  config: DetectionConfig,
): Int32Array[] {
  const taken = new Set<number>();
  for (const units of candidates) for (const unit of units) taken.add(unit);
  const best = new Map<number, { candidate: number; r: number }>();
  candidates.forEach((units, candidate) => {
    const near = neighboursOf(graph, units).filter((unit) => !taken.has(unit));
    const r = combineAll(measureRetention(graph, units, counter, graph.byUnit, near), config);
    near.forEach((unit, i) => {
      if (r[i]! >= ATTACHED && r[i]! > (best.get(unit)?.r ?? 0)) best.set(unit, { candidate, r: r[i]! });
    });
  });
  const joining = candidates.map((): number[] => []);
  for (const [unit, { candidate }] of best) joining[candidate]!.push(unit);
  return candidates.map((units, i) =>
    joining[i]!.length === 0 ? units : Int32Array.from([...units, ...joining[i]!]).sort(),
  );
}

const isWording = (kind: DetectionKind): boolean => kind.family === 'content';

/**
 * Communities of those whom nothing else holds by wording alone: an operation whose accounts have a card, a device
 * and a home each has nothing in common but its task list. judge-cluster.ts asks for more than the words.
 */
function wordingCommunities(graph: EvidenceGraph, units: Int32Array, config: DetectionConfig): Int32Array[] {
  const labels = leiden(
    linkGraph(graph, units, (value) => isWording(graph.kinds[graph.valueKind[value]!]!)),
    { seed: config.seed, resolution: config.resolution, iterations: config.leidenIterations },
  );
  const groups = new Map<number, number[]>();
  units.forEach((unit, node) => {
    const group = groups.get(labels[node]!);
    if (group) group.push(unit);
    else groups.set(labels[node]!, [unit]);
  });
  return [...groups.values()]
    .filter((group) => group.length >= 2 * config.minSize)
    .map((group) => Int32Array.from(group));
}

/** Everybody whom no group holds. */
function outsideOf(groups: readonly Int32Array[], units: number): Int32Array {
  const taken = new Uint8Array(units);
  for (const group of groups) for (const unit of group) taken[unit] = 1;
  return Int32Array.from(taken.keys()).filter((unit) => taken[unit] === 0);
}

/** From this share on, of the group and of its holders, one value holds a whole group. */
const WHOLE = 0.9;

/**
 * Whether one identity value is held by the whole of a group that is large enough to mean it, and by hardly
 * anybody else. Own values of the same kind lower retention, but do not explain such a value away.
 */
function heldByOne(graph: EvidenceGraph, units: Int32Array, config: DetectionConfig): boolean {
  if (units.length < 2 * config.minSize) return false;
  const { byUnit } = graph;
  const holders = new Map<number, number>();
  for (const unit of units) {
    for (let i = byUnit.offsets[unit]!; i < byUnit.offsets[unit + 1]!; i++) {
      const value = byUnit.values[i]!;
      const kind = graph.kinds[graph.valueKind[value]!]!;
      if (kind.hard && !isCircumstantial(kind)) holders.set(value, (holders.get(value) ?? 0) + 1);
    }
  }
  for (const [value, n] of holders) {
    if (n >= WHOLE * units.length && n >= WHOLE * graph.df[value]!) return true;
  }
  return false;
}

/** Units that hold a value of a hard kind of which at least NEAR of all holders are among the given. */
function neighboursOf(graph: EvidenceGraph, units: Int32Array): Int32Array {
  const { byUnit } = graph;
  const holders = new Map<number, number>();
  for (const unit of units) {
    for (let i = byUnit.offsets[unit]!; i < byUnit.offsets[unit + 1]!; i++) {
      const value = byUnit.values[i]!;
      const links = graph.kinds[graph.valueKind[value]!]!.hard && graph.factor[value]! > 0;
      if (links) holders.set(value, (holders.get(value) ?? 0) + 1);
    }
  }
  const near = new Set<number>();
  for (const [value, n] of holders) {
    if (n < NEAR * graph.df[value]!) continue;
    for (let i = graph.holderOffsets[value]!; i < graph.holderOffsets[value + 1]!; i++)
      near.add(graph.holders[i]!);
  }
  return Int32Array.from(near).sort();
}

/** Merged communities of at least `minSize` units among the given (all by default), each sorted. */
function communitiesOf(
  graph: EvidenceGraph,
  counter: Counter,
  config: DetectionConfig,
  among?: Int32Array,
): Int32Array[] {
  const labels = leiden(linkGraph(graph, among), {
    seed: config.seed,
    resolution: config.resolution,
    iterations: config.leidenIterations,
  });
  const groups = new Map<number, number[]>();
  const count = among?.length ?? graph.units;
  for (let node = 0; node < count; node++) {
    const unit = among ? among[node]! : node;
    const group = groups.get(labels[node]!);
    if (group) group.push(unit);
    else groups.set(labels[node]!, [unit]);
  }
  const large = [...groups.values()].filter((group) => group.length >= config.minSize);
  return mergeCommunities(
    graph,
    large.map((group) => Int32Array.from(group)),
    counter,
    config,
  );
}

function accountsOf(graph: EvidenceGraph, units: Int32Array): Int32Array[] {
  return Array.from(units, (unit) =>
    graph.unitAccounts.subarray(graph.unitOffsets[unit]!, graph.unitOffsets[unit + 1]!),
  );
}

function enterRhythm(held: Held, rhythm: Rhythm, rhythmKind: number, unitAt?: Int32Array): void {
  const width = held.kinds.length;
  for (let row = 0; row < held.rows; row++) {
    const at = unitAt ? unitAt[row]! : row;
    held.retention[row * width + rhythmKind] = rhythm.strength[at]!;
    held.weight[row * width + rhythmKind] = rhythm.active[at]! * held.kinds[rhythmKind]!.lambda;
  }
}
