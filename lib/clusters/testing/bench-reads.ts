/**
 * `npm run bench:reads [-- MEMBERS]`: what the pages of one cluster and of its sampled review read and write, once in
 * a cluster of 200 members and once in one of MEMBERS (20,000), in a Postgres of its own. What a page shows is
 * bounded, so its cost should hardly follow the cluster's size: the last column is the ratio.
 */

import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Person } from '@/lib/access/schema';
import { closeDatabase } from '@/lib/database/client';
import { startEmbeddedPostgres, stopEmbeddedPostgres } from '@/lib/database/embedded-postgres';
import { migrate } from '@/lib/database/migrate';
import { ownerPool, pool } from '@/lib/database/pool';
import { prepareAppRole } from '@/lib/database/prepare-app-role';
import { makeWeeks } from '@/lib/ingest/testing/make-weeks';
import { decideCluster } from '../decide-cluster';
import { explainMember } from '../explain-member';
import { getCluster } from '../get-cluster';
import { getTimeline } from '../get-timeline';
import { listMembers } from '../list-members';
import { type MemberFilter, readMemberFilter } from '../member-filter';
import { getRegrowth } from '../regrowth/get-regrowth';
import { getReview } from '../review/get-review';
import { judgeAccount } from '../review/judge-account';
import { listReviewsOf } from '../review/list-reviews';
import { takeReview } from '../review/take-review';
import { insertCluster, insertUser } from './fixtures';

const SMALL = 200;
const LARGE = Number(process.argv[2] ?? 20_000);
const ROUNDS = 5;
/** Addresses of each account, each on a day of its own, beside its card and its device. */
const ADDRESSES = 20;
const DAY = '2026-09-20';

/** Members that all ask for much the same, on a card to 4,000, a device to a hundred, and addresses of their own. */
async function fill(clusterId: number, members: number): Promise<void> {
  const prefix = `c${clusterId}`;
  await pool().query(
    `WITH made AS (
       INSERT INTO account (id, created_at, first_seen_at, last_seen_at, exchanges, plan)
       SELECT $1 || '-' || n, '2026-08-01', '2026-09-01', '${DAY}', 240, 'free' FROM generate_series(1, $2::int) AS n
       RETURNING key)
     INSERT INTO cluster_member (cluster_id, account_key, role, strength, kinds, joined_run_id)
     SELECT $3, key, 'core', 0.9 - (key % 100) / 500.0, '{payment,device}', (SELECT run_id FROM cluster WHERE id = $3)
     FROM made`,
    [prefix, members, clusterId],
  );
  await pool().query('UPDATE cluster SET accounts = $2 WHERE id = $1', [clusterId, members]);
  // Values are numbered so that those of one cluster are no other's.
  const first = clusterId * 10_000_000;
  await pool().query(
    `INSERT INTO indicator (id, kind, value)
     SELECT $1::bigint + n, CASE WHEN n < 10 THEN 'payment' WHEN n < 1000 THEN 'device' ELSE 'ip' END, $2 || '-' || n
     FROM generate_series(0, 1000 + $3::int * $4::int) AS n`,
    [first, prefix, members, ADDRESSES],
  );
  await pool().query(
    `INSERT INTO account_indicator (account_key, indicator_id, day, count)
     SELECT key, $1::bigint + v, '${DAY}', 1 FROM (
       SELECT account_key AS key, row_number() OVER (ORDER BY account_key) - 1 AS n FROM cluster_member WHERE cluster_id = $2) m
     CROSS JOIN LATERAL (
       SELECT n / 4000 AS v UNION ALL SELECT 10 + n / 100 UNION ALL
       SELECT 1000 + n * $3::int + a FROM generate_series(1, $3::int) AS a) AS held`,
    [first, clusterId, ADDRESSES],
  );
  await pool().query(
    `INSERT INTO account_hour (account_key, hour, class, model_id, exchanges, input_tokens, output_tokens)
     SELECT m.account_key, '${DAY}'::timestamptz + make_interval(hours => h), h % 3, 1, 10, 100, 1000
     FROM cluster_member m CROSS JOIN generate_series(0, 23) AS h WHERE m.cluster_id = $1`,
    [clusterId],
  );
  await pool().query(
    `INSERT INTO cluster_hour (cluster_id, hour, class, exchanges, input_tokens, output_tokens)
     SELECT m.cluster_id, h.hour, h.class, sum(h.exchanges), sum(h.input_tokens), sum(h.output_tokens)
     FROM cluster_member m JOIN account_hour h ON h.account_key = m.account_key
     WHERE m.cluster_id = $1 GROUP BY 1, 2, 3`,
    [clusterId],
  );
}

