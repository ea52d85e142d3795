/** Pure: how many accounts of a list are expected to be innocent, from what is known of each. An estimate, not a
 * promise: what it rests on stands in wrong-share-table.ts and docs/decisions/009. */

import { independentKinds } from '@/lib/clusters/independent-kinds';
import { correctedShare, type Judged } from '@/lib/clusters/review-rules';
import type { ReviewVerdict } from '@/lib/clusters/review-schema';
import type { Quadrant } from '@/lib/clusters/schema';
import type { WrongEstimate } from './weigh-schema';
import { CALIBRATED_ON, WRONG_SHARES } from './wrong-share-table';

export interface Held {
  quadrant: Quadrant | null;
  /** Retention, 0 to 1. */
  strength: number;
  kinds: readonly string[];
  /** The cluster that holds it, where its sampled accounts were judged again by a second analyst. */
  reviewed?: { clusterId: number; judged: Judged };
  /** What the second analyst said of this very account. */
  verdict?: ReviewVerdict;
  /** How many accounts are like this; 1 when absent. */
  count?: number;
}

const BANDS = [0, 0.3, 0.45, 0.6, 0.8];
/** Bins with fewer accounts than this say too little by themselves. */
const ENOUGH = 30;
/** z of a two-sided range of 90 %. */
const Z = 1.645;

/** The bin of the calibration that an account falls into: "distillation 0.6 3"; null when it is in no cluster. */
export function wrongBin({ quadrant, strength, kinds }: Held): string | null {
  if (quadrant === null) return null;
  const band = BANDS.findLast((from) => strength >= from) ?? 0;
  return `${quadrant} ${band} ${Math.min(3, Math.max(1, independentKinds(kinds).size))}`;
}

/**
 * Adds up the calibrated shares; accounts of one cluster stand or fall together, so clusters count, not accounts. Where
 * a sample of a cluster was reviewed, its verdicts correct the share of the others, and those judged count as judged.
 */
export function expectedWrong(accounts: readonly Held[]): WrongEstimate {
  const bins = new Map<string, number>();
  const clusters = new Map<number, { judged: Judged; accounts: number; prior: number }>();
  let unknown = 0;
  let known = 0;
  let expected = 0;
  for (const account of accounts) {
    const bin = wrongBin(account);
    const count = account.count ?? 1;
    if (bin === null) {
      unknown += count;
      continue;
    }
    known += count;
    const { reviewed, verdict } = account;
    if (verdict === 'does_not') expected += count;
    if (verdict === 'does_not' || verdict === 'belongs') continue;
    if (reviewed && reviewed.judged.belongs + reviewed.judged.doesNot > 0) {
      const cluster = clusters.get(reviewed.clusterId) ?? { judged: reviewed.judged, accounts: 0, prior: 0 };
      cluster.accounts += count;
      cluster.prior += count * shareOf(bin).share;
      clusters.set(reviewed.clusterId, cluster);
    } else bins.set(bin, (bins.get(bin) ?? 0) + count);
  }
  let variance = 0;
  const add = (count: number, share: number, spread: number) => {
    expected += count * share;
    variance += count * share * (1 - share) + count * count * spread;
  };
  for (const [bin, count] of bins) {
    const { share, spread } = shareOf(bin);
    add(count, share, spread);
  }
  for (const { judged, accounts: count, prior } of clusters.values()) {
    const { share, variance: spread } = correctedShare(prior / count, judged);
    add(count, share, spread);
  }
  return {
    expected,
    unknown,
    basis: CALIBRATED_ON,
    reviewed: judgedIn(accounts),
    ...range(expected, variance, known),
  };
}

/** Sampled accounts of these clusters that the second analysts could tell. */
function judgedIn(accounts: readonly Held[]): number {
  const clusters = new Map(
    accounts.flatMap(({ reviewed }) => (reviewed ? [[reviewed.clusterId, reviewed.judged]] : [])),
  );
  return [...clusters.values()].reduce((sum, { belongs, doesNot }) => sum + belongs + doesNot, 0);
}

/** The bin's share of innocents and the variance of that share; a thin bin borrows from its band, then its quadrant. */
function shareOf(bin: string): { share: number; spread: number } {
  const [quadrant, band] = bin.split(' ');
  const levels = [bin, `${quadrant} ${band} `, `${quadrant} `, ''];
  const level = levels.find((start) => pool(start).held >= ENOUGH) ?? '';
  const { held, innocent, clusters } = pool(level);
  // Jeffreys' prior, with the clusters as what was seen independently of one another.
  const share = (innocent + 0.5) / (held + 1);
  return { share, spread: (share * (1 - share)) / (Math.max(1, clusters) + 1) };
}

function pool(start: string): { held: number; innocent: number; clusters: number } {
  const sum = { held: 0, innocent: 0, clusters: 0 };
  for (const [bin, [held, innocent, clusters]] of Object.entries(WRONG_SHARES)) {
    if (bin !== start && !(bin.startsWith(start) && (start === '' || start.endsWith(' ')))) continue;
    sum.held += held;
    sum.innocent += innocent;
    sum.clusters += clusters;
  }
  return sum;
}

/** 5th and 95th percentile of a gamma distribution of this mean and variance, kept under `most`. */
function range(mean: number, variance: number, most: number): { low: number; high: number } {
  if (mean === 0 || variance === 0) return { low: mean, high: mean };
  const shape = (mean * mean) / variance;
  const at = (z: number, p: number): number => {
    const quantile = shape < 1 ? smallShape(shape, p) * (variance / mean) : mean * cubed(shape, z);
    return Math.min(most, Math.max(0, quantile));
  };
  // of a very short list even the 95th percentile is hardly anything
  return { low: at(-Z, 0.05), high: Math.max(mean, at(Z, 0.95)) };
}

/** The quantile over the mean by its cube root, good from a shape of 1 on (Wilson and Hilferty 1931). */
const cubed = (shape: number, z: number): number =>
  Math.max(0, 1 - 1 / (9 * shape) + z / Math.sqrt(9 * shape)) ** 3;

/** Quantile of the standard gamma distribution of a shape under 1, where the cube root falls under the mean: by halving. */
function smallShape(shape: number, p: number): number {
  let low = 0;
  let high = 50;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (gammaBelow(shape, middle) < p) low = middle;
    else high = middle;
  }
  return high;
}

/** Γ(1 + x) for x in 0..1, error under 3e-7 (Abramowitz and Stegun 6.1.36), highest power first. */
const GAMMA = [0.035868343, -0.193527818, 0.482199394, -0.756704078, 0.918206857, -0.897056937, 0.988205891];

/** P(X ≤ x) of the standard gamma distribution: `x^k·e^−x·Σ_n x^n/Γ(k+n+1)`. */
function gammaBelow(shape: number, x: number): number {
  let term = 1 / ([...GAMMA, -0.577191652].reduce((sum, each) => sum * shape + each) * shape + 1);
  let sum = 0;
  for (let n = 1; term > 1e-12 * sum; n++) {
    sum += term;
    term *= x / (shape + n);
  }
  return sum * x ** shape * Math.exp(-x);
}
