/** A cluster's hours as a chart draws them: bins, stack, ticks. Pure; all times are epoch milliseconds, UTC. */
import type { ClusterTimeline } from '@/lib/clusters/schema';
import { PATTERN_CLASS_LABELS, PATTERN_CLASSES, type PatternClass } from '@/lib/records/pattern-classes';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export type Measure = 'exchanges' | 'outputTokens';

export interface TimeRange {
  from: number;
  to: number;
}

/** From the base up. Classes whose colours come close under colour blindness are never neighbours. */
export const STACK: readonly { patternClass: PatternClass; index: number; label: string; color: string }[] = (
  [
    ['other', 0],
    ['reasoning_elicitation', 1],
    ['rubric_grading', 2],
    ['safe_rewrite', 3],
    ['tool_use_harvest', 4],
    ['synthetic_data', 5],
    ['code_tasks', 6],
  ] as const
).map(([patternClass, color]) => ({
  patternClass,
  index: PATTERN_CLASSES.indexOf(patternClass),
  label: PATTERN_CLASS_LABELS[patternClass],
  color: `var(--class-${color})`,
}));

export interface TimelineBin {
  from: number;
  /** By pattern class, in the order of STACK. */
  values: number[];
  total: number;
  benign: number;
  /** Mean of `benign` over the day around the bin, which is what is drawn: its hourly rhythm would hide the bars. */
  benignMean: number;
  /** Another cluster's traffic at its own size, where one is compared. */
  other?: number;
}

export interface Tick {
  /** Index of the bin at whose left edge it stands. */
  index: number;
  label: string;
}

export interface Timeline {
  bins: TimelineBin[];
  binHours: number;
  range: TimeRange;
  /** Sums over the range by class, in the order of STACK. */
  sums: number[];
  total: number;
  /** From 0, at most five steps. */
  yTicks: number[];
  hasBenign: boolean;
}

/**
 * From the first hour with traffic to the end of the last, or to the hour of the latest action after it: what was
 * done about a cluster is always in the picture. Null without traffic.
 */
export function timelineSpan(timeline: ClusterTimeline): TimeRange | null {
  const first = timeline.hours[0];
  const last = timeline.hours.at(-1);
  if (!first || !last) return null;
  const acted = timeline.actions.map(({ at }) => (Math.floor(Date.parse(at) / HOUR) + 1) * HOUR);
  return { from: Date.parse(first.hour), to: Math.max(Date.parse(last.hour) + HOUR, ...acted) };
}

/** The last days of a span, or all of it when it is shorter. */
export function lastDays(span: TimeRange, days: number): TimeRange {
  return { from: Math.max(span.from, span.to - days * DAY), to: span.to };
}

/** Hours in a bin: 1 up to about a week, 6 up to two months, then whole days. */
export function binHoursFor({ from, to }: TimeRange): number {
  const days = (to - from) / DAY;
  if (days <= 8) return 1;
  return days <= 62 ? 6 : 24;
}

/** Bins of equal length on UTC borders that cover the range; hours without traffic are zero. */
export function buildTimeline(
  timeline: ClusterTimeline,
  range: TimeRange,
  measure: Measure,
  hours = binHoursFor(range),
): Timeline {
  const size = hours * HOUR;
  const from = Math.floor(range.from / size) * size;
  const count = Math.max(1, Math.ceil((range.to - from) / size));
  const to = from + count * size;
  const bins: TimelineBin[] = Array.from({ length: count }, (_, i) => ({
    from: from + i * size,
    values: STACK.map(() => 0),
    total: 0,
    benign: 0,
    benignMean: 0,
  }));
  const binAt = (iso: string): TimelineBin | undefined => {
    const at = Date.parse(iso);
    return at >= from && at < to ? bins[Math.floor((at - from) / size)] : undefined;
  };
  const sums = STACK.map(() => 0);
  for (const hour of timeline.hours) {
    const bin = binAt(hour.hour);
    if (!bin) continue;
    STACK.forEach(({ index }, layer) => {
      const value = hour[measure][index] ?? 0;
      bin.values[layer]! += value;
      bin.total += value;
      sums[layer]! += value;
    });
  }
  for (const hour of timeline.benign) {
    const bin = binAt(hour.hour);
    if (bin) bin.benign += hour[measure];
  }
  smoothBenign(bins, Math.floor(12 / hours));
  const most = bins.reduce((max, bin) => Math.max(max, bin.total, bin.benignMean), 0);
  return {
    bins,
    binHours: hours,
    range: { from, to },
    sums,
    total: sums.reduce((sum, value) => sum + value, 0),
    yTicks: niceTicks(most),
    hasBenign: bins.some((bin) => bin.benign > 0),
  };
}

