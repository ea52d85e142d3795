/** When accounts act: people by day and in conversations, machines by quota. */
import type { PlannedTurn } from './account-plan';
import type { Random } from './random';
import { DAY_MS, HOUR_MS, MINUTE_MS } from './world-clock';

const BIN_MS = 15 * MINUTE_MS;

/** How busy people are in each hour of their own day. */
const HOURS = [2, 1, 1, 0.5, 0.5, 1, 2, 4, 7, 10, 11, 10, 8, 9, 11, 11, 10, 8, 7, 8, 9, 8, 6, 4];
const CUMULATIVE = HOURS.map((_, hour) => HOURS.slice(0, hour + 1).reduce((sum, weight) => sum + weight, 0));

export interface HumanHabits {
  /** Exchanges a day on average. */
  perDay: number;
  /** Hours east of UTC. */
  utcOffset: number;
  /** Share of activity that is left on Saturday and Sunday. */
  weekend: number;
}

/** A day of someone who types: a few conversations in their own waking hours, follow-ups minutes apart. */
export function humanDay(
  habits: HumanHabits,
  dayStart: number,
  dayEnd: number,
  random: Random,
): PlannedTurn[] {
  const weekday = new Date(dayStart + DAY_MS / 2 + habits.utcOffset * HOUR_MS).getUTCDay();
  const mean = habits.perDay * (weekday === 0 || weekday === 6 ? habits.weekend : 1);
  // Occasional users come now and then for a whole conversation rather than every day for a fraction of one.
  const conversations = random.poisson(mean / MEAN_TURNS);
  const turns: PlannedTurn[] = [];
  for (let i = 0; i < conversations; i++) {
    let at = localMoment(habits.utcOffset, dayStart, random);
    const count = 1 + Math.floor(-Math.log(1 - random.next()) * (MEAN_TURNS - 0.5));
    for (let turn = 0; turn < count && at < dayEnd; turn++) {
      turns.push({ at, turn });
      at += (15 + 90 * random.longTailed(0.9)) * 1000;
    }
  }
  return turns;
}

const MEAN_TURNS = 2.6;

function localMoment(utcOffset: number, dayStart: number, random: Random): number {
  const target = random.next() * (CUMULATIVE[23] ?? 1);
  const hour = CUMULATIVE.findIndex((sum) => target < sum) + random.next();
  const startsAt = ((((dayStart / HOUR_MS + utcOffset) % 24) + 24) % 24) as number;
  return Math.floor(dayStart + ((hour - startsAt + 24) % 24) * HOUR_MS);
}

/** How many of `quota` acts of [from, until) fall into [start, end): equal shares that add up exactly. */
export function shareOfQuota(quota: number, from: number, until: number, start: number, end: number): number {
  const upTo = (at: number) => {
    const passed = Math.min(Math.max((at - from) / (until - from), 0), 1);
    return Math.floor(quota * passed + 1e-9);
  };
  return upTo(end) - upTo(start);
}

/** Machine work: `count` single exchanges at any time of [start, end). */
export function spread(count: number, start: number, end: number, random: Random): PlannedTurn[] {
  return Array.from({ length: count }, () => ({ at: Math.floor(random.between(start, end)), turn: 0 }));
}

/** A scheduler's bins of each day, so many a day on average: the same for everybody who asks. */
export function scheduledBins(random: Random, perDay: number): (start: number, end: number) => number[] {
  return (start, end) => {
    const own = random.fork(`bins/${start}`);
    const first = Math.ceil(start / BIN_MS);
    const bins = Array.from({ length: Math.floor(end / BIN_MS) - first }, (_, i) => (first + i) * BIN_MS);
    const wanted = Math.floor(perDay + own.next());
    return own.shuffle(bins).slice(0, wanted);
  };
}

/** Work that a scheduler deals out: each of `bins` 15-minute bins of the day gets one exchange, jittered in it. */
export function inBins(bins: readonly number[], random: Random): PlannedTurn[] {
  return bins.map((bin) => ({ at: Math.floor(bin + random.between(5_000, 14 * MINUTE_MS)), turn: 0 }));
}
