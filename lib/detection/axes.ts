/** The two axes a cluster is judged on: who acts together, and what for. */
import type { EvidenceGraph } from './build-graph';
import type { Baseline, DetectionConfig, Quadrant, Snapshot } from './schema';

/** What each unit sent: all its exchanges, and those of extraction classes. */
export type Content = { exchanges: Float64Array; extraction: Float64Array };

export function contentOfUnits(graph: EvidenceGraph, snapshot: Snapshot): Content {
  const { classes, extractionClasses, activity } = snapshot;
  const wanted = classes.flatMap((name, i) => (extractionClasses.includes(name) ? [i] : []));
  const exchanges = new Float64Array(graph.units);
  const extraction = new Float64Array(graph.units);
  for (let unit = 0; unit < graph.units; unit++) {
    for (let i = graph.unitOffsets[unit]!; i < graph.unitOffsets[unit + 1]!; i++) {
      const at = graph.unitAccounts[i]! * classes.length;
      for (let c = 0; c < classes.length; c++) exchanges[unit]! += activity.byClass[at + c]!;
      for (const c of wanted) extraction[unit]! += activity.byClass[at + c]!;
    }
  }
  return { exchanges, extraction };
}

/** Exchanges' worth of benign traffic mixed into each share, so that two exchanges prove nothing. */
const PRIOR_EXCHANGES = 5;
const ASSUMED_SHARE = 0.05;
const LEAST_THRESHOLD = 0.2;
const MOST_THRESHOLD = 0.6;
/** Of the extraction share, where this deployment's own accounts are too few. */
const SHIPPED_THRESHOLD = 0.3;
/** Turns a median absolute deviation into a standard deviation of a normal. */
const MAD_TO_SIGMA = 1.4826;

/** Coordination is never called high under this, nor asked to be above that, whatever benign traffic is like. */
const LEAST_COORDINATION = 0.3;
const MOST_COORDINATION = 0.5;

/**
 * Benign traffic: everybody outside the candidates. A threshold is the median plus three robust standard deviations,
 * kept within bounds; with fewer than `benignAccounts` it is the shipped one, which lies between the
 * bounds and was not learned from traffic.
 * @param coordination how much coordination holds benign units to their communities, for those that have one.
 */
export function benignBaseline(
  content: Content,
  outside: (unit: number) => boolean,
  coordination: readonly number[],
  config: DetectionConfig,
): Baseline {
  const shares: number[] = [];
  let sum = 0;
  for (let unit = 0; unit < content.exchanges.length; unit++) {
    if (content.exchanges[unit] === 0 || !outside(unit)) continue;
    const share = content.extraction[unit]! / content.exchanges[unit]!;
    shares.push(share);
    sum += share;
  }
  const ownExtraction = shares.length >= config.benignAccounts;
  const ownCoordination = coordination.length >= config.benignAccounts;
  return {
    accounts: shares.length,
    extractionShare: (sum + ASSUMED_SHARE * PRIOR_EXCHANGES) / (shares.length + PRIOR_EXCHANGES),
    extractionThreshold: ownExtraction
      ? highFrom(shares, LEAST_THRESHOLD, MOST_THRESHOLD)
      : SHIPPED_THRESHOLD,
    coordinationHigh: ownCoordination
      ? highFrom(coordination, LEAST_COORDINATION, MOST_COORDINATION)
      : config.coordinationHigh,
    extractionHigh: config.extractionHigh,
    extractionFrom: ownExtraction ? 'deployment' : 'shipped',
    coordinationFrom: ownCoordination ? 'deployment' : 'shipped',
  };
}

function highFrom(values: readonly number[], least: number, most: number): number {
  const middle = middleOf(values);
  const spread = MAD_TO_SIGMA * middleOf(values.map((value) => Math.abs(value - middle)));
  return Math.min(most, Math.max(least, middle + 3 * spread));
}

function middleOf(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[sorted.length >> 1] ?? 0;
}

export type Extraction = {
  /** Members with exchanges, and those of them above the benign threshold. */
  active: number;
  above: number;
  /** Mean over active members of their share of extraction, drawn toward benign by five exchanges. */
  share: number;
  /**
   * Exchanges that the mean share rests on: n times the harmonic mean of the members' numbers, since one busy
   * account says nothing of the others.
   */
  exchanges: number;
};

/** Judged account by account: a hydra mixes real traffic in, so the sum over a cluster would be watered down. */
export function measureExtraction(content: Content, units: Int32Array, baseline: Baseline): Extraction {
  let active = 0;
  let above = 0;
  let sum = 0;
  let inverse = 0;
  for (const unit of units) {
    const exchanges = content.exchanges[unit]!;
    if (exchanges === 0) continue;
    const share =
      (content.extraction[unit]! + PRIOR_EXCHANGES * baseline.extractionShare) /
      (exchanges + PRIOR_EXCHANGES);
    active++;
    inverse += 1 / exchanges;
    sum += share;
    if (share > baseline.extractionThreshold) above++;
  }
  return active === 0
    ? { active, above, share: 0, exchanges: 0 }
    : { active, above, share: sum / active, exchanges: (active * active) / inverse };
}

/**
 * The extraction axis in [0, 1]: the share of active members above benign traffic, weighed down by up to a
 * quarter when they share no templates.
 */
export function extractionAxis({ active, above }: Extraction, templateCoverage: number): number {
  return active === 0 ? 0 : (above / active) * (0.75 + 0.25 * templateCoverage);
}

export function quadrantOf(
  coordination: number,
  extraction: number,
  { coordinationHigh, extractionHigh }: Pick<Baseline, 'coordinationHigh' | 'extractionHigh'>,
): Quadrant {
  if (coordination >= coordinationHigh) {
    return extraction >= extractionHigh ? 'distillation' : 'reseller_review';
  }
  return extraction >= extractionHigh ? 'lone_extraction' : 'benign';
}
