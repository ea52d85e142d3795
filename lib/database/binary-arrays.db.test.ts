import { expect, test } from 'vitest';
import { int4s, int8s, texts, timestamps } from './binary-arrays';
import { pool } from './pool';

test('Postgres reads the arrays as what they were made from', async () => {
  const { rows } = await pool().query(
    'SELECT $1::int[] AS ints, $2::bigint[]::text AS longs, $3::timestamptz[] AS times, $4::text[] AS words, $5::int[] AS none',
    [
      int4s([1, -2, 2_147_483_647]),
      int8s([0, -1, 0x7fffffff], [5, -1, -1]),
      timestamps([0, Date.UTC(2026, 1, 3, 4, 5, 6, 789), Date.UTC(1969, 0, 1)]),
      texts(['a', null, 'ü "quoted", {braced} 🌊', '']),
      int4s([]),
    ],
  );
  expect(rows[0]).toEqual({
    ints: [1, -2, 2_147_483_647],
    longs: '{5,-1,9223372036854775807}',
    times: [new Date(0), new Date('2026-02-03T04:05:06.789Z'), new Date('1969-01-01T00:00:00Z')],
    words: ['a', null, 'ü "quoted", {braced} 🌊', ''],
    none: [],
  });
});
