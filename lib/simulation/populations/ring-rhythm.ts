/** When the accounts of a small operation act. */
import type { PlannedTurn } from '../account-plan';
import type { Random } from '../random';
import { humanDay, inBins, shareOfQuota, spread } from '../rhythms';
import { DAY_MS, MINUTE_MS } from '../world-clock';
import type { RingRecipe } from './ring-recipes';

const BIN_MS = 15 * MINUTE_MS;

interface RhythmicRing {
  recipe: RingRecipe;
  /** What all accounts of the ring draw alike. */
  random: Random;
}

interface Habits {
  from: number;
  until: number;
  quota: number;
  utcOffset: number;
}

/** The moments of a day: a person's, a machine's even share of its quota, or the bins of the ring's scheduler. */
export function plannerOf(
  ring: RhythmicRing,
  { from, until, quota, utcOffset }: Habits,
  release: number,
  random: Random,
): (dayStart: number, dayEnd: number) => PlannedTurn[] {
  const { rhythm, surge } = ring.recipe;
  const days = (until - from) / DAY_MS;
  if (rhythm === 'people') {
    const habits = {
      perDay: (quota / days) * random.longTailed(0.5),
      utcOffset,
      weekend: random.between(0.5, 1),
    };
    return (dayStart, dayEnd) => humanDay(habits, dayStart, dayEnd, random);
  }
  if (rhythm === 'bins') {
    return (dayStart, dayEnd) => inBins(binsOfDay(ring, dayStart, dayEnd, quota / days), random);
  }
  return (dayStart, dayEnd) => {
    const late = surge ? Math.round(quota * surge) : 0;
    const steady = Math.round(quota) - late;
    const count =
      shareOfQuota(steady, from, surge ? release : until, dayStart, dayEnd) +
      shareOfQuota(late, release, until, dayStart, dayEnd);
    return spread(count, Math.max(dayStart, from), Math.min(dayEnd, until), random);
  };
}

/** The same for every account of the ring. */
function binsOfDay(ring: RhythmicRing, dayStart: number, dayEnd: number, perDay: number): number[] {
  const random = ring.random.fork(`bins/${dayStart}`);
  const first = Math.ceil(dayStart / BIN_MS);
  const count = Math.floor((dayEnd - first * BIN_MS) / BIN_MS);
  const bins = Array.from({ length: count }, (_, i) => (first + i) * BIN_MS);
  return random.shuffle(bins).slice(0, Math.round(perDay));
}
