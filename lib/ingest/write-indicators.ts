import type pg from 'pg';
import { type Id64, toBigInt } from './hash-identity';

export interface NewIndicator extends Id64 {
  kind: string;
  value: string;
}

/** Puts texts into the dictionary; what it holds already stays as it is. */
export async function writeIndicators(
  client: pg.ClientBase,
  indicators: readonly NewIndicator[],
): Promise<void> {
  if (indicators.length === 0) return;
  await client.query(
    `INSERT INTO indicator (id, kind, value)
     SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[]) ON CONFLICT (id) DO NOTHING`,
    [indicators.map(toBigInt), indicators.map(({ kind }) => kind), indicators.map(({ value }) => value)],
  );
}
