/** Observations and appeals of one batch: the tables' keys decide what is new, and only that counts. */
import type pg from 'pg';
import type { AppealRecord } from '@/lib/records/schema';
import type { Batch } from './batch';
import { type CoverageCounts, carriedFields } from './coverage-counts';
import { toBigInt } from './hash-identity';

const DAY_MS = 86_400_000;

interface Given {
  key: number;
  high: number;
  low: number;
  kind: string;
  at: number;
  count: number;
  derived: boolean;
  carried: number;
}

/** @returns how many were known, those aside that stand for a field of another record */
export async function writeObservations(client: pg.ClientBase, batch: Batch): Promise<number> {
  const given = [...observationsOf(batch)];
  if (given.length === 0) return 0;
  const { rows } = await client.query<{ ordinal: number }>(
    `WITH given AS (
       SELECT * FROM unnest($1::int[], $2::bigint[], $3::float8[], $4::int[])
         WITH ORDINALITY AS t(account_key, indicator_id, at, count, ordinal)),
     first AS (
       SELECT DISTINCT ON (account_key, indicator_id, at) * FROM given
       ORDER BY account_key, indicator_id, at, ordinal),
     added AS (
       INSERT INTO observation (account_key, indicator_id, observed_at, count)
       SELECT account_key, indicator_id, to_timestamp(at / 1000.0)::timestamptz(3), count FROM first
       ON CONFLICT DO NOTHING
       RETURNING account_key, indicator_id, observed_at)
     SELECT first.ordinal::int FROM added JOIN first
       ON first.account_key = added.account_key AND first.indicator_id = added.indicator_id
      AND to_timestamp(first.at / 1000.0)::timestamptz(3) = added.observed_at`,
    [
      given.map(({ key }) => key),
      given.map(toBigInt),
      given.map(({ at }) => at),
      given.map(({ count }) => count),
    ],
  );
  let added = 0;
  for (const { ordinal } of rows) {
    const { key, high, low, at, count, derived, kind, carried } = given[ordinal - 1]!;
    batch.space.rollups.addIndicator(key, high, low, Math.floor(at / DAY_MS), count);
    batch.space.rollups.seen(key, at);
    if (derived) continue;
    added++;
    batch.coverage.addObservation(kind, carried, at);
  }
  return given.filter(({ derived }) => !derived).length - added;
}

function* observationsOf({ parts }: Batch): Generator<Given> {
  for (const { chunk, learnt } of parts) {
    const { account, value, at, count, derived, carried } = chunk.observations;
    for (let n = 0; n < at.length; n++) {
      const number = value[n]!;
      yield {
        key: learnt.account(account[n]!),
        high: learnt.ids[number * 2]!,
        low: learnt.ids[number * 2 + 1]!,
        kind: learnt.kind(number),
        at: at[n]!,
        count: count[n]!,
        derived: derived[n] === 1,
        carried: carried[n]!,
      };
    }
  }
}

/** @returns how many were known */
export async function writeAppeals(
  client: pg.ClientBase,
  appeals: readonly AppealRecord[],
  coverage: CoverageCounts,
  keyOf: (accountId: string) => number,
): Promise<number> {
  if (appeals.length === 0) return 0;
  const { rows } = await client.query<{ account_key: number; id: string }>(
    `INSERT INTO appeal (account_key, id, received_at, text)
     SELECT * FROM unnest($1::int[], $2::text[], $3::timestamptz[], $4::text[]) ON CONFLICT DO NOTHING
     RETURNING account_key, id`,
    [
      appeals.map((appeal) => keyOf(appeal.account_id)),
      appeals.map((appeal) => appeal.appeal_id),
      appeals.map((appeal) => appeal.received_at),
      appeals.map((appeal) => appeal.text ?? null),
    ],
  );
  const added = new Set(rows.map((row) => `${row.account_key}|${row.id}`));
  for (const appeal of appeals) {
    // The first of several with one id is the one that went in.
    if (!added.delete(`${keyOf(appeal.account_id)}|${appeal.appeal_id}`)) continue;
    coverage.add('appeal', carriedFields(appeal), Date.parse(appeal.received_at));
  }
  return appeals.length - rows.length;
}
