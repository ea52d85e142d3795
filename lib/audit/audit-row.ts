import type { AuditRow } from './schema';

/** An entry as the database gives it: the id as number or bigint, JSON as it was written. */
export type StoredEntry = Omit<AuditRow, 'id' | 'at' | 'before' | 'after' | 'detail'> & {
  id: number | bigint;
  at: Date;
  before: unknown;
  after: unknown;
  detail: unknown;
};

export function toAuditRow(entry: StoredEntry): AuditRow {
  return {
    ...entry,
    id: Number(entry.id),
    at: entry.at.toISOString(),
    before: toObject(entry.before),
    after: toObject(entry.after),
    detail: toObject(entry.detail),
  };
}

function toObject(json: unknown): Record<string, unknown> | null {
  return json !== null && typeof json === 'object' && !Array.isArray(json)
    ? (json as Record<string, unknown>)
    : null;
}
