import type pg from 'pg';

/**
 * Exchanges before this moment (epoch ms) are not taken: their days were dropped, so nobody can tell whether they were
 * counted. -Infinity while nothing was dropped. Under the ingest lock the answer holds until the lock is given up.
 */
export async function readHorizon(client: Pick<pg.ClientBase, 'query'>): Promise<number> {
  const { rows } = await client.query<{ horizon: number | null }>(
    'SELECT (extract(epoch FROM max(day) + 1) * 1000)::float8 AS horizon FROM exchange_drop',
  );
  return rows[0]?.horizon ?? Number.NEGATIVE_INFINITY;
}

/** Why an exchange before the horizon was not taken. */
export function tooOld(horizon: number): string {
  const day = new Date(horizon).toISOString().slice(0, 10);
  return `occurred_at lies before ${day}, up to which raw exchanges were dropped: it cannot be told whether it was counted`;
}
