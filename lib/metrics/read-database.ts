/** Readings of the whole deployment, for which any of its servers may be asked. Each is one cheap statement. */
import { database } from '@/lib/database/client';
import { ITEM_STATES, PROPOSAL_STATUSES } from '@/lib/enforcement/schema';

export interface Reading {
  name: string;
  help: string;
  /** It only grows. */
  counts?: true;
  values: { labels?: Record<string, string>; value: number }[];
}

const JOB_STATES = ['ready', 'running', 'later', 'failing', 'given_up'] as const;

export async function readDatabase(): Promise<Reading[]> {
  return (await Promise.all([readIngest(), readDetection(), readQueue(), readActions(), readAudit()])).flat();
}

async function readIngest(): Promise<Reading[]> {
  const [row] = await database().$queryRaw<
    { accepted: number; rejected: number; duplicates: number; running: number; lag: number | null }[]
  >`
    SELECT coalesce(sum(accepted), 0)::float8 AS accepted, coalesce(sum(rejected), 0)::float8 AS rejected,
      coalesce(sum(duplicates), 0)::float8 AS duplicates,
      count(*) FILTER (WHERE state = 'running')::float8 AS running,
      extract(epoch FROM now() - max(last_record_at))::float8 AS lag
    FROM ingest_run`;
  const { accepted = 0, rejected = 0, duplicates = 0, running = 0, lag = null } = row ?? {};
  return [
    {
      name: 'weir_ingest_records_total',
      help: 'Records of all runs by what became of them; its rate is the speed of ingest.',
      counts: true,
      values: Object.entries({ accepted, rejected, duplicates }).map(([result, value]) => ({
        labels: { result },
        value,
      })),
    },
    { name: 'weir_ingest_runs_running', help: 'Streams and files under way.', values: [{ value: running }] },
    optional('weir_ingest_last_record_age_seconds', 'How far the newest record lies behind now.', lag),
  ];
}

async function readDetection(): Promise<Reading[]> {
  const [row] = await database().$queryRaw<
    { age: number; seconds: number; accounts: number; clusters: number }[]
  >`
    SELECT extract(epoch FROM now() - finished_at)::float8 AS age,
      extract(epoch FROM finished_at - started_at)::float8 AS seconds, accounts::float8, clusters::float8
    FROM detection_run ORDER BY id DESC LIMIT 1`;
  return [
    optional('weir_detection_run_age_seconds', 'Since the latest run ended.', row?.age),
    optional('weir_detection_run_duration_seconds', 'How long the latest run took.', row?.seconds),
    optional('weir_detection_run_accounts', 'Accounts that the latest run looked at.', row?.accounts),
    optional('weir_detection_run_clusters', 'Clusters that the latest run found.', row?.clusters),
  ];
}

/** A job that failed comes again, or was given up: detection's failures are among them, by task. */
async function readQueue(): Promise<Reading[]> {
  const rows = await database().$queryRaw<{ task: string; state: string; jobs: number }[]>`
    SELECT task_identifier AS task, CASE
        WHEN locked_at IS NOT NULL THEN 'running'
        WHEN attempts >= max_attempts THEN 'given_up'
        WHEN last_error IS NOT NULL THEN 'failing'
        WHEN run_at > now() THEN 'later'
        ELSE 'ready' END AS state, count(*)::float8 AS jobs
    FROM graphile_worker.jobs GROUP BY 1, 2`;
  const tasks = [...new Set(rows.map(({ task }) => task))].sort();
  return [
    {
      name: 'weir_jobs',
      help: "Jobs of the worker's queue by task and state; failing: tried in vain and tried again.",
      values: tasks.flatMap((task) =>
        JOB_STATES.map((state) => ({
          labels: { task, state },
          value: rows.find((row) => row.task === task && row.state === state)?.jobs ?? 0,
        })),
      ),
    },
  ];
}

async function readActions(): Promise<Reading[]> {
  const [proposals, items, [rest]] = await Promise.all([
    database().proposal.groupBy({ by: ['status'], _count: true }),
    // Of actions that are not over: what is over does not change, and would be counted ever anew.
    database().$queryRaw<{ state: string; items: number }[]>`
      SELECT i.state::text AS state, count(*)::float8 AS items
      FROM proposal p JOIN proposal_item i ON i.proposal_id = p.id
      WHERE p.status IN ('approved', 'running', 'paused') GROUP BY 1`,
    database().$queryRaw<{ claimed: number; kill: number }[]>`
      SELECT (SELECT coalesce(sum(accounts), 0)::float8 FROM enforcement_claim) AS claimed,
        (SELECT count(*)::float8 FROM kill_switch WHERE released_at IS NULL) AS kill`,
  ]);
  return [
    {
      name: 'weir_proposals',
      help: 'Proposals by status; waiting: for approval.',
      values: PROPOSAL_STATUSES.map((status) => ({
        labels: { status },
        value: proposals.find((row) => row.status === status)?._count ?? 0,
      })),
    },
    {
      name: 'weir_enforcement_items',
      help: 'Accounts of actions that are under way by state; dead and retrying ones had errors at the provider.',
      values: ITEM_STATES.map((state) => ({
        labels: { state },
        value: items.find((row) => row.state === state)?.items ?? 0,
      })),
    },
    {
      name: 'weir_enforcement_claimed_accounts_total',
      help: 'Accounts handed to workers so far, over all actions.',
      counts: true,
      values: [{ value: rest?.claimed ?? 0 }],
    },
    {
      name: 'weir_kill_switch_on',
      help: '1 while enforcement is stopped.',
      values: [{ value: rest?.kill ?? 0 }],
    },
  ];
}

async function readAudit(): Promise<Reading[]> {
  const [row] = await database().$queryRaw<{ unsigned: number; age: number | null }[]>`
    WITH head AS (SELECT coalesce(max(size), 0) AS size FROM audit_checkpoint),
      signed AS (SELECT coalesce(min(entry_id), 0) AS entry FROM (
        SELECT entry_id FROM audit_leaf, head WHERE "index" < head.size ORDER BY "index" DESC LIMIT 1000) newest)
    SELECT count(*)::float8 AS unsigned, extract(epoch FROM now() - min(e.at))::float8 AS age
    FROM audit_entry e CROSS JOIN head LEFT JOIN audit_leaf l ON l.entry_id = e.id
    WHERE e.id >= (SELECT entry FROM signed) AND (l."index" IS NULL OR l."index" >= head.size)`;
  return [
    {
      name: 'weir_audit_unsigned_entries',
      help: 'Entries that no signed head covers yet.',
      values: [{ value: row?.unsigned ?? 0 }],
    },
    {
      name: 'weir_audit_unsigned_age_seconds',
      help: 'Age of the oldest of them; 0 when there is none.',
      values: [{ value: row?.age ?? 0 }],
    },
  ];
}

/** Without a value there is no sample: nothing has run yet. */
const optional = (name: string, help: string, value: number | null | undefined): Reading => ({
  name,
  help,
  values: value === null || value === undefined ? [] : [{ value }],
});
