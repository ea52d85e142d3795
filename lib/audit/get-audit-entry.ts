import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { AppError } from '@/lib/errors';
import { entryColumns, type StoredEntry, toAuditRow } from './audit-row';
import type { AuditRow } from './schema';

/** One entry with all that it holds. @throws AppError forbidden, not_found */
export async function getAuditEntry(actor: Actor, id: number): Promise<AuditRow> {
  requireRight(actor, 'audit.read');
  const [entry] = Number.isSafeInteger(id)
    ? await database().$queryRaw<StoredEntry[]>`
        SELECT ${entryColumns} FROM audit_entry e WHERE e.id = ${id}`
    : [];
  if (!entry) throw new AppError('not_found', `The audit has no entry ${id}. Look for it in the list.`);
  return toAuditRow(actor, entry);
}
