/** An execution writes an entry a batch, hundreds for one ban. A list shows them as one line: all that lie between two
 * other steps of the same execution (start, pause, resume, stop), standing where the newest of them is. */
import { database } from '@/lib/database/client';
import { Prisma } from '@/lib/database/generated/client';
import type { AuditFold } from './filter-schema';
import { FOLDED_VERB } from './rules';

/** Entry e is a batch and a later one that matches too stands for it. The next step of its execution tells, found in
 * the index of objects. */
export function isFolded(where: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(e.verb = ${FOLDED_VERB} AND COALESCE((
    SELECT next.verb = ${FOLDED_VERB} FROM audit_entry next
    WHERE next.object_type = e.object_type AND next.object_id = e.object_id AND next.id > e.id
      AND next.outcome = e.outcome AND (${isOtherStep('next')} OR next.verb = ${FOLDED_VERB} AND ${where})
    ORDER BY next.id LIMIT 1), FALSE))`;
}

function isOtherStep(alias: 'next' | 'step'): Prisma.Sql {
  const verb = Prisma.raw(`${alias}.verb`);
  return Prisma.sql`(${verb} LIKE 'enforcement.%' AND ${verb} <> ${FOLDED_VERB})`;
}

interface Head {
  id: number | bigint;
  verb: string;
}

/** What the lines that stand for batches stand for, by the id of the line's own entry; single batches are left out.
 * @param where the list's filter: batches that do not match are not counted */
export async function describeFolds(
  entries: readonly Head[],
  where: Prisma.Sql,
): Promise<ReadonlyMap<number, AuditFold>> {
  const heads = entries.filter((entry) => entry.verb === FOLDED_VERB).map((entry) => Number(entry.id));
  if (heads.length === 0) return new Map();
  const rows = await database().$queryRaw<(Omit<AuditFold, 'firstAt'> & { head: number; firstAt: Date })[]>`
    SELECT head.id::float8 AS head, batches.*
    FROM audit_entry head
    CROSS JOIN LATERAL (
      SELECT COALESCE(max(step.id), 0) AS id FROM audit_entry step
      WHERE step.object_type = head.object_type AND step.object_id = head.object_id AND step.id < head.id
        AND step.outcome = head.outcome AND ${isOtherStep('step')}
    ) before
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS entries, min(id)::float8 AS "firstId", min(at) AS "firstAt",
        COALESCE(array_agg(DISTINCT ${wholeNumber('stage')}) FILTER (WHERE ${wholeNumber('stage')} IS NOT NULL), '{}') AS stages,
        COALESCE(sum(${wholeNumber('done')}), 0)::float8 AS done,
        COALESCE(sum(${wholeNumber('dead')}), 0)::float8 AS dead,
        COALESCE(sum(${wholeNumber('skipped')}), 0)::float8 AS skipped
      FROM audit_entry
      WHERE object_type = head.object_type AND object_id = head.object_id AND verb = ${FOLDED_VERB}
        AND outcome = head.outcome AND id <= head.id AND id > before.id AND ${where}
    ) batches
    WHERE head.id = ANY(${heads}::bigint[]) AND batches.entries > 1`;
  return new Map(
    rows.map(({ head, firstAt, ...fold }) => [head, { ...fold, firstAt: firstAt.toISOString() }]),
  );
}

/** A figure of the detail, or NULL where somebody wrote something else there. */
function wholeNumber(key: 'stage' | 'done' | 'dead' | 'skipped'): Prisma.Sql {
  return Prisma.sql`CASE WHEN detail->>${key} ~ '^\\d{1,9}$' THEN (detail->>${key})::int END`;
}
