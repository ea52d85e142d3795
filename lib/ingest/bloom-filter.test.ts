import { expect, it } from 'vitest';
import { BloomFilter } from './bloom-filter';

it('never says no to a key it holds, over several layers, and seldom perhaps to one it does not', () => {
  const filter = new BloomFilter();
  const keys = 900_000;
  let mistaken = 0;
  for (let n = 0; n < keys; n++) if (filter.add(n % 5_000, n, Math.imul(n, 77))) mistaken++;
  expect(mistaken / keys).toBeLessThan(0.003);
  for (let n = 0; n < keys; n++)
    if (!filter.add(n % 5_000, n, Math.imul(n, 77))) throw new Error(`${n} is lost`);
});
