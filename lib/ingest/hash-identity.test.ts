import { expect, it } from 'vitest';
import { hashExchangeId } from './hash-identity';

const hashed = (id: string) => {
  const into = new Int32Array(2);
  hashExchangeId(id, into, 0);
  return [into[0]!, into[1]!] as const;
};

it('gives ids that differ only in case, order or length different hashes', () => {
  const ids = ['ex_a1', 'ex_A1', 'ex_1a', 'ex_a1 ', 'ex_a', '', '\0', 'ex_a1ex_a1'];
  expect(new Set(ids.map((id) => hashed(id).join())).size).toBe(ids.length);
});

it('spreads consecutive ids as chance would, in each half', () => {
  const n = 300_000;
  const halves = [new Set<number>(), new Set<number>()] as const;
  const whole = new Set<bigint>();
  for (let i = 0; i < n; i++) {
    const [high, low] = hashed(`req-${i}`);
    halves[0].add(high);
    halves[1].add(low);
    whole.add((BigInt(high) << 32n) | BigInt(low >>> 0));
  }
  expect(whole.size).toBe(n);
  // Chance lets n²/2³³ ≈ 10 pairs meet in 32 bits.
  for (const half of halves) expect(n - half.size).toBeLessThan(40);
});
