/**
 * Hypothesis: one dispatcher deals work out evenly and hands over from account to account: whatever each of them does by
 * turns, all together are steadier than as many independent accounts could be.
 * Formula: active quarters of each account by the hour, over the 60 days to the group's last; at a cycle of f hours the
 * power of the sum over the sum of the powers, `|Σ_i X_i(f)|² / Σ_i |X_i(f)|²`. Accounts that know nothing of each other
 * give 1 on average at every cycle, whatever rhythm each has; common days and weekends give more; only work while others
 * rest gives less. Looked at twice: over cycles of 4 to 72 hours, and over those that stand out of the accounts' own
 * activity (a rota). It is shown when one of the two, weighted by power, lies well under 1 and so far that a gamma
 * bound with as many degrees as the cycles' powers are worth finds it past α.
 * Known false positives: one team of people in shifts around the clock; alone it says nothing of whose.
 * Source: Bartlett 1955 (periodogram); disclosure of February 2026 (load-balanced traffic); the test is our own.
 */

import { logGammaLow } from '../significance';
import { GROUP_KINDS } from './group-kinds';
import { accountsOf, type GroupSignal } from './signal';

const QUARTERS = 4;
const HOURS = 60 * 24;
/** Cycles, as how many of them fit into the span: from 72 down to 4 hours. */
const SLOWEST = HOURS / 72;
const FASTEST = HOURS / 4;
/** Every so many of them; and how many at most stand out. */
const APART = 7;
const MOST_PEAKS = 16;
/** A cycle stands out from so many times the power of activity without any. */
const STANDS_OUT = 2;
/** Accounts by which cycles are chosen; all of them are measured. */
const SAMPLED = 128;
/** Accounts, by their weight, under which independent ones can cancel out. */
const LEAST_ACCOUNTS = 8;
/** With enough cycles anything is significant; it must also be this far under chance. */
const STEADY = 0.5;

/** The active hours of an account within the span, and how many quarters of each it was active. */
type Hours = { at: number[]; quarters: number[] };

export const loadBalancing: GroupSignal = {
  ...GROUP_KINDS.load_balancing,
  most: 4,
  prepare({ graph, snapshot: { bins }, config }) {
    if (!bins) return undefined;
    const cosine = Float64Array.from({ length: HOURS }, (_, t) => Math.cos((2 * Math.PI * t) / HOURS));
    return (units) => {
      const active: Int32Array[] = [];
      let measured = 0;
      for (const unit of units) {
        const before = active.length;
        for (const account of accountsOf(graph, unit)) {
          const own = bins.bins.subarray(bins.offsets[account]!, bins.offsets[account + 1]!);
          if (own.length > 0) active.push(own);
        }
        if (active.length > before) measured++;
      }
      const last = active.reduce((latest, own) => Math.max(latest, own.at(-1)!), Number.NEGATIVE_INFINITY);
      const hours = active.map((own) => hoursBefore(own, last)).filter(({ at }) => at.length > 0);
      const steady = isSpread(hours) ? steadiest(hours, cosine, config.alpha) : 1;
      const members = steady < 1 ? measured : 0;
      return {
        measured,
        members,
        expected: config.alpha,
        population: members,
        detail: { dispersion: steady },
      };
    };
  },
};

function hoursBefore(own: Int32Array, last: number): Hours {
  const from = Math.floor(last / QUARTERS) - HOURS + 1;
  const hours: Hours = { at: [], quarters: [] };
  for (const bin of own) {
    const at = Math.floor(bin / QUARTERS) - from;
    if (at < 0) continue;
    if (hours.at.at(-1) === at) hours.quarters[hours.quarters.length - 1]!++;
    else {
      hours.at.push(at);
      hours.quarters.push(1);
    }
  }
  return hours;
}

const levelOf = ({ quarters }: Hours): number => quarters.reduce((sum, n) => sum + n * n, 0);

/** Whether enough accounts make up the sum, each weighted by its power. */
function isSpread(hours: readonly Hours[]): boolean {
  let sum = 0;
  let squares = 0;
  for (const each of hours) {
    const level = levelOf(each);
    sum += level;
    squares += level * level;
  }
  return sum * sum >= LEAST_ACCOUNTS * squares && sum > 0;
}

/** The lesser of the two ratios that says something; 1 when neither does. */
function steadiest(hours: readonly Hours[], cosine: Float64Array, alpha: number): number {
  const every = Math.ceil(hours.length / SAMPLED);
  const sample = hours.filter((_, i) => i % every === 0);
  const cycles = Array.from({ length: FASTEST - SLOWEST + 1 }, (_, i) => SLOWEST + i);
  const level = sample.reduce((sum, each) => sum + levelOf(each), 0);
  const peaks = cycles
    .map((cycle) => ({ cycle, power: powersAt(sample, cycle, cosine).apart }))
    .filter(({ power }) => power >= STANDS_OUT * level)
    .sort((a, b) => b.power - a.power || a.cycle - b.cycle)
    .slice(0, MOST_PEAKS)
    .map(({ cycle }) => cycle);
  const looks = [cycles.filter((_, i) => i % APART === 0), peaks];
  const ratios = looks.map((look) => {
    let together = 0;
    let apart = 0;
    let squares = 0;
    for (const cycle of look) {
      const power = powersAt(hours, cycle, cosine);
      together += power.together;
      apart += power.apart;
      squares += power.apart ** 2;
    }
    if (squares === 0) return 1;
    const ratio = together / apart;
    const degrees = apart ** 2 / squares;
    const isRare = logGammaLow(degrees, degrees * ratio) < Math.log(alpha / looks.length);
    return ratio < STEADY && isRare ? ratio : 1;
  });
  return Math.min(...ratios);
}

/** Power of the sum at a cycle, and sum of the accounts' own powers. */
function powersAt(
  hours: readonly Hours[],
  cycle: number,
  cosine: Float64Array,
): { together: number; apart: number } {
  let real = 0;
  let imaginary = 0;
  let apart = 0;
  for (const { at, quarters } of hours) {
    let a = 0;
    let b = 0;
    for (let i = 0; i < at.length; i++) {
      const phase = (at[i]! * cycle) % HOURS;
      a += quarters[i]! * cosine[phase]!;
      // the sine, a quarter of a turn behind
      b += quarters[i]! * cosine[(phase + (3 * HOURS) / 4) % HOURS]!;
    }
    real += a;
    imaginary += b;
    apart += a * a + b * b;
  }
  return { together: real * real + imaginary * imaginary, apart };
}
