import type pg from 'pg';

/**
 * Exchanges before this moment (epoch ms) are not taken: their days were dropped, so nobody can tell whether they were
 * counted. -Infinity while nothing was dropped. In a batch's transaction, ask after its first touch of the table of
 * exchanges: from then on no day is dropped until the batch ends.
 */
export async function readHorizon(client: Pick<pg.ClientBase, 'query'>): Promise<number> {
  const { rows } = await client.query<{ horizon: number | null }>(
    'SELECT (extract(epoch FROM max(day) + 1) * 1000)::float8 AS horizon FROM exchange_drop',
  );
  return rows[0]?.horizon ?? Number.NEGATIVE_INFINITY;
}
