import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { Prisma } from '@/lib/database/generated/client';
import { auditConditions } from './audit-conditions';
import { toAuditRow } from './audit-row';
import type { AuditFilter, AuditPage } from './schema';

const PAGE = 100;
/** The filter's menu holds no more; others are found by typing. */
const ACTORS = 200;

/** One page of the audit, newest first, with the counts beside it. @throws AppError forbidden */
export async function listAudit(actor: Actor, filter: AuditFilter): Promise<AuditPage> {
  requireRight(actor, 'audit.read');
  const where = auditConditions(filter);
  const page = filter.before ? Prisma.sql`${where} AND id < ${filter.before}` : where;
  const [found, [counts], [refused], actors] = await Promise.all([
    // One more than shown tells whether there is a next page.
    database().$queryRaw<RawRow[]>`
      SELECT id::float8 AS id, at, actor, actor_name AS "actorName", verb, object_type AS "objectType",
        object_id AS "objectId", object_label AS "objectLabel", outcome::text AS outcome, reason, before, after, detail
      FROM audit_entry WHERE ${page} ORDER BY audit_entry.id DESC LIMIT ${PAGE + 1}`,
    database().$queryRaw<{ total: number }[]>`SELECT count(*)::int AS total FROM audit_entry WHERE ${where}`,
    database().$queryRaw<{ refused: number }[]>`
      SELECT count(*)::int AS refused FROM audit_entry WHERE outcome = 'refused'`,
    listActors(),
  ]);
  const rows = found.slice(0, PAGE).map(toAuditRow);
  return {
    rows,
    total: counts?.total ?? 0,
    refused: refused?.refused ?? 0,
    next: found.length > PAGE ? (rows.at(-1)?.id ?? null) : null,
    actors,
  };
}

/** Everyone who stands in the audit. Jumps from actor to actor in their index: reading all entries would be slow. */
function listActors(): Promise<AuditPage['actors']> {
  return database().$queryRaw`
    WITH RECURSIVE each AS (
      (SELECT actor FROM audit_entry ORDER BY actor LIMIT 1)
      UNION ALL
      SELECT (SELECT e.actor FROM audit_entry e WHERE e.actor > each.actor ORDER BY e.actor LIMIT 1)
      FROM each WHERE each.actor IS NOT NULL
    )
    SELECT each.actor, last.name FROM each
    CROSS JOIN LATERAL (
      SELECT e.actor_name AS name FROM audit_entry e WHERE e.actor = each.actor ORDER BY e.id DESC LIMIT 1
    ) last
    ORDER BY lower(last.name), each.actor LIMIT ${ACTORS}`;
}

type RawRow = Parameters<typeof toAuditRow>[0];
