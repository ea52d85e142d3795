import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { toAuditRow } from './audit-row';
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
  const rows = await database().auditEntry.findMany({
    where: { verb: { not: 'data.read' }, objectType, objectId: objectRef(objectType, objectId) },
    orderBy: { id: 'desc' },
    take: LIMIT,
  });
  return rows.map((row) => toAuditRow(actor, row));
}
