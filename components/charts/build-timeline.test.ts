import { describe, expect, it } from 'vitest';
import type { ClusterTimeline } from '@/lib/clusters/schema';
import {
  binHoursFor,
  buildTimeline,
  compareWith,
  DAY,
  HOUR,
  lastDays,
  niceTicks,
  STACK,
  timelineSpan,
  timeTicks,
  zoomRange,
} from './build-timeline';

const START = Date.parse('2026-08-17T00:00:00Z');
const iso = (at: number) => new Date(at).toISOString();

/** An hour of traffic each hour: one exchange of the first class, two of "other". */
function traffic(hours: number): ClusterTimeline {
  return {
    hours: Array.from({ length: hours }, (_, i) => ({
      hour: iso(START + i * HOUR),
      exchanges: [1, 0, 0, 0, 0, 0, 2],
      outputTokens: [100, 0, 0, 0, 0, 0, 20],
    })),
    benign: Array.from({ length: hours }, (_, i) => ({
      hour: iso(START + i * HOUR),
      exchanges: 0.5,
      outputTokens: 5,
    })),
    releases: [],
    actions: [],
  };
}

describe('buildTimeline()', () => {
  it('keeps every exchange and token, whatever the bins', () => {
    const timeline = traffic(40 * 24);
    const span = timelineSpan(timeline)!;
    for (const hours of [1, 6, 24]) {
      const built = buildTimeline(timeline, span, 'exchanges', hours);
      expect(built.total).toBe(3 * 40 * 24);
      expect(built.bins.reduce((sum, bin) => sum + bin.total, 0)).toBe(3 * 40 * 24);
    }
    expect(buildTimeline(timeline, span, 'outputTokens').total).toBe(120 * 40 * 24);
  });

  it('stacks "other" at the base and reasoning above it', () => {
    const [bin] = buildTimeline(traffic(24), timelineSpan(traffic(24))!, 'exchanges', 24).bins;
    expect(STACK[0]?.patternClass).toBe('other');
    expect(bin?.values.slice(0, 2)).toEqual([48, 24]);
    expect(bin?.benign).toBe(12);
  });

  it('puts bins on UTC borders and shows hours without traffic as zero', () => {
    const timeline = traffic(48);
    timeline.hours = timeline.hours.filter((_, i) => i < 7 || i > 40);
    const built = buildTimeline(timeline, { from: START + 5 * HOUR, to: START + 48 * HOUR }, 'exchanges', 6);
    expect(built.bins.map((bin) => bin.from % (6 * HOUR))).toEqual(built.bins.map(() => 0));
    expect(built.bins.map((bin) => bin.total)).toEqual([18, 3, 0, 0, 0, 0, 3, 18]);
  });

  it('chooses bins of an hour, six hours or a day by the length of the range', () => {
    const range = (days: number) => ({ from: START, to: START + days * DAY });
    expect([7, 30, 200].map((days) => binHoursFor(range(days)))).toEqual([1, 6, 24]);
  });

  it('reaches to what was done after the last traffic', () => {
    const timeline = traffic(24);
    timeline.actions = [{ at: iso(START + 30.5 * HOUR), label: '12 banned', kind: 'ban' }];
    expect(timelineSpan(timeline)).toEqual({ from: START, to: START + 31 * HOUR });
  });

  it('puts another cluster into the same bins and grows the scale for it', () => {
    const timeline = buildTimeline(traffic(48), { from: START + DAY, to: START + 2 * DAY }, 'exchanges', 6);
    const other = traffic(72);
    for (const hour of other.hours) hour.exchanges[0] = 1000;
    const compared = compareWith(timeline, other, 'exchanges');
    expect(compared.bins.map((bin) => bin.other)).toEqual([6012, 6012, 6012, 6012]);
    expect(compared.yTicks.at(-1)).toBeGreaterThanOrEqual(6012);
    expect(compared.total).toBe(timeline.total);
  });

  it('zooms about a time, within the span and never below a quarter of a day', () => {
    const span = { from: START, to: START + 40 * DAY };
    const range = { from: START + 10 * DAY, to: START + 20 * DAY };
    expect(zoomRange(range, span, 0.5, START + 10 * DAY)).toEqual({
      from: START + 10 * DAY,
      to: START + 15 * DAY,
    });
    expect(zoomRange(range, span, 99, START + 12 * DAY)).toEqual(span);
    expect(zoomRange(range, span, 0.001, START + 20 * DAY).to - START).toBe(20 * DAY);
  });

  it('has no span without traffic, and cuts the last days off a longer one', () => {
    expect(timelineSpan(traffic(0))).toBeNull();
    const span = { from: START, to: START + 40 * DAY };
    expect(lastDays(span, 7)).toEqual({ from: START + 33 * DAY, to: span.to });
    expect(lastDays(span, 90)).toEqual(span);
  });
});

describe('niceTicks()', () => {
  it('starts at 0, reaches the largest value and takes at most five steps', () => {
    for (const most of [1, 3, 7, 12.5, 41, 99, 238, 1_001, 245_000]) {
      const ticks = niceTicks(most);
      expect(ticks[0]).toBe(0);
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(most);
      expect(ticks.length).toBeLessThanOrEqual(6);
    }
    expect(niceTicks(245_000)).toEqual([0, 50_000, 100_000, 150_000, 200_000, 250_000]);
    expect(niceTicks(0)).toEqual([0, 1]);
  });
});

describe('timeTicks()', () => {
  it('labels days so far apart that they do not touch', () => {
    const { bins, binHours } = buildTimeline(
      traffic(38 * 24),
      { from: START, to: START + 38 * DAY },
      'exchanges',
    );
    for (const width of [300, 620, 900]) {
      const ticks = timeTicks(bins, binHours, width);
      const gaps = ticks.slice(1).map((tick, i) => ((tick.index - ticks[i]!.index) * width) / bins.length);
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(64);
      expect(ticks.length).toBeGreaterThan(1);
    }
  });

  it('labels hours within a day or two', () => {
    const { bins, binHours } = buildTimeline(traffic(24), { from: START, to: START + DAY }, 'exchanges');
    expect(timeTicks(bins, binHours, 700).map((tick) => tick.label)).toContain('06:00');
  });
});
