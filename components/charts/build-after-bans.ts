/** What a cluster's traffic did after each ban, in days from it and against what it was before. Pure. */
import type { ClusterTimeline } from '@/lib/clusters/schema';
import { DAY, type Measure, STACK, type TimeRange } from './build-timeline';

/** Days before a ban that it is measured against, and days after it that are shown. */
const BEFORE = 7;
export const AFTER = 28;

export interface AfterBan {
  at: number;
  label: string;
  /** Mean of a day over the week before. */
  before: number;
  /** Whole days with records that the mean stands on. */
  daysBefore: number;
  /** By day after the ban, 0 the first 24 hours: share of `before`. Ends where the records end, or at the next ban. */
  days: number[];
  lowest: number;
  /** Days until half was back, after it had fallen below half; null while it is not, or never fell. */
  halfBack: number | null;
  cutBy: 'next ban' | 'end of records' | null;
}

/** Oldest first; bans before any traffic have nothing to be measured against and are left out. */
export function buildAfterBans(
  timeline: ClusterTimeline,
  span: TimeRange | null,
  measure: Measure,
): AfterBan[] {
  if (!span) return [];
  const hours = timeline.hours.map((hour) => ({
    at: Date.parse(hour.hour),
    value: STACK.reduce((sum, { index }) => sum + (hour[measure][index] ?? 0), 0),
  }));
  const sum = (from: number, to: number): number =>
    hours.reduce((total, { at, value }) => (at >= from && at < to ? total + value : total), 0);
  const bans = timeline.actions
    .filter(({ kind }) => kind === 'ban')
    .map(({ at, label }) => ({ at: Date.parse(at), label }));
  return bans.flatMap(({ at, label }, i) => {
    const daysBefore = Math.min(BEFORE, Math.floor((at - span.from) / DAY));
    const before = daysBefore > 0 ? sum(at - daysBefore * DAY, at) / daysBefore : 0;
    if (before === 0) return [];
    const next = bans[i + 1]?.at ?? Number.POSITIVE_INFINITY;
    const end = Math.min(span.to, next);
    const count = Math.min(AFTER, Math.floor((end - at) / DAY));
    const days = Array.from(
      { length: count },
      (_, day) => sum(at + day * DAY, at + (day + 1) * DAY) / before,
    );
    const fell = days.findIndex((share) => share < 0.5);
    const back = fell < 0 ? -1 : days.findIndex((share, day) => day > fell && share >= 0.5);
    return [
      {
        at,
        label,
        before,
        daysBefore,
        days,
        lowest: days.length > 0 ? Math.min(...days) : 1,
        halfBack: back < 0 ? null : back + 1,
        cutBy: count === AFTER ? null : next <= span.to ? ('next ban' as const) : ('end of records' as const),
      },
    ];
  });
}
