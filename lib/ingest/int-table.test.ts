import fc from 'fast-check';
import { expect, it } from 'vitest';
import { IntTable } from './int-table';

it('sums as a Map would, whatever the keys and however far it grows', () => {
  const small = fc.integer({ min: -2, max: 2 });
  const key = fc.tuple(fc.integer(), small, small, fc.oneof(small, fc.constant(-2_147_483_648)));
  fc.assert(
    fc.property(fc.array(key, { maxLength: 3_000 }), (keys) => {
      const table = new IntTable(1, 2);
      const sums = new Map<string, number>();
      for (const [a, b, c, d] of keys) {
        // The place first: growing replaces the array.
        const place = table.place(a, b, c, d);
        table.values[place]! += 1;
        sums.set(`${a},${b},${c},${d}`, (sums.get(`${a},${b},${c},${d}`) ?? 0) + 1);
      }
      const found = Array.from({ length: table.size }, (_, place) => [
        table.keys.slice(place * 4, place * 4 + 4).join(),
        table.values[place],
      ]);
      expect(found).toEqual([...sums]);
    }),
    { numRuns: 50 },
  );
});

it('is empty after it was cleared, whether it was nearly full or nearly empty', () => {
  const table = new IntTable(1, 2);
  for (const count of [1_000, 3, 1_000, 0, 20]) {
    for (let n = 0; n < count; n++) expect(table.has(n, -n, 7, 0)).toBe(false);
    for (let n = 0; n < count; n++) {
      const place = table.place(n, -n, 7, 0);
      table.values[place]! += n;
    }
    expect(Array.from(table.values.subarray(0, count))).toEqual(Array.from({ length: count }, (_, n) => n));
    table.clear();
    expect(table.size).toBe(0);
  }
});
