import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { entryColumns, type StoredEntry, toAuditRow } from './audit-row';
import { objectRef } from './object-ref';
import type { AuditRow, ObjectType } from './schema';

const LIMIT = 500;

/** What happened to one object, newest first, at most the last 500 entries; who merely read it is left to the audit page. Clusters and proposals go
 * by number or as CL-12, P-3. @throws AppError forbidden */
export async function getAuditHistory(
  actor: Actor,
  objectType: ObjectType,
  objectId: string,
): Promise<AuditRow[]> {
  requireRight(actor, 'audit.read');
  const rows = await database().$queryRaw<StoredEntry[]>`
    SELECT ${entryColumns} FROM audit_entry e
    WHERE e.object_type = ${objectType} AND e.object_id = ${objectRef(objectType, objectId)}
    ORDER BY e.id DESC LIMIT ${LIMIT}`;
  return rows.map((row) => toAuditRow(actor, row));
}
