import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mix32, Random } from './random';

const draw = (random: Random, count = 5) => Array.from({ length: count }, () => random.next());

test('the same seed and name give the same numbers, others give others', () => {
  expect(draw(new Random(1, 'a'))).toEqual(draw(new Random(1, 'a')));
  expect(draw(new Random(2, 'a'))).not.toEqual(draw(new Random(1, 'a')));
  expect(draw(new Random(1).fork('b'))).not.toEqual(draw(new Random(1).fork('a')));
});

test('a fork does not depend on what was drawn before', () => {
  const used = new Random(1);
  draw(used, 100);
  expect(draw(used.fork('a'))).toEqual(draw(new Random(1).fork('a')));
});

test('numbers are uniform: each tenth of [0, 1) gets its share', () => {
  const tenths = new Array<number>(10).fill(0);
  for (const value of draw(new Random(5), 100_000)) tenths[Math.floor(value * 10)]!++;
  for (const count of tenths) expect(Math.abs(count - 10_000)).toBeLessThan(400);
});

test.each([0.3, 4, 80])('poisson(%d) has that mean', (mean) => {
  const random = new Random(6);
  const sum = Array.from({ length: 20_000 }, () => random.poisson(mean)).reduce(
    (total, count) => total + count,
    0,
  );
  expect(sum / 20_000 / mean).toBeCloseTo(1, 1);
});

test('shuffle keeps every item', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.integer(), (items, seed) => {
      expect([...new Random(seed).shuffle([...items])].sort()).toEqual([...items].sort());
    }),
  );
});

test('mix32 never gives two numbers one result', () => {
  expect(new Set(Array.from({ length: 100_000 }, (_, i) => mix32(i))).size).toBe(100_000);
});

test('picking from nothing is an error', () => {
  expect(() => new Random(1).pick([])).toThrow(RangeError);
});
