import { database } from '@/lib/database/client';
import { AppError } from '@/lib/errors';

/** A status resource (section 4.3.1). */
export interface TaxiiStatus {
  id: string;
  status: 'complete';
  request_timestamp: string;
  total_count: number;
  success_count: number;
  successes?: { id: string; version: string }[];
  failure_count: number;
  failures?: { id: string; version: string; message: string }[];
  pending_count: number;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What became of what this key wrote. @throws AppError not_found, for another key's too */
export async function readStatus(keyId: number, id: string): Promise<TaxiiStatus> {
  const row = UUID.test(id) ? await database().taxiiStatus.findUnique({ where: { id, keyId } }) : null;
  if (!row) throw new AppError('not_found', 'There is no such status for this key.');
  return row.answer as unknown as TaxiiStatus;
}
