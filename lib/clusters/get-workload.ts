import { requireRight } from '@/lib/access/require-right';
import { RIGHTS } from '@/lib/access/rules';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { readSetting } from '@/lib/settings/read-setting';
import { triageLimitsSetting } from './triage-settings-schema';
import type { Workload, WorkloadRow } from './workload-schema';

const HOUR_MS = 3_600_000;
const MONTH_MS = 30 * 24 * HOUR_MS;

/** @throws AppError forbidden */
export async function getWorkload(actor: Actor, now = new Date()): Promise<Workload> {
  requireRight(actor, 'desk.read');
  const { value: limits, version: limitsVersion } = await readSetting(triageLimitsSetting);
  const lateBefore = new Date(now.getTime() - limits.decideHours * HOUR_MS);
  const since = new Date(now.getTime() - MONTH_MS);
  const [people, ages] = await Promise.all([
    listPeople(lateBefore, since),
    countAges(now, limits.claimHours),
  ]);
  return { limits, limitsVersion, people, ...ages };
}

/** Everybody who may claim, or who has something claimed. */
function listPeople(lateBefore: Date, since: Date): Promise<WorkloadRow[]> {
  return database().$queryRaw<WorkloadRow[]>`
    SELECT u.id, u.name, u.role::text, held.*, decided.*, looked.*
    FROM app_user u
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS "inReview", (count(*) FILTER (WHERE c.claimed_at < ${lateBefore}))::int AS late,
        to_char(min(c.claimed_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "oldestAt"
      FROM cluster c WHERE c.assignee_id = u.id AND c.status = 'in_review') held
    CROSS JOIN LATERAL (
      SELECT (count(*) FILTER (WHERE d.verdict = 'confirm'))::int AS confirmed,
        (count(*) FILTER (WHERE d.verdict = 'dismiss'))::int AS dismissed,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM d.at - (d.before->>'claimedAt')::timestamptz))::float8
          AS "medianSeconds"
      FROM decision d WHERE d.author_id = u.id AND d.at >= ${since} AND d.undone_at IS NULL AND d.verdict <> 'reopen') decided
    CROSS JOIN LATERAL (
      SELECT (count(*) FILTER (WHERE i.verdict = 'belongs'))::int AS agreed,
        (count(*) FILTER (WHERE i.verdict IN ('belongs', 'does_not')))::int AS judged
      FROM review r JOIN review_item i ON i.review_id = r.id
      WHERE r.confirmed_by_id = u.id AND i.inside AND r.finished_at IS NOT NULL) looked
    WHERE (u.disabled_at IS NULL AND u.role::text = ANY(${[...RIGHTS['cluster.claim']]}::text[])) OR held."inReview" > 0
    ORDER BY held.late DESC, held."inReview" DESC, u.name, u.id`;
}

async function countAges(
  now: Date,
  claimHours: number,
): Promise<Pick<Workload, 'unclaimed' | 'unclaimedLate' | 'ages'>> {
  const where = { status: 'open', active: true, mutedById: null, assigneeId: null } as const;
  const before = (hours: number) => new Date(now.getTime() - hours * HOUR_MS);
  const count = (createdAt?: { gt?: Date; lte?: Date }) =>
    database().cluster.count({ where: { ...where, ...(createdAt && { createdAt }) } });
  const [unclaimed, unclaimedLate, day, week, month] = await Promise.all([
    count(),
    count({ lte: before(claimHours) }),
    count({ gt: before(24) }),
    count({ gt: before(24 * 7) }),
    count({ lte: before(24 * 30) }),
  ]);
  const filter = (age: string) => `/clusters?status=open&who=nobody&age=${age}&sort=age`;
  return {
    unclaimed,
    unclaimedLate,
    ages: [
      { label: 'under a day', filter: filter('under-1d'), count: day },
      { label: 'under 7 days', filter: filter('under-7d'), count: week },
      { label: 'over 7 days', filter: filter('over-7d'), count: unclaimed - week },
      { label: 'over 30 days', filter: filter('over-30d'), count: month },
    ],
  };
}
