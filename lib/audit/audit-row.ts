/** Entries as the database gives them, and as readers see them. */
import { may } from '@/lib/access/rules';
import type { Actor } from '@/lib/access/schema';
import { Prisma } from '@/lib/database/generated/client';
import type { AuditFold, AuditLine } from './filter-schema';
import { hideAddresses, hideSensitive } from './rules';
import type { AuditRow } from './schema';

/** The id as number or bigint, JSON as it was written. */
export type StoredEntry = Omit<AuditRow, 'id' | 'at' | 'before' | 'after' | 'detail'> & {
  id: number | bigint;
  at: Date;
  before: unknown;
  after: unknown;
  detail: unknown;
};

/** Columns of `audit_entry e` as a StoredEntry. */
export const entryColumns = Prisma.sql`e.id::float8 AS id, e.at, e.actor, e.actor_name AS "actorName", e.verb,
  e.object_type AS "objectType", e.object_id AS "objectId", e.object_label AS "objectLabel",
  e.outcome::text AS outcome, e.reason, e.before, e.after, e.detail,
  (SELECT l."index"::float8 FROM audit_leaf l WHERE l.entry_id = e.id) AS "index",
  (SELECT encode(l.hash, 'hex') FROM audit_leaf l WHERE l.entry_id = e.id) AS leaf`;

/** The entry as this reader may see it: without addresses and prompts unless they have 'desk.read_sensitive'. */
export function toAuditRow(reader: Actor, entry: StoredEntry): AuditRow {
  const row = {
    id: Number(entry.id),
    index: entry.index,
    leaf: entry.leaf,
    at: entry.at.toISOString(),
    actor: entry.actor,
    actorName: entry.actorName,
    verb: entry.verb,
    objectType: entry.objectType,
    objectId: entry.objectId,
    objectLabel: entry.objectLabel,
    outcome: entry.outcome,
    reason: entry.reason,
    before: toObject(entry.before),
    after: toObject(entry.after),
    detail: toObject(entry.detail),
  };
  if (may(reader, 'desk.read_sensitive')) return row;
  return {
    ...row,
    objectId: hideAddresses(row.objectId),
    objectLabel: row.objectLabel && hideAddresses(row.objectLabel),
    reason: row.reason && hideAddresses(row.reason),
    before: hideSensitive(row.before) as AuditRow['before'],
    after: hideSensitive(row.after) as AuditRow['after'],
    detail: hideSensitive(row.detail) as AuditRow['detail'],
  };
}

function toObject(json: unknown): Record<string, unknown> | null {
  return json !== null && typeof json === 'object' && !Array.isArray(json)
    ? (json as Record<string, unknown>)
    : null;
}

/** Characters of JSON that a field of a line may take; a batch lists its accounts in far more. */
const MOST_OF_A_FIELD = 400;

export function toAuditLine(reader: Actor, entry: StoredEntry, fold: AuditFold | null): AuditLine {
  const row = toAuditRow(reader, entry);
  const [before, after, detail] = [row.before, row.after, row.detail].map(shorten) as [Short, Short, Short];
  return {
    ...row,
    before: before.fields,
    after: after.fields,
    detail: detail.fields,
    shortened: before.shortened || after.shortened || detail.shortened,
    fold,
  };
}

interface Short {
  fields: Record<string, unknown> | null;
  shortened: boolean;
}

function shorten(fields: Record<string, unknown> | null): Short {
  if (fields === null) return { fields, shortened: false };
  const all = Object.entries(fields);
  const kept = all.filter(([, value]) => (JSON.stringify(value) ?? '').length <= MOST_OF_A_FIELD);
  return { fields: Object.fromEntries(kept), shortened: kept.length < all.length };
}
