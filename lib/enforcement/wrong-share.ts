/** Pure: how many accounts of a list are expected to be innocent, from what is known of each. An estimate, not a
 * promise: what it rests on stands in wrong-share-table.ts and docs/decisions/009. */

import { independentKinds } from '@/lib/clusters/independent-kinds';
import type { Quadrant } from '@/lib/clusters/schema';
import type { WrongEstimate } from './weigh-schema';
import { CALIBRATED_ON, WRONG_SHARES } from './wrong-share-table';

export interface Held {
  quadrant: Quadrant | null;
  /** Retention, 0 to 1. */
  strength: number;
  kinds: readonly string[];
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

/** Adds up the calibrated shares; accounts of one cluster stand or fall together, so clusters count, not accounts. */
export function expectedWrong(accounts: readonly Held[]): WrongEstimate {
  const bins = new Map<string, number>();
  let unknown = 0;
  for (const account of accounts) {
    const bin = wrongBin(account);
    if (bin === null) unknown++;
    else bins.set(bin, (bins.get(bin) ?? 0) + 1);
  }
  let expected = 0;
  let variance = 0;
  for (const [bin, count] of bins) {
    const { share, spread } = shareOf(bin);
    expected += count * share;
    variance += count * share * (1 - share) + count * count * spread;
  }
  const known = accounts.length - unknown;
  return { expected, unknown, basis: CALIBRATED_ON, ...range(expected, variance, known) };
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

/** 5th and 95th percentile of a gamma distribution of this mean and variance (Wilson and Hilferty 1931). */
function range(mean: number, variance: number, most: number): { low: number; high: number } {
  if (mean === 0 || variance === 0) return { low: mean, high: mean };
  const spread = Math.sqrt(variance / (9 * mean * mean));
  const centre = 1 - spread * spread;
  const at = (z: number) => Math.min(most, Math.max(0, mean * Math.max(0, centre + z * spread) ** 3));
  return { low: at(-Z), high: at(Z) };
}
