/** What bans kept from being drawn. Pure. */

const DAY_MS = 86_400_000;
/** Longer than this nobody can say what an operation would have done. */
const HORIZON_DAYS = 90;

export interface BanEffect {
  /** Epoch milliseconds. */
  bannedAt: number;
  /** Exchanges a day of the banned accounts over the 14 days before. */
  perDay: number;
  /** Exchanges a day of the accounts that came back, and since when; null when none did. */
  regrownPerDay: number;
  regrownAt: number | null;
}

/**
 * Exchanges that did not take place, by UTC day: each ban's accounts as they were, for 90 days from the day after it,
 * less what came back. @param days starts of days, epoch milliseconds, ascending
 */
export function estimatePrevented(days: readonly number[], bans: readonly BanEffect[]): number[] {
  return days.map((day) => {
    let prevented = 0;
    for (const { bannedAt, perDay, regrownPerDay, regrownAt } of bans) {
      if (day < bannedAt || day - bannedAt > HORIZON_DAYS * DAY_MS) continue;
      const back = regrownAt !== null && day + DAY_MS > regrownAt ? regrownPerDay : 0;
      prevented += Math.max(0, perDay - back);
    }
    return Math.round(prevented);
  });
}
