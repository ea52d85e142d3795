import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ExchangeColumns } from './exchange-columns';
import { TakenExchanges } from './taken-exchanges';

it('gives the exchanges of an account together, in the order in which they came, with all that was put in', () => {
  const key = fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 2_147_483_647 }));
  const time = fc.integer({ min: Date.UTC(2015, 0), max: Date.UTC(2040, 0) });
  fc.assert(
    fc.property(fc.array(fc.tuple(key, time), { maxLength: 2_000 }), (given) => {
      const columns = new ExchangeColumns();
      const taken = new TakenExchanges();
      for (const [n, [accountKey, at]] of given.entries()) {
        const place = columns.add();
        columns.at[place] = at;
        columns.outputTokens[place] = n;
        columns.texts[place * 2 + 1] = -1;
        taken.add(3, place, accountKey, 5, columns);
      }
      const found = Array.from(taken.byAccount(), (number) => {
        const { accountKey, time: at, outputTokens, part, modelId } = taken.read(number);
        return [accountKey, at, outputTokens, part, modelId, taken.text(1)];
      });
      const expected = given.map(([accountKey, at], n) => [accountKey, at, n, 3, 5, -1]);
      expect(found).toEqual(expected.sort((one, other) => one[0]! - other[0]!));
    }),
    { numRuns: 40 },
  );
});
