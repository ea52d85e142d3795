import { describe, expect, it } from 'vitest';
import type { ClusterTimeline } from '@/lib/clusters/schema';
import { buildAfterBans } from './build-after-bans';
import { DAY, HOUR } from './build-timeline';
import { buildWeek } from './build-week';

/** Monday. */
const START = Date.parse('2026-08-17T00:00:00Z');
const iso = (at: number) => new Date(at).toISOString();
const of = (hours: { at: number; value: number }[]): ClusterTimeline => ({
  hours: hours.map(({ at, value }) => ({
    hour: iso(at),
    exchanges: [value, 0, 0, 0, 0, 0, 0],
    outputTokens: [0, 0, 0, 0, 0, 0, 0],
  })),
  benign: [],
  releases: [],
  actions: [],
});

describe('buildWeek()', () => {
  it('means over the weeks that have the hour, silent ones counted as zero', () => {
    const timeline = of([
      { at: START + 9 * HOUR, value: 10 },
      { at: START + 7 * DAY + 9 * HOUR, value: 30 },
      { at: START + 5 * DAY + 23 * HOUR, value: 40 },
    ]);
    const week = buildWeek(timeline, { from: START, to: START + 14 * DAY }, 'exchanges');
    expect(week?.cells[0]?.[9]?.mean).toBe(20);
    expect(week?.cells[5]?.[23]?.mean).toBe(20);
    expect(week?.weekend).toBe(0.5);
    expect(week?.busiest.share).toBe(0.5);
    expect(buildWeek(timeline, { from: START + DAY, to: START + 2 * DAY }, 'exchanges')).toBeNull();
  });

  it('finds the busiest eight hours across midnight', () => {
    const night = [22, 23, 0, 1, 2, 3].map((hour) => ({ at: START + hour * HOUR, value: 5 }));
    const week = buildWeek(of(night), { from: START, to: START + DAY }, 'exchanges');
    expect(week?.busiest.share).toBe(1);
  });
});

describe('buildAfterBans()', () => {
  const daily = (shares: number[]) => shares.map((value, day) => ({ at: START + day * DAY, value }));
  const span = (days: number) => ({ from: START, to: START + days * DAY });

  it('tells the fall, and after how many days half was back', () => {
    const timeline = of(daily([100, 100, 100, 100, 20, 10, 40, 60, 90]));
    timeline.actions = [{ at: iso(START + 4 * DAY), label: '12 banned', kind: 'ban' }];
    const [ban] = buildAfterBans(timeline, span(9), 'exchanges');
    expect(ban).toMatchObject({
      before: 100,
      daysBefore: 4,
      lowest: 0.1,
      halfBack: 4,
      cutBy: 'end of records',
    });
    expect(ban?.days).toEqual([0.2, 0.1, 0.4, 0.6, 0.9]);
  });

  it('stops at the next ban, and is silent where nothing was before or nothing came back', () => {
    const timeline = of(daily([100, 100, 10, 10, 10]));
    timeline.actions = [
      { at: iso(START - DAY), label: 'too early', kind: 'ban' },
      { at: iso(START + 2 * DAY), label: 'first', kind: 'ban' },
      { at: iso(START + 3 * DAY), label: 'second', kind: 'ban' },
      { at: iso(START + 3 * DAY), label: 'a decision', kind: 'decision' },
    ];
    const bans = buildAfterBans(timeline, span(5), 'exchanges');
    expect(bans.map(({ label, days, halfBack, cutBy }) => [label, days.length, halfBack, cutBy])).toEqual([
      ['first', 1, null, 'next ban'],
      ['second', 2, null, 'end of records'],
    ]);
  });
});