/** Milliseconds of each step: the median of a few rounds, or of the one time that something can be done. */
async function measure(clusterId: number, first: Person, second: Person): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  const once = async (what: string, work: () => Promise<unknown>) => {
    const began = performance.now();
    await work();
    found.set(what, performance.now() - began);
  };
  const read = async (what: string, work: () => Promise<unknown>) => {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const began = performance.now();
      await work();
      times.push(performance.now() - began);
    }
    found.set(what, times.sort((a, b) => a - b)[ROUNDS >> 1] ?? 0);
  };
  const members = (filter: Partial<MemberFilter>) =>
    listMembers(first, clusterId, { ...readMemberFilter([]), ...filter });
  const { rows, total } = await members({});
  await read('cluster', () => getCluster(first, clusterId));
  await read('timeline', () => getTimeline(first, clusterId));
  await read('members, first page', () => members({}));
  await read('members, last page', () => members({ offset: total - 100, sort: 'exchanges' }));
  await read('why an account is in', () => explainMember(first, clusterId, rows[0]?.accountId ?? ''));
  await read('regrowth', () => getRegrowth(first, clusterId));
  await once('confirm, with its sample', () =>
    decideCluster(first, { verdict: 'confirm', clusterId, reasonCode: 'distillation', reason: 'bench' }),
  );
  const [review] = await listReviewsOf(second, clusterId);
  const reviewId = review?.id ?? 0;
  await once('take the review up', () => takeReview(second, { reviewId }));
  await read('review', () => getReview(second, reviewId));
  await read('judge an account', () =>
    judgeAccount(second, { reviewId, ordinal: 1, verdict: 'belongs', reasonCode: 'identity', note: '' }),
  );
  return found;
}

const folder = mkdtempSync(path.join(tmpdir(), 'weir-bench-'));
chmodSync(folder, 0o711);
const server = await startEmbeddedPostgres(folder);
process.env.DATABASE_URL = server.url;
try {
  await migrate(server.url);
  await prepareAppRole(server.url);
  await makeWeeks(DAY);
  await pool().query("INSERT INTO model (id, name) VALUES (1, 'atlas-3') ON CONFLICT DO NOTHING");
  const [first, second] = [await insertUser('analyst'), await insertUser('approver')];
  const sizes = [SMALL, LARGE];
  const results: Map<string, number>[] = [];
  for (const size of sizes) {
    const clusterId = await insertCluster({ status: 'open' }, [], [{}]);
    await fill(clusterId, size);
    await ownerPool().query('ANALYZE');
    // The first read of each kind pays for plans and connections.
    await getCluster(first, clusterId);
    results.push(await measure(clusterId, first, second));
  }
  const [small, large] = results;
  console.log(
    `${'milliseconds, of members'.padEnd(28)}${sizes.map((size) => String(size).padStart(9)).join('')}    ratio`,
  );
  for (const [what, time] of large ?? []) {
    const before = small?.get(what) ?? Number.NaN;
    console.log(
      `${what.padEnd(28)}${before.toFixed(1).padStart(9)}${time.toFixed(1).padStart(9)}${(time / before).toFixed(1).padStart(9)}`,
    );
  }
} finally {
  await closeDatabase();
  await stopEmbeddedPostgres(server.pid);
  rmSync(folder, { recursive: true, force: true });
}
