import { describe, expect, test } from 'vitest';
import { estimatePrevented } from './estimate-prevented';

const DAY = 86_400_000;
const days = Array.from({ length: 100 }, (_, index) => index * DAY);
const ban = { bannedAt: 2.5 * DAY, perDay: 100, regrownPerDay: 30, regrownAt: null as number | null };

describe('estimatePrevented', () => {
  test('counts from the day after the ban, for ninety days', () => {
    const prevented = estimatePrevented(days, [ban]);
    expect(prevented.slice(0, 4)).toEqual([0, 0, 0, 100]);
    expect(prevented.reduce((sum, value) => sum + value, 0)).toBe(90 * 100);
  });

  test('takes off what came back since it did, never below nothing, and adds bans up', () => {
    const back = { ...ban, regrownAt: 5.5 * DAY };
    expect(estimatePrevented(days, [back]).slice(3, 7)).toEqual([100, 100, 70, 70]);
    expect(estimatePrevented(days, [{ ...back, regrownPerDay: 500 }])[6]).toBe(0);
    expect(estimatePrevented(days, [ban, ban])[3]).toBe(200);
    expect(estimatePrevented(days, [])[3]).toBe(0);
  });
});
