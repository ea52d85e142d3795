import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { Prisma } from '@/lib/database/generated/client';
import { auditConditions } from './audit-conditions';
import type { AuditCounts, AuditFilter, AuditTotal } from './filter-schema';

/** Counting further would keep the page waiting and tell nobody more. */
const COUNTED = 20_000;
/** The filter's menu holds no more; others are found by typing. */
const ACTORS = 200;

/** How much there is: entries that match, refused ones among all, and who stands in the audit.
 * @throws AppError forbidden */
export async function countAudit(actor: Actor, filter: AuditFilter): Promise<AuditCounts> {
  requireRight(actor, 'audit.read');
  const where = await auditConditions(actor, filter);
  const [total, refused, actors] = await Promise.all([
    countWhere(where),
    countWhere(Prisma.sql`outcome = 'refused'`),
    listActors(),
  ]);
  return { total, refused, actors };
}

async function countWhere(where: Prisma.Sql): Promise<AuditTotal> {
  const [counted] = await database().$queryRaw<{ entries: number }[]>`
    SELECT count(*)::int AS entries
    FROM (SELECT FROM audit_entry WHERE ${where} LIMIT ${COUNTED + 1}) counted`;
  const entries = counted?.entries ?? 0;
  if (entries <= COUNTED) return { entries, exact: true };
  return { entries: Math.max(COUNTED, await estimate(where)), exact: false };
}

/** Nobody reads a larger figure while waiting for a list. */
const MOST_NEWER = 1_000;

/** Entries after this one that match, at most a thousand. @throws AppError forbidden */
export async function countNewer(actor: Actor, filter: AuditFilter, id: number): Promise<number> {
  requireRight(actor, 'audit.read');
  const where = await auditConditions(actor, filter);
  const [row] = await database().$queryRaw<{ entries: number }[]>`
    SELECT count(*)::int AS entries FROM (
      SELECT FROM audit_entry WHERE id > ${id} AND ${where} LIMIT ${MOST_NEWER}) newer`;
  return row?.entries ?? 0;
}

/** Rows that Postgres itself expects, to two figures. */
async function estimate(where: Prisma.Sql): Promise<number> {
  const [row] = await database().$queryRaw<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }[]>`
    EXPLAIN (FORMAT JSON) SELECT FROM audit_entry WHERE ${where}`;
  const rows = row?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0;
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, rows))) - 1);
  return Math.round(rows / unit) * unit;
}

/** Everyone who stands in the audit. Jumps from actor to actor in their index: reading all entries would be slow. */
function listActors(): Promise<AuditCounts['actors']> {
  return database().$queryRaw`
    WITH RECURSIVE each AS (
      (SELECT actor FROM audit_entry ORDER BY actor LIMIT 1)
      UNION ALL
      SELECT (SELECT e.actor FROM audit_entry e WHERE e.actor > each.actor ORDER BY e.actor LIMIT 1)
      FROM each WHERE each.actor IS NOT NULL
    )
    SELECT each.actor, last.name FROM (SELECT actor FROM each WHERE actor IS NOT NULL) each
    CROSS JOIN LATERAL (
      SELECT e.actor_name AS name FROM audit_entry e WHERE e.actor = each.actor
      -- By both columns, so that the index of actors is taken and not all entries from the newest on.
      ORDER BY e.actor DESC, e.id DESC LIMIT 1
    ) last
    ORDER BY lower(last.name), each.actor LIMIT ${ACTORS}`;
}
