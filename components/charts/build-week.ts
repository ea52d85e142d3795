/** A timeline folded onto one week: hour of the day by weekday, in UTC. Pure. */
import type { ClusterTimeline } from '@/lib/clusters/schema';
import { HOUR, type Measure, STACK, type TimeRange } from './build-timeline';

export const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

interface WeekCell {
  /** Mean of that hour over the weeks of the range that have it; 0 where none has. */
  mean: number;
  /** As many benign accounts. */
  benign: number;
}

export interface Week {
  /** By weekday from Monday, then by hour. */
  cells: WeekCell[][];
  most: number;
  /** Share of the traffic in the busiest eight hours of the day that follow one another; a third when it is even. */
  busiest: { from: number; share: number; benignShare: number | null };
  /** Share of the traffic on Saturday and Sunday; two sevenths when it is even. */
  weekend: number;
  /** Whole weeks and a rest: fewer than two say little. */
  weeks: number;
}

const dayOf = (at: number): number => (new Date(at).getUTCDay() + 6) % 7;
const hourOf = (at: number): number => new Date(at).getUTCHours();

/** Null without traffic in the range. */
export function buildWeek(timeline: ClusterTimeline, range: TimeRange, measure: Measure): Week | null {
  const grid = () => WEEKDAYS.map(() => new Array<number>(24).fill(0));
  const [sums, benign, times] = [grid(), grid(), grid()];
  const inside = (iso: string): number | null => {
    const at = Date.parse(iso);
    return at >= range.from && at < range.to ? at : null;
  };
  for (let at = Math.ceil(range.from / HOUR) * HOUR; at < range.to; at += HOUR)
    times[dayOf(at)]![hourOf(at)]! += 1;
  for (const hour of timeline.hours) {
    const at = inside(hour.hour);
    if (at === null) continue;
    for (const { index } of STACK) sums[dayOf(at)]![hourOf(at)]! += hour[measure][index] ?? 0;
  }
  for (const hour of timeline.benign) {
    const at = inside(hour.hour);
    if (at !== null) benign[dayOf(at)]![hourOf(at)]! += hour[measure];
  }
  const cells = sums.map((row, day) =>
    row.map((sum, hour): WeekCell => {
      const n = times[day]![hour]!;
      return n === 0 ? { mean: 0, benign: 0 } : { mean: sum / n, benign: benign[day]![hour]! / n };
    }),
  );
  const total = cells.flat().reduce((sum, cell) => sum + cell.mean, 0);
  if (total === 0) return null;
  const byHour = (of: keyof WeekCell) =>
    Array.from({ length: 24 }, (_, hour) => cells.reduce((sum, row) => sum + row[hour]![of], 0));
  const busiest = busiestHours(byHour('mean'));
  const benignHours = byHour('benign');
  return {
    cells,
    most: Math.max(...cells.flat().map((cell) => cell.mean)),
    busiest: {
      ...busiest,
      benignShare: benignHours.some((value) => value > 0) ? busiestHours(benignHours).share : null,
    },
    weekend:
      cells
        .slice(5)
        .flat()
        .reduce((sum, cell) => sum + cell.mean, 0) / total,
    weeks: (range.to - range.from) / (7 * 24 * HOUR),
  };
}

const SHIFT = 8;

/** The eight hours round the clock with most, and their share. */
function busiestHours(hours: readonly number[]): { from: number; share: number } {
  const total = hours.reduce((sum, value) => sum + value, 0);
  const shares = hours.map((_, from) =>
    Array.from({ length: SHIFT }, (_, i) => hours[(from + i) % 24]!).reduce((sum, value) => sum + value, 0),
  );
  const best = shares.indexOf(Math.max(...shares));
  return { from: best, share: shares[best]! / total };
}