/** The same timeline with another cluster's traffic beside it, in the same bins and on the same scale. */
export function compareWith(timeline: Timeline, other: ClusterTimeline, measure: Measure): Timeline {
  const size = timeline.binHours * HOUR;
  const sums = new Array<number>(timeline.bins.length).fill(0);
  for (const hour of other.hours) {
    const bin = Math.floor((Date.parse(hour.hour) - timeline.range.from) / size);
    if (bin < 0 || bin >= sums.length) continue;
    for (const { index } of STACK) sums[bin]! += hour[measure][index] ?? 0;
  }
  const bins = timeline.bins.map((bin, i) => ({ ...bin, other: sums[i]! }));
  const most = bins.reduce((max, bin) => Math.max(max, bin.total, bin.benignMean, bin.other), 0);
  return { ...timeline, bins, yTicks: niceTicks(most) };
}

/** A range grown or shrunk about a time within it: at least a quarter of a day, at most the span, on whole hours. */
export function zoomRange(range: TimeRange, span: TimeRange, factor: number, about: number): TimeRange {
  const length = Math.min(Math.max((range.to - range.from) * factor, 6 * HOUR), span.to - span.from);
  const share = (about - range.from) / Math.max(range.to - range.from, 1);
  const from = Math.min(Math.max(about - share * length, span.from), span.to - length);
  const start = Math.round(from / HOUR) * HOUR;
  return { from: start, to: start + Math.round(length / HOUR) * HOUR };
}

function smoothBenign(bins: TimelineBin[], reach: number): void {
  bins.forEach((bin, i) => {
    const around = bins.slice(Math.max(0, i - reach), i + reach + 1);
    bin.benignMean = around.reduce((sum, each) => sum + each.benign, 0) / around.length;
  });
}

/** 0 and at most five equal round steps of whole numbers, the last at or above `most`. */
export function niceTicks(most: number): number[] {
  if (!(most > 0)) return [0, 1];
  const magnitude = 10 ** Math.floor(Math.log10(most / 5));
  const step = [1, 2, 2.5, 5, 10]
    .map((factor) => factor * magnitude)
    .find((candidate) => candidate * 5 >= most && (candidate < 1 || Number.isInteger(candidate)))!;
  const whole = Math.max(1, step);
  return Array.from({ length: Math.ceil(most / whole) + 1 }, (_, i) => i * whole);
}

const DAY_STEPS = [1, 2, 4, 7, 14, 28, 61, 122, 183, 365];
const HOUR_STEPS = [1, 2, 3, 6, 12];
const LABEL_PIXELS = 64;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** "26 Aug". */
export function dayLabel(at: number): string {
  const date = new Date(at);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`;
}

/** Days (or hours, within two days) that are labelled below a plot of `width` pixels: as many as do not touch. */
export function timeTicks(bins: readonly { from: number }[], binHours: number, width: number): Tick[] {
  const pixels = width / Math.max(bins.length, 1);
  const fits = (hours: number): boolean => (hours / binHours) * pixels >= LABEL_PIXELS;
  const hourly =
    (bins.length * binHours) / 24 <= 2
      ? HOUR_STEPS.find((step) => step >= binHours && fits(step))
      : undefined;
  const step = hourly ?? 24 * (DAY_STEPS.find((days) => fits(days * 24)) ?? 365);
  return bins.flatMap(({ from }, index) => {
    if ((from / HOUR) % step !== 0) return [];
    // The last label would run out of the plot.
    if ((bins.length - index) * pixels < LABEL_PIXELS / 2) return [];
    const clock = new Date(from).toISOString().slice(11, 16);
    return [{ index, label: hourly && clock !== '00:00' ? clock : dayLabel(from) }];
  });
}

/** "1 hour", "6 hours", "1 day". */
export function binLength(hours: number): string {
  if (hours === 24) return '1 day';
  return hours === 1 ? '1 hour' : `${hours} hours`;
}

/** "1-hour bins", "6-hour bins", "1-day bins". */
export function binWords(hours: number): string {
  return hours === 24 ? '1-day bins' : `${hours}-hour bins`;
}
