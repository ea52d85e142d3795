import { describe, expect, it } from 'vitest';
import { expectedWrong, type Held, wrongBin } from './wrong-share';

const held = (count: number, more: Partial<Held> = {}): Held[] =>
  Array.from({ length: count }, () => ({
    quadrant: 'distillation',
    strength: 0.95,
    kinds: ['payment', 'device', 'ip'],
    ...more,
  }));

describe('expectedWrong()', () => {
  it('adds up over accounts, with a range around it that cannot leave the list', () => {
    const small = expectedWrong(held(100));
    const large = expectedWrong(held(1_000));
    expect(large.expected).toBeCloseTo(10 * small.expected);
    for (const { low, expected, high } of [small, large]) {
      expect(low).toBeGreaterThanOrEqual(0);
      expect(low).toBeLessThan(expected);
      expect(expected).toBeLessThan(high);
    }
    // where so few are expected that most such lists hold none: the gamma's own 95th percentile, by tables
    expect(small.high / small.expected).toBeGreaterThan(3);
    expect(small.high / small.expected).toBeLessThan(6);
    expect(expectedWrong(held(1)).high).toBeGreaterThan(0);
    expect(expectedWrong(held(3, { quadrant: 'reseller_review' })).high).toBeLessThanOrEqual(3);
  });

  it('expects few innocents in a distillation cluster, more in one to review, and nearly all where two kinds hold it', () => {
    const reseller = { quadrant: 'reseller_review' } as const;
    expect(expectedWrong(held(100)).expected).toBeLessThan(2);
    const reviewed = expectedWrong(held(100, reseller)).expected;
    expect(reviewed).toBeGreaterThan(5);
    expect(reviewed).toBeLessThan(50);
    expect(expectedWrong(held(100, { ...reseller, kinds: ['payment', 'ip'] })).expected).toBeGreaterThan(80);
  });

  it('does not guess at accounts in no cluster, it counts them', () => {
    expect(expectedWrong(held(4, { quadrant: null }))).toMatchObject({
      expected: 0,
      low: 0,
      high: 0,
      unknown: 4,
    });
  });

  it('borrows for what was never seen: a rare bin is neither nothing nor certain', () => {
    const { expected, high } = expectedWrong(held(10, { quadrant: 'benign', strength: 0.5, kinds: ['ip'] }));
    expect(expected).toBeGreaterThan(0);
    expect(expected).toBeLessThan(10);
    expect(high).toBeGreaterThan(expected);
  });

  it('names bins by quadrant, strength and independent kinds: an address and its prefix are one', () => {
    const [account] = held(1, { strength: 0.6, kinds: ['ip', 'prefix', 'asn'] });
    expect(wrongBin(account!)).toBe('distillation 0.6 1');
  });

  it('lets a review of the very cluster outweigh the calibration, and takes judged accounts at their word', () => {
    const sample = (doesNot: number, belongs: number) => ({
      reviewed: { clusterId: 7, judged: { belongs, doesNot, cannotTell: 0 } },
    });
    const calibrated = expectedWrong(held(200)).expected;
    expect(expectedWrong(held(200, sample(0, 20))).expected).toBeLessThan(calibrated);
    const half = expectedWrong(held(200, sample(10, 10)));
    expect(half.expected).toBeGreaterThan(80);
    expect(half.low).toBeLessThan(half.expected);
    expect(half.reviewed).toBe(20);
    const judged = expectedWrong([
      ...held(3, { ...sample(3, 17), verdict: 'does_not' }),
      ...held(17, { ...sample(3, 17), verdict: 'belongs' }),
    ]);
    expect(judged).toMatchObject({ expected: 3, low: 3, high: 3 });
  });
});
