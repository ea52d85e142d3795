/** What a signal is. Each lies in a file of its own; registry.ts holds them all. */
import type { EvidenceGraph } from '../build-graph';
import type { Behaviour, DetectionConfig, Snapshot } from '../schema';

/** Which of the two axes a kind speaks for; context is shown and never counts. */
type SignalAxis = 'coordination' | 'content' | 'context';

/**
 * What a kind is a trace of. Two kinds are independent evidence when their families differ or both are
 * `identity`: an address and its prefix are one fact, a card and a phone are two. Strangers come to share
 * network, client and content values honestly (an office, a popular SDK, a viral prompt), so these three
 * families can be suppressed when popular and never make a cluster by themselves.
 */
export type SignalFamily = 'identity' | 'network' | 'client' | 'content' | 'time' | 'context';

/** A signal that is a value which accounts share: it links, and retention measures it. */
export type ValueSignal = {
  kind: string;
  /** What people read. */
  label: string;
  /** λ in [0, 1]: how much one shared value of this kind says; from .5 on it links. */
  lambda: number;
  axis: SignalAxis;
  family: SignalFamily;
};

export type GroupKindRow = Omit<ValueSignal, 'lambda'>;

/** A signal that only a group of accounts can show. */
export type GroupSignal = GroupKindRow & {
  /** Most decibans that it gives. */
  most: number;
  /** Looks at everybody once. Undefined when the data lack what it needs: it then stays silent. */
  prepare(world: SignalWorld): ((units: Int32Array) => Reading) | undefined;
};

export type SignalWorld = {
  graph: EvidenceGraph;
  snapshot: Snapshot;
  behaviour: Behaviour;
  config: DetectionConfig;
  /** 1 for units outside every candidate and suspected cluster, whose traffic counts as benign. */
  benign: Uint8Array;
};

export type Reading = {
  /** Members that could be measured, those of them that show it, and how many of them would by chance. */
  measured: number;
  members: number;
  expected: number;
  /** Units overall that show it; the members where only a group can show it. */
  population: number;
  /** Ready to be put into words. */
  detail?: Record<string, number>;
};

/** The accounts of a unit, as indexes into the snapshot. */
export function accountsOf(graph: EvidenceGraph, unit: number): Int32Array {
  return graph.unitAccounts.subarray(graph.unitOffsets[unit]!, graph.unitOffsets[unit + 1]!);
}

/** What `shows` says of a unit that cannot be measured. */
export const UNKNOWN = 2;
/** Benign units are taken to show anything in one of a hundred cases until fifty of them have been seen. */
export const PRIOR_UNITS = 50;
export const PRIOR_SHARE = 0.01;

/**
 * Reads a signal that each unit shows or not by itself against how many benign units show it.
 * @param shows for each unit 1, 0 or UNKNOWN
 */
export function againstBenign(
  shows: Uint8Array,
  benign: Uint8Array,
): (units: Int32Array, detail?: Record<string, number>) => Reading {
  let population = 0;
  let usual = PRIOR_SHARE * PRIOR_UNITS;
  let outside = PRIOR_UNITS;
  shows.forEach((show, unit) => {
    if (show === UNKNOWN) return;
    population += show;
    if (benign[unit] === 0) return;
    outside++;
    usual += show;
  });
  const share = usual / outside;
  return (units, detail) => {
    let measured = 0;
    let members = 0;
    for (const unit of units) {
      if (shows[unit] === UNKNOWN) continue;
      measured++;
      members += shows[unit]!;
    }
    return { measured, members, expected: measured * share, population, detail: { usual: share, ...detail } };
  };
}

/** The reading that lies farthest above chance, of those that one signal takes of the same units. */
export function mostTelling(readings: readonly Reading[]): Reading {
  const excess = ({ members, expected }: Reading): number => members - expected;
  return readings.reduce((best, reading) => (excess(reading) > excess(best) ? reading : best));
}

/** How many of the sorted values lie under x. */
export function countBelow(sorted: Float64Array, x: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < x) low = middle + 1;
    else high = middle;
  }
  return low;
}
