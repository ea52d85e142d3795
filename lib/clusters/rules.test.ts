import { describe, expect, test } from 'vitest';
import { agoInWords, clusterName, isPaying, isSensitiveKind, sparkIndex } from './rules';

const at = (iso: string) => new Date(iso);

describe('rules of clusters', () => {
  test('names differ for the first 992 clusters', () => {
    expect(new Set(Array.from({ length: 992 }, (_, id) => clusterName(id))).size).toBe(992);
  });

  test('a release stands on its UTC day of the sparkline, or nowhere', () => {
    const end = at('2026-09-24T00:30:00Z');
    expect(sparkIndex(at('2026-09-24T00:00:00Z'), end, 30)).toBe(29);
    expect(sparkIndex(at('2026-09-23T23:59:59Z'), end, 30)).toBe(28);
    expect(sparkIndex(at('2026-08-26T12:00:00Z'), end, 30)).toBe(0);
    expect(sparkIndex(at('2026-08-25T23:00:00Z'), end, 30)).toBeNull();
    expect(sparkIndex(at('2026-09-25T00:00:00Z'), end, 30)).toBeNull();
  });

  test('an account pays that spends, or paid within 60 days of the window’s end', () => {
    const end = at('2026-09-24T00:00:00Z');
    expect(isPaying({ lastPaidAt: null, monthlySpendUsd: 0.01 }, end)).toBe(true);
    expect(isPaying({ lastPaidAt: at('2026-07-26T00:00:00Z'), monthlySpendUsd: 0 }, end)).toBe(true);
    expect(isPaying({ lastPaidAt: at('2026-07-25T23:59:59Z'), monthlySpendUsd: null }, end)).toBe(false);
  });

  test.each([
    [0, '0 s'],
    [-5, '0 s'],
    [59, '59 s'],
    [60, '1 min'],
    [3_600, '1 h'],
    [86_400 * 6 + 1, '6 d'],
  ])('%d seconds ago reads "%s"', (seconds, words) => {
    const now = at('2026-09-24T00:00:00Z');
    expect(agoInWords(new Date(now.getTime() - seconds * 1000), now)).toBe(words);
  });

  test('kinds that nobody listed count as sensitive', () => {
    expect(isSensitiveKind('partner_says')).toBe(true);
    expect(isSensitiveKind('time_bins')).toBe(false);
  });
});
