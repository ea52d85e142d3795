/** Observations and appeals of one batch: the tables' keys decide what is new, and only that counts. */
import type pg from 'pg';
import { int4s, int8s, timestamps } from '@/lib/database/binary-arrays';
import { BinaryRows, copyRows } from '@/lib/database/copy-binary';
import type { AppealRecord } from '@/lib/records/schema';
import type { Batch } from './batch';
import { type CoverageCounts, carriedFields } from './coverage-counts';
import { IntTable } from './int-table';
import type { Rollups } from './rollups';

const DAY_MS = 86_400_000;
const TWO_32 = 4_294_967_296;

/** Observations in columns, each once. */
interface Given {
  key: number[];
  high: number[];
  low: number[];
  at: number[];
  count: number[];
  part: number[];
  place: number[];
  /** How many came, those aside that stand for a field of another record. */
  records: number;
}

/**
 * Must be called under the ingest lock.
 * @returns how many were known, those aside that stand for a field of another record
 */
export async function writeObservations(
  client: pg.ClientBase,
  batch: Batch,
  rollups: Rollups,
): Promise<number> {
  const given = firstOfEach(batch);
  const { key, high, low, at, count } = given;
  if (key.length === 0) return 0;
  const { rows: stored } = await client.query<[number]>({
    rowMode: 'array',
    text: `SELECT t.place::int FROM unnest($1::int[], $2::bigint[], $3::timestamptz[])
             WITH ORDINALITY AS t(account_key, indicator_id, observed_at, place)
           JOIN observation USING (account_key, indicator_id, observed_at)`,
    values: [int4s(key), int8s(high, low), timestamps(at)],
  });
  const isStored = new Uint8Array(key.length + 1);
  for (const [place] of stored) isStored[place] = 1;
  const rows = new BinaryRows();
  let added = 0;
  for (let n = 0; n < key.length; n++) {
    if (isStored[n + 1]) continue;
    rows.row(4);
    rows.int4(key[n]!);
    rows.int8Of(high[n]!, low[n]!);
    rows.timestamp(at[n]!);
    rows.int4(count[n]!);
    rollups.putIndicator(key[n]!, high[n]!, low[n]!, Math.floor(at[n]! / DAY_MS), count[n]!);
    rollups.seen(key[n]!, at[n]!);
    const { chunk, learnt } = batch.parts[given.part[n]!]!;
    const { derived, carried, value } = chunk.observations;
    const place = given.place[n]!;
    if (derived[place]) continue;
    added++;
    batch.coverage.addObservation(learnt.kind(value[place]!), carried[place]!, at[n]!);
  }
  await copyRows(client, 'observation', ['account_key', 'indicator_id', 'observed_at', 'count'], rows);
  return given.records - added;
}

function firstOfEach({ parts }: Batch): Given {
  const given: Given = { key: [], high: [], low: [], at: [], count: [], part: [], place: [], records: 0 };
  const held = new IntTable(0);
  const seen = new IntTable(0);
  for (const [part, { chunk, learnt }] of parts.entries()) {
    const { account, value, at, count, derived } = chunk.observations;
    for (let place = 0; place < at.length; place++) {
      if (!derived[place]) given.records++;
      const key = learnt.account(account[place]!);
      const high = learnt.ids[value[place]! * 2]!;
      const low = learnt.ids[value[place]! * 2 + 1]!;
      const time = at[place]!;
      // Who showed what, and when that was: five numbers, of which a table takes four.
      const what = held.place(key, high, low, 0);
      seen.place(what, Math.floor(time / TWO_32), time | 0, 0);
      if (seen.size === given.key.length) continue;
      given.key.push(key);
      given.high.push(high);
      given.low.push(low);
      given.at.push(time);
      given.count.push(count[place]!);
      given.part.push(part);
      given.place.push(place);
    }
  }
  return given;
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
