/** The two axes a cluster is judged on: who acts together, and what for. */
import type { EvidenceGraph } from './build-graph';
import { type Baseline, CLOUD_CELLS, type DetectionConfig, type Quadrant, type Snapshot } from './schema';

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

/** Exchanges' worth of benign traffic mixed into each share; and exchanges of extraction under which nobody extracts. */
const PRIOR_EXCHANGES = 5;
const LEAST_EXTRACTION = 2;
/** Share of extraction assumed of benign traffic until some was seen. */
const ASSUMED_SHARE = 0.005;
/** Of benign accounts so many may lie above the share from which an account counts as extracting. */
const BENIGN_ABOVE = 0.02;
/** Of benign accounts so many may be in a group that lies above an axis' threshold. */
const BENIGN_HIGH = 0.05;
/** How often chance may lift a smallest group of benign accounts over the extraction axis' threshold. */
const CHANCE_HIGH = 0.01;
/** Learned thresholds stay within these, whatever a deployment's traffic is like. */
const WITHIN = { share: [0.01, 0.6], coordination: [0.2, 0.6], extraction: [0.2, 0.8] } as const;

/** A group of benign accounts that share something: how the axes would see it. */
export type BenignGroup = { units: Int32Array; coordination: number };

/**
 * Benign traffic: everybody outside the candidates, and the groups that they fall into. Thresholds are quantiles of
 * it: an account extracts from the share on that 2 % of benign accounts exceed; an axis is high from the score on
 * that 5 % of the benign accounts in groups have, and extraction not before a smallest group would have it less than once in a
 * hundred by chance. With fewer than `benignAccounts` the shipped ones hold, which are the same quantiles of
 * simulated traffic without campaigns (bench/bench-benign.ts). A part of the benign being guilty moves quantiles
 * little as long as it is smaller than what may lie above.
 */
export function benignBaseline(
  content: Content,
  outside: (unit: number) => boolean,
  groups: readonly BenignGroup[],
  config: DetectionConfig,
): Baseline {
  const active = Array.from(content.exchanges.keys()).filter(
    (unit) => content.exchanges[unit]! > 0 && outside(unit),
  );
  const sum = active.reduce((total, unit) => total + content.extraction[unit]! / content.exchanges[unit]!, 0);
  const extractionShare = (sum + ASSUMED_SHARE * PRIOR_EXCHANGES) / (active.length + PRIOR_EXCHANGES);
  const own = active.length >= config.benignAccounts;
  const shares = active.map((unit) => ({ score: shareOf(content, unit, extractionShare), weight: 1 }));
  const extractionThreshold = own
    ? clamp(quantile(shares, 1 - BENIGN_ABOVE), WITHIN.share)
    : config.extractingFrom;
  const known = { accounts: active.length, extractionShare, extractionThreshold };
  const inGroups = groups.reduce((total, { units }) => total + units.length, 0);
  const ownGroups = inGroups >= config.benignAccounts;
  const heights = groups.map(({ units }) => {
    const { active: measured, above } = measureExtraction(content, units, known);
    return { score: extractionAxis({ active: measured, above }, 1), weight: units.length };
  });
  const held = groups.map(({ units, coordination }) => ({ score: coordination, weight: units.length }));
  return {
    ...known,
    coordinationHigh: ownGroups
      ? clamp(quantile(held, 1 - BENIGN_HIGH), WITHIN.coordination)
      : config.coordinationHigh,
    extractionHigh:
      own && ownGroups
        ? clamp(Math.max(quantile(heights, 1 - BENIGN_HIGH), byChance(config.minSize)), WITHIN.extraction)
        : config.extractionHigh,
    extractionFrom: own ? 'deployment' : 'shipped',
    coordinationFrom: ownGroups ? 'deployment' : 'shipped',
    cloud: countCells(groups.map((group, i) => ({ ...group, extraction: heights[i]!.score }))),
  };
}

function countCells(groups: readonly (BenignGroup & { extraction: number })[]): Baseline['cloud'] {
  const cell = (score: number) => clamp(Math.floor(score * CLOUD_CELLS), [0, CLOUD_CELLS - 1]);
  const cells = new Map<string, Baseline['cloud'][number]>();
  for (const { units, coordination, extraction } of groups) {
    const at = { coordination: cell(coordination), extraction: cell(extraction) };
    const name = `${at.coordination} ${at.extraction}`;
    cells.set(name, { ...at, accounts: (cells.get(name)?.accounts ?? 0) + units.length });
  }
  return [...cells.values()].sort((a, b) => a.coordination - b.coordination || a.extraction - b.extraction);
}

/** The smallest score that a share `p` of the weight does not exceed; 0 of nothing. */
function quantile(scores: readonly { score: number; weight: number }[], p: number): number {
  const sorted = [...scores].sort((a, b) => a.score - b.score);
  let left = p * sorted.reduce((total, { weight }) => total + weight, 0);
  for (const { score, weight } of sorted) {
    left -= weight;
    if (left <= 0) return score;
  }
  return sorted.at(-1)?.score ?? 0;
}

/** The smallest share of n that are above when each is with BENIGN_ABOVE, and that happens less than once in a hundred. */
function byChance(n: number): number {
  let tail = 1;
  let term = (1 - BENIGN_ABOVE) ** n;
  for (let k = 0; k < n; k++) {
    if (tail < CHANCE_HIGH) return k / n;
    tail -= term;
    term *= ((n - k) / (k + 1)) * (BENIGN_ABOVE / (1 - BENIGN_ABOVE));
  }
  return 1;
}

const clamp = (x: number, [least, most]: readonly [number, number]): number =>
  Math.min(most, Math.max(least, x));

/** A unit's share of extraction, drawn toward benign by five exchanges. */
function shareOf({ exchanges, extraction }: Content, unit: number, benignShare: number): number {
  return (extraction[unit]! + PRIOR_EXCHANGES * benignShare) / (exchanges[unit]! + PRIOR_EXCHANGES);
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
export function measureExtraction(
  content: Content,
  units: Int32Array,
  { extractionShare, extractionThreshold }: Pick<Baseline, 'extractionShare' | 'extractionThreshold'>,
): Extraction {
  let active = 0;
  let above = 0;
  let sum = 0;
  let inverse = 0;
  for (const unit of units) {
    const exchanges = content.exchanges[unit]!;
    if (exchanges === 0) continue;
    active++;
    inverse += 1 / exchanges;
    const share = shareOf(content, unit, extractionShare);
    sum += share;
    if (share > extractionThreshold && content.extraction[unit]! >= LEAST_EXTRACTION) above++;
  }
  return active === 0
    ? { active, above, share: 0, exchanges: 0 }
    : { active, above, share: sum / active, exchanges: (active * active) / inverse };
}

/**
 * The extraction axis in [0, 1]: the share of active members above benign traffic, weighed down by up to a
 * quarter when they share no templates.
 */
export function extractionAxis(
  { active, above }: Pick<Extraction, 'active' | 'above'>,
  templateCoverage: number,
): number {
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
