import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Random } from './random';
import { humanDay, inBins, shareOfQuota } from './rhythms';
import { DAY_MS, HOUR_MS } from './world-clock';

const monday = Date.UTC(2026, 8, 7);
const habits = { perDay: 20, utcOffset: 0, weekend: 0.2 };
const days = (offset: number, start = monday) => {
  const random = new Random(1);
  return Array.from({ length: 400 }, () =>
    humanDay({ ...habits, utcOffset: offset }, start, start + DAY_MS, random),
  );
};

test('quotas of the days add up to the quota of the whole', () => {
  const cuts = fc.array(fc.integer({ min: -50, max: 150 }), { maxLength: 20 });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 500 }), cuts, (quota, inner) => {
      const edges = [-60, ...inner, 160].sort((a, b) => a - b);
      const parts = edges.slice(1).map((edge, i) => shareOfQuota(quota, 0, 100, edges[i]!, edge));
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(quota);
      expect(Math.min(...parts)).toBeGreaterThanOrEqual(0);
    }),
  );
});

test('people sleep at night by their own clock', () => {
  for (const offset of [0, 9, -8]) {
    const turns = days(offset).flat();
    const nightly = turns.filter(({ at }) => (((at / HOUR_MS + offset) % 24) + 24) % 24 < 6);
    expect(nightly.length / turns.length).toBeLessThan(0.1);
  }
});

test('people follow up within a conversation and rest at the weekend', () => {
  const workday = days(0).flat();
  expect(workday.length / 400).toBeGreaterThan(15);
  expect(workday.length / 400).toBeLessThan(25);
  expect(workday.filter(({ turn }) => turn > 0).length / workday.length).toBeGreaterThan(0.4);
  expect(days(0, monday - DAY_MS).flat().length).toBeLessThan(workday.length / 3);
});

test('a scheduled exchange stays inside its 15-minute bin', () => {
  const bins = Array.from({ length: 96 }, (_, i) => monday + i * 900_000);
  inBins(bins, new Random(2)).forEach(({ at }, i) => {
    expect(Math.floor(at / 900_000) * 900_000).toBe(bins[i]);
  });
});
