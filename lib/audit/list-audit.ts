import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { Prisma } from '@/lib/database/generated/client';
import { auditConditions } from './audit-conditions';
import { entryColumns, type StoredEntry, toAuditLine } from './audit-row';
import type { AuditFilter, AuditPage } from './filter-schema';
import { describeFolds, isFolded } from './fold-batches';

const PAGE = 100;

/** One page of the audit; the batches of an execution stand as one line. @throws AppError forbidden */
export async function listAudit(actor: Actor, filter: AuditFilter): Promise<AuditPage> {
  requireRight(actor, 'audit.read');
  const where = await auditConditions(actor, filter);
  const oldest = filter.order === 'oldest';
  const order = oldest ? Prisma.sql`id` : Prisma.sql`id DESC`;
  // One more than shown tells whether there is a next page.
  const found = await database().$queryRaw<StoredEntry[]>`
    SELECT ${entryColumns} FROM audit_entry e
    WHERE ${where} ${afterCursor(filter.cursor, oldest)} AND NOT ${isFolded(where)}
    ORDER BY e.${order} LIMIT ${PAGE + 1}`;
  const entries = found.slice(0, PAGE);
  const folds = await describeFolds(entries, where);
  const rows = entries.map((entry) => toAuditLine(actor, entry, folds.get(Number(entry.id)) ?? null));
  return { rows, next: found.length > PAGE ? (rows.at(-1)?.id ?? null) : null };
}

/** The batches behind one line of the list, newest first. @throws AppError forbidden */
export async function listFold(actor: Actor, filter: AuditFilter, headId: number): Promise<AuditPage> {
  requireRight(actor, 'audit.read');
  const where = await auditConditions(actor, { ...filter, cursor: undefined });
  const head = await database().auditEntry.findUnique({ where: { id: headId } });
  if (!head) return { rows: [], next: null };
  const fold = (await describeFolds([{ ...head, id: headId }], where)).get(headId);
  if (!fold) return { rows: [], next: null };
  const found = await database().$queryRaw<StoredEntry[]>`
    SELECT ${entryColumns} FROM audit_entry e
    WHERE e.object_type = ${head.objectType} AND e.object_id = ${head.objectId} AND e.verb = ${head.verb}
      AND e.id BETWEEN ${fold.firstId} AND ${headId} ${afterCursor(filter.cursor, false)} AND ${where}
    ORDER BY e.id DESC LIMIT ${PAGE + 1}`;
  const rows = found.slice(0, PAGE).map((entry) => toAuditLine(actor, entry, null));
  return { rows, next: found.length > PAGE ? (rows.at(-1)?.id ?? null) : null };
}

function afterCursor(cursor: number | undefined, oldest: boolean): Prisma.Sql {
  if (cursor === undefined) return Prisma.empty;
  return oldest ? Prisma.sql`AND e.id > ${cursor}` : Prisma.sql`AND e.id < ${cursor}`;
}
