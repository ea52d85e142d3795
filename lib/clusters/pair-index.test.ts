import fc from 'fast-check';
import { expect, test } from 'vitest';
import { IntColumns } from './int-columns';
import { PairIndex } from './pair-index';

const pairs = fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -40, max: 40 })), {
  maxLength: 3000,
});

test('a pair keeps the number under which it was first seen, however many follow', () => {
  fc.assert(
    fc.property(pairs, (given) => {
      const index = new PairIndex();
      const numbers = new Map<string, number>();
      for (const [a, b] of given) {
        const known = numbers.get(`${a} ${b}`) ?? numbers.size;
        numbers.set(`${a} ${b}`, known);
        expect(index.place(a, b)).toBe(known);
      }
      expect(index.size).toBe(numbers.size);
      for (const [a, b] of given) expect(index.find(a, b)).toBe(numbers.get(`${a} ${b}`));
      expect(index.find(10, 0)).toBe(-1);
    }),
    { numRuns: 20 },
  );
});

test('rows are grouped by their first cell in the order in which they came', () => {
  const rows = new IntColumns(2, 1);
  for (const [group, n] of [
    [2, 1],
    [0, 2],
    [2, 3],
    [2, 4],
  ] as const) {
    const at = rows.add();
    rows.cells[at] = group;
    rows.cells[at + 1] = n;
  }
  const { offsets, order } = rows.groupByFirst(3);
  expect([...offsets]).toEqual([0, 1, 1, 4]);
  expect([...order].map((row) => rows.cells[2 * row + 1])).toEqual([2, 1, 3, 4]);
});
