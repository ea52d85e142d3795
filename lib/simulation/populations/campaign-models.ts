import type { Random } from '../random';
import { HOUR_MS, NEW_MODEL, OLD_MODEL, type WorldClock } from '../world-clock';

/** The model of a campaign: about `pivot` of its work moves to a new one within 24 hours of the release. */
export function pivotingModel(clock: WorldClock, pivot: number, random: Random): (at: number) => string {
  return (at) => {
    const hours = (at - clock.newRelease) / HOUR_MS;
    const share = hours < 1 ? 0 : hours < 5 ? pivot * 0.6 : pivot;
    return random.chance(share) ? NEW_MODEL : OLD_MODEL;
  };
}
