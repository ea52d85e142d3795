import { listKeysInUse } from '@/lib/access/list-keys-in-use';
import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { toCoverage } from './coverage-counts';
import { judgeCoverage } from './coverage-rules';
import { type Coverage, RECORD_KINDS } from './coverage-schema';
import { listIngestRuns } from './list-ingest-runs';
import { listRejects } from './list-rejects';
import { groupRejects } from './reject-reasons';
import type { IngestReport, SourceRow } from './run-schema';
import { measureThroughput } from './throughput';

/** A shipper that posts every ten seconds makes millions of runs: sources are read from the newest. */
const RUNS_READ = 5_000;
const RUNS_COMPARED = 500;
const RUNS_SHOWN = 12;
const SOURCES_SHOWN = 20;

/** How records come in, what they carry, and what detection can therefore see. @throws AppError forbidden */
export async function getIngestReport(actor: Actor): Promise<IngestReport> {
  requireRight(actor, 'desk.read');
  const [totals, uncounted, simulated, runs, sources, rejects, keys, coverage] = await Promise.all([
    database().ingestRun.aggregate({
      _count: true,
      _sum: { accepted: true, rejected: true, duplicates: true },
      _max: { lastRecordAt: true },
    }),
    countUncounted(),
    database().ingestRun.findFirst({ where: { simulated: true, accepted: { gt: 0 } }, select: { id: true } }),
    listIngestRuns(actor, RUNS_COMPARED),
    listSources(),
    listRejects(actor),
    listKeysInUse(actor),
    readCoverage(),
  ]);
  return {
    readAt: new Date().toISOString(),
    simulated: simulated !== null,
    totals: {
      runs: totals._count,
      accepted: Number(totals._sum.accepted ?? 0),
      rejected: Number(totals._sum.rejected ?? 0),
      duplicates: Number(totals._sum.duplicates ?? 0),
    },
    uncounted,
    lastRecordAt: totals._max.lastRecordAt?.toISOString() ?? null,
    throughput: measureThroughput(runs),
    runs: runs.slice(0, RUNS_SHOWN),
    sources,
    rejects: { kept: rejects.length, groups: groupRejects(rejects) },
    keys,
    coverage,
    findings: judgeCoverage(coverage),
  };
}

async function countUncounted(): Promise<number> {
  const [row] = await database().$queryRaw<{ records: number }[]>`
    SELECT COALESCE(sum(accepted), 0)::float8 AS records FROM ingest_run WHERE coverage IS NULL AND accepted > 0`;
  return row?.records ?? 0;
}

async function readCoverage(): Promise<Coverage> {
  const rows = await database().ingestCoverage.findMany();
  return toCoverage(
    rows.flatMap((row) => {
      const record = RECORD_KINDS.find((kind) => kind === row.record);
      if (!record) return [];
      const times = { first: row.firstAt.getTime(), last: row.lastAt.getTime() };
      return [{ record, field: row.field, records: Number(row.records), ...times }];
    }),
  );
}

async function listSources(): Promise<SourceRow[]> {
  const rows = await database().$queryRaw<
    (Omit<SourceRow, 'lastRecordAt' | 'lastCameAt'> & { last_record: Date | null; last_came: Date })[]
  >`
    SELECT source, format, bool_or(simulated) AS simulated, count(*)::int AS runs,
      sum(accepted)::float8 AS accepted, sum(rejected)::float8 AS rejected,
      max(last_record_at) AS last_record, max(COALESCE(finished_at, started_at)) AS last_came
    FROM (SELECT * FROM ingest_run ORDER BY id DESC LIMIT ${RUNS_READ}) AS newest
    GROUP BY source, format ORDER BY last_came DESC LIMIT ${SOURCES_SHOWN}`;
  return rows.map(({ last_record, last_came, ...row }) => ({
    ...row,
    lastRecordAt: last_record?.toISOString() ?? null,
    lastCameAt: last_came.toISOString(),
  }));
}
