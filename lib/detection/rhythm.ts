/**
 * Do accounts act in the same quarters of an hour more often than their days and office hours explain?
 * Hypothesis: one scheduler drives them. Known false positives: cron jobs of strangers at one time; quarters in which
 * strangers crowd as well are dropped. After CopyCatch (Beutel 2013)
 * and Debot (Chavoshi 2016) in spirit; the expectation below is our own.
 */
import { mean } from './retention';
import type { DetectionConfig, Snapshot } from './schema';
import { logPoissonTail } from './significance';

export type Rhythm = {
  /** For each member 1 − expected/observed co-activity, 0 unless significant: its retention in this kind. */
  strength: Float64Array;
  /** For each member: 1 when it has any bins. */
  active: Uint8Array;
  /** Mean of observed/expected over the members in rhythm. */
  lift: number;
  /** Quarters of theirs that were left out because strangers crowd into them. */
  leftOut: ReadonlySet<number>;
};

const QUARTERS_A_DAY = 96;
/** Hours on each side over which the own daily profile is smoothed: office hours are no synchrony. */
const SMOOTHING = 2;
const MIN_LIFT = 1.5;
/** A quarter is popular when so many strangers, and this many times as many as in the quarters around, are active. */
const CROWD = 20;
const CROWDING = 2;
const AROUND = 4;

/** How many accounts are active in each quarter of an hour, from the first on; `inside` is scratch for a group, handed back zeroed. */
export type Crowds = { first: number; active: Int32Array; inside: Int32Array };

export function countCrowds({ bins }: NonNullable<Snapshot['bins']>): Crowds {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const bin of bins) {
    if (bin < first) first = bin;
    if (bin > last) last = bin;
  }
  if (last < first) return { first: 0, active: new Int32Array(0), inside: new Int32Array(0) };
  const active = new Int32Array(last - first + 1);
  for (const bin of bins) active[bin - first]!++;
  return { first, active, inside: new Int32Array(active.length) };
}

/**
 * Observed: for each member, co-active members summed over its bins. Expected: the same members with as many
 * bins, dealt over the cluster's own active days (as busy as they are) and its daily profile, smoothed over
 * five hours. A member is in rhythm when Poisson finds it past `alpha/n` and the lift is 1.5 or more.
 * Quarters popular with strangers are left out. @param accountsOf snapshot indexes of each member's accounts.
 */
export function measureRhythm(
  bins: NonNullable<Snapshot['bins']>,
  accountsOf: Int32Array[],
  config: DetectionConfig,
  crowds: Crowds,
): Rhythm {
  const activeIn = accountsOf.map((accounts) => binsTogether(bins, accounts));
  const { first, inside } = crowds;
  for (const own of activeIn) for (const bin of own) inside[bin - first]!++;
  const popular = new Set<number>();
  for (const own of activeIn)
    for (const bin of own) if (!popular.has(bin) && isPopular(bin, crowds)) popular.add(bin);
  const binsOf =
    popular.size === 0 ? activeIn : activeIn.map((own) => own.filter((bin) => !popular.has(bin)));
  const firstDay = dayOf(first);
  const byDay = new Int32Array(dayOf(first + inside.length) - firstDay + 1);
  const byHour = new Float64Array(24);
  let total = 0;
  for (const own of binsOf) {
    for (const bin of own) {
      byDay[dayOf(bin) - firstDay]!++;
      byHour[hourOf(bin)]!++;
      total++;
    }
  }
  const profile = smoothed(byHour);
  const members = binsOf.length;
  const strength = new Float64Array(members);
  const lifts: number[] = [];
  binsOf.forEach((own, i) => {
    let observed = 0;
    let expected = 0;
    const others = Math.max(1, members - 1);
    for (const bin of own) {
      observed += inside[bin - first]! - 1;
      const share = (byDay[dayOf(bin) - firstDay]! / total) * (profile[hourOf(bin)]! / total / 4);
      // accounts that are always on cannot be more than all there
      expected += Math.min(others, (total - own.length) * share);
    }
    if (expected === 0 || observed < MIN_LIFT * expected) return;
    if (logPoissonTail(observed, expected) > Math.log(config.alpha / members)) return;
    strength[i] = 1 - expected / observed;
    lifts.push(observed / expected);
  });
  for (const own of activeIn) for (const bin of own) inside[bin - first] = 0;
  return {
    strength,
    active: Uint8Array.from(activeIn, (own) => (own.length > 0 ? 1 : 0)),
    lift: mean(Float64Array.from(lifts)),
    leftOut: popular,
  };
}

/** Whether strangers to the members, who are counted in `inside`, crowd into the quarter. */
function isPopular(bin: number, crowds: Crowds): boolean {
  const here = countStrangers(bin, crowds);
  if (here < CROWD) return false;
  let around = 0;
  for (let d = 1; d <= AROUND; d++)
    around += countStrangers(bin - d, crowds) + countStrangers(bin + d, crowds);
  return here > (CROWDING * around) / (2 * AROUND);
}

function countStrangers(bin: number, { first, active, inside }: Crowds): number {
  return (active[bin - first] ?? 0) - (inside[bin - first] ?? 0);
}

const dayOf = (bin: number): number => Math.floor(bin / QUARTERS_A_DAY);

const hourOf = (bin: number): number =>
  Math.floor((((bin % QUARTERS_A_DAY) + QUARTERS_A_DAY) % QUARTERS_A_DAY) / 4);

function smoothed(byHour: Float64Array): Float64Array {
  return byHour.map((_, hour) => {
    let sum = 0;
    for (let d = -SMOOTHING; d <= SMOOTHING; d++) sum += byHour[(hour + d + 24) % 24]!;
    return sum / (2 * SMOOTHING + 1);
  });
}

function binsTogether({ offsets, bins }: NonNullable<Snapshot['bins']>, accounts: Int32Array): Int32Array {
  const [only] = accounts;
  if (accounts.length === 1) return bins.subarray(offsets[only!]!, offsets[only! + 1]!);
  const all = new Set<number>();
  for (const account of accounts) {
    for (let i = offsets[account]!; i < offsets[account + 1]!; i++) all.add(bins[i]!);
  }
  return Int32Array.from(all).sort();
}
