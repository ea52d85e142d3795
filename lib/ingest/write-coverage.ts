/** Counts by field over all runs, and the first rejects of a run, inside the batch's transaction. */
import type pg from 'pg';
import type { CoverageRow } from './coverage-counts';
import { withoutQuotes } from './reject-reasons';

/** How many rejects of one run are kept; the run's own count is always whole. */
export const REJECTS_KEPT = 1_000;

/** Adds a batch's counts to those of all runs. Some fifty rows, in one order, so that two writers never deadlock. */
export async function writeCoverage(client: pg.ClientBase, rows: readonly CoverageRow[]): Promise<void> {
  if (rows.length === 0) return;
  await client.query(
    `INSERT INTO ingest_coverage (record, field, records, first_at, last_at)
     SELECT record, field, records, to_timestamp(first / 1000.0), to_timestamp(last / 1000.0)
     FROM unnest($1::text[], $2::text[], $3::bigint[], $4::float8[], $5::float8[])
       AS t(record, field, records, first, last)
     ORDER BY record, field
     ON CONFLICT (record, field) DO UPDATE SET
       records = ingest_coverage.records + EXCLUDED.records,
       first_at = LEAST(ingest_coverage.first_at, EXCLUDED.first_at),
       last_at = GREATEST(ingest_coverage.last_at, EXCLUDED.last_at)`,
    [
      rows.map((row) => row.record),
      rows.map((row) => row.field),
      rows.map((row) => row.records),
      rows.map((row) => row.first),
      rows.map((row) => row.last),
    ],
  );
}

/** @param kept how many of this run are stored already */
export async function writeRejects(
  client: pg.ClientBase,
  runId: number,
  kept: number,
  rejects: readonly { line: number; reason: string }[],
): Promise<void> {
  if (rejects.length === 0) return;
  await client.query(
    `INSERT INTO ingest_reject (run_id, ordinal, line, reason)
     SELECT $1, $2 + ordinal, line, reason
     FROM unnest($3::bigint[], $4::text[]) WITH ORDINALITY AS t(line, reason, ordinal)`,
    [
      runId,
      kept,
      rejects.map((reject) => reject.line),
      rejects.map((reject) => withoutQuotes(reject.reason)),
    ],
  );
}
