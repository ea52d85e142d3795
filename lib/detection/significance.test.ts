import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectedSharing } from './evidence';
import { detectionKind } from './kinds';
import { seededRandom, shuffle } from './random';
import { rarity } from './rarity';
import { contentPoints, structurePoints } from './score';
import { severityOf } from './severity';
import { corroborated, logBinomialTail, logPoissonTail } from './significance';

const kinds = (...names: string[]) => names.map((name) => detectionKind(name));

describe('logPoissonTail()', () => {
  it('agrees with the sum of the probabilities', () => {
    for (const [k, mean] of [
      [3, 0.5],
      [10, 4],
      [1, 0.02],
    ] as const) {
      let below = 0;
      let term = Math.exp(-mean);
      for (let i = 0; i < k; i++) {
        below += term;
        term *= mean / (i + 1);
      }
      expect(logPoissonTail(k, mean)).toBeCloseTo(Math.log(1 - below), 6);
    }
  });

  it('does not underflow where the probability does', () => {
    expect(logPoissonTail(400, 0.02)).toBeLessThan(-3000);
    expect(logPoissonTail(400, 0.02)).toBeGreaterThan(Number.NEGATIVE_INFINITY);
  });

  it('finds nothing special in what was expected', () => {
    expect(logPoissonTail(5, 5)).toBe(0);
    expect(logPoissonTail(0, 0)).toBe(0);
  });
});

describe('logBinomialTail()', () => {
  it('bounds the sum of the probabilities from above, closely where all or none are hit', () => {
    const exact = (k: number, n: number, p: number): number => {
      let sum = 0;
      let choose = 1;
      for (let i = 0; i <= n; i++) {
        if (i >= k) sum += choose * p ** i * (1 - p) ** (n - i);
        choose = (choose * (n - i)) / (i + 1);
      }
      return Math.log(sum);
    };
    for (const [k, n, p] of [
      [31, 31, 0.36],
      [29, 31, 0.36],
      [9, 20, 0.2],
    ] as const) {
      expect(logBinomialTail(k, n, p)).toBeGreaterThanOrEqual(exact(k, n, p) - 1e-9);
      expect(logBinomialTail(k, n, p)).toBeLessThan(exact(k, n, p) + 3);
    }
    expect(logBinomialTail(31, 31, 0.36)).toBeCloseTo(31 * Math.log(0.36), 9);
  });

  it('finds nothing special in what was expected', () => {
    expect(logBinomialTail(5, 20, 0.25)).toBe(0);
    expect(logBinomialTail(20, 20, 1)).toBe(0);
  });
});

describe('corroborated()', () => {
  it.each([
    [['payment', 'device'], false, true],
    [['payment', 'time_bins'], false, true],
    [['phone', 'template'], false, true],
    [['counterparty', 'ip'], false, true],
    [['payment'], false, false],
    [['payment'], true, true],
    [['ip', 'prefix'], false, false],
    [['ip', 'client_fingerprint', 'template'], false, false],
    [['ip', 'template'], true, true],
    [['template', 'system_prompt'], true, false],
    [['email_pattern', 'prefix'], true, false],
    [['payment', 'asn'], false, false],
  ] as const)('%j with extraction %s: %s', (names, extraction, expected) => {
    expect(corroborated(kinds(...names), extraction)).toBe(expected);
  });
});

describe('expectedSharing()', () => {
  it('agrees with dealing the values out at random, to each as many as it has', () => {
    const population = 300;
    const n = 40;
    const random = seededRandom(4);
    const values = new Map([
      [2, 30],
      [10, 5],
      [60, 1],
    ]);
    const units = new Map([
      [1, 110],
      [4, 15],
    ]);
    const spread = (counts: Map<number, number>): number[] =>
      [...counts].flatMap(([degree, count]) => Array<number>(count).fill(degree));
    let sum = 0;
    const rounds = 400;
    for (let round = 0; round < rounds; round++) {
      const order = Int32Array.from({ length: population }, (_, i) => i);
      shuffle(order, random);
      const slots = Int32Array.from(spread(units).flatMap((held, i) => Array(held).fill(order[i])));
      shuffle(slots, random);
      const sharing = new Set<number>();
      let at = 0;
      for (const df of spread(values)) {
        const members = new Set(slots.slice(at, at + df).filter((holder) => holder < n));
        at += df;
        if (members.size > 1) for (const member of members) sharing.add(member);
      }
      sum += sharing.size;
    }
    const dealt = sum / rounds;
    expect(Math.abs(expectedSharing({ values, units }, n, population) - dealt)).toBeLessThan(0.05 * dealt);
  });

  it('is 0 when no value has two holders', () => {
    expect(expectedSharing({ values: new Map([[1, 50]]), units: new Map([[1, 50]]) }, 10, 100)).toBe(0);
  });
});

describe('rarity()', () => {
  it('falls from λ for a value of one account to 0 for a value of all', () => {
    expect(rarity(0.7, 1, 1000)).toBeCloseTo(0.7);
    expect(rarity(0.7, 1000, 1000)).toBe(0);
    expect(rarity(1, 10, 1000)).toBeCloseTo(2 / 3);
  });

  it('refuses a df outside 1..N', () => {
    expect(() => rarity(1, 0, 10)).toThrow(RangeError);
    expect(() => rarity(1, 11, 10)).toThrow(RangeError);
  });
});

describe('points', () => {
  it('of structure rise strictly with the lower bound and are never negative', () => {
    const bound = fc.double({ min: 0, max: 0.9999, noNaN: true });
    fc.assert(
      fc.property(bound, bound, (a, b) => {
        fc.pre(b > a + 1e-6);
        expect(structurePoints(a)).toBeGreaterThanOrEqual(0);
        expect(structurePoints(b)).toBeGreaterThan(structurePoints(a));
      }),
    );
  });

  it('of content are capped, and never take more than structure gave', () => {
    expect(contentPoints(0.9, 400, 0.01, 20)).toBe(12);
    expect(contentPoints(0.05, 400, 0.05, 20)).toBeCloseTo(0, 9);
    expect(contentPoints(0.001, 400, 0.5, 20)).toBe(-6);
    expect(contentPoints(0.001, 400, 0.5, 2)).toBe(-2);
  });

  it('of content stay near 0 while there are few exchanges, however harmless they are', () => {
    const few = contentPoints(0, 200, 0.007, 20);
    expect(few).toBeGreaterThan(-2);
    expect(contentPoints(0, 2000, 0.007, 20)).toBeLessThan(-6 + 1);
    // one extraction exchange among the two hundred moves the cluster by less than a decibel's odds
    expect(Math.abs(contentPoints(1 / 200, 200, 0.007, 20) - few)).toBeLessThan(1.1);
    expect(contentPoints(0.9, 60, 0.007, 20)).toBeGreaterThan(10);
  });

  it('make severities: 12 medium, 20 high, 30 critical', () => {
    expect([0, 11.9, 12, 20, 30, 99].map(severityOf)).toEqual([
      'low',
      'low',
      'medium',
      'high',
      'critical',
      'critical',
    ]);
  });
});
