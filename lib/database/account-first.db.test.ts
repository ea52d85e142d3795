import { expect, it } from 'vitest';
import { makeWeeks } from '@/lib/ingest/testing/make-weeks';
import { pool } from './pool';

/** Tables that grow with traffic and would be spread over several machines by account; appeals are the desk's. */
const TELEMETRY = ['exchange', 'observation', 'account_indicator', 'account_hour', 'account_bins'];
/**
 * The one index that does not lead with the account. It makes nothing unique and no row depends on it: each machine
 * would keep it over its own accounts' rows, and finding who shares a value asks every machine for its part.
 */
const BY_VALUE = /^account_indicator_\d{8}_indicator_id_idx$/;

it('leads every key and index of a telemetry table with the account, so that it can be distributed by account', async () => {
  await makeWeeks('2026-08-01', '2026-08-10');
  const { rows } = await pool().query<{ name: string; table: string; first: string; unique: boolean }>(
    `SELECT c.relname AS name, x.indrelid::regclass::text AS table, x.indisunique AS unique, a.attname AS first
     FROM pg_index x JOIN pg_class c ON c.oid = x.indexrelid
     JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = x.indkey[0]
     WHERE x.indrelid = ANY($1::regclass[])
        OR x.indrelid IN (SELECT inhrelid FROM pg_inherits WHERE inhparent = ANY($1::regclass[]))`,
    [TELEMETRY],
  );
  expect(new Set(rows.map((row) => row.table.replace(/_\d{8}$/, '')))).toEqual(new Set(TELEMETRY));
  const wrong = rows.filter((row) => row.first !== 'account_key' && (row.unique || !BY_VALUE.test(row.name)));
  expect(wrong).toEqual([]);
});

it('has the account in every telemetry table, and never null', async () => {
  const { rows } = await pool().query<{ name: string }>(
    `SELECT attrelid::regclass::text AS name FROM pg_attribute
     WHERE attrelid = ANY($1::regclass[]) AND attname = 'account_key' AND attnotnull`,
    [TELEMETRY],
  );
  expect(rows.map(({ name }) => name).sort()).toEqual([...TELEMETRY].sort());
});
