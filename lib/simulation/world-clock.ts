export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;
const WINDOW_DAYS = 45;

export const OLD_MODEL = 'atlas-3';
export const SMALL_MODEL = 'atlas-3-mini';
export const NEW_MODEL = 'atlas-4';

/** The span of time that a world tells of, in milliseconds since 1970. */
export interface WorldClock {
  start: number;
  end: number;
  oldRelease: number;
  /** About a week before the end, on the full hour. */
  newRelease: number;
}

/** @throws RangeError when endsAt is not a date. */
export function worldClock(endsAt: Date): WorldClock {
  const end = endsAt.getTime();
  if (!Number.isFinite(end)) throw new RangeError('endsAt is not a date');
  const start = end - WINDOW_DAYS * DAY_MS;
  return {
    start,
    end,
    oldRelease: start - 60 * DAY_MS,
    newRelease: Math.floor((end - 7 * DAY_MS) / HOUR_MS) * HOUR_MS,
  };
}
