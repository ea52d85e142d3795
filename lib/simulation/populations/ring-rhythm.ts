/** When the accounts of a small operation act. */
import type { PlannedTurn } from '../account-plan';
import type { Random } from '../random';
import { humanDay, inBins, scheduledBins, shareOfQuota, spread } from '../rhythms';
import { DAY_MS } from '../world-clock';
import type { RingRecipe } from './ring-recipes';

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
    const binsOf = scheduledBins(ring.random, quota / days);
    return (dayStart, dayEnd) => inBins(binsOf(dayStart, dayEnd), random);
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
