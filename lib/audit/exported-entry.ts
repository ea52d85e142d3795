/** An entry as exports and streams give it: all that the screen shows, under names that do not change. */
import type { AuditRow } from './schema';
import { verbLabel } from './verb-words';

export const EXPORTED_FIELDS = [
  'index',
  'id',
  'at',
  'actor',
  'actor_name',
  'verb',
  'what',
  'object_type',
  'object_id',
  'object_label',
  'outcome',
  'reason',
  'before',
  'after',
  'detail',
  'leaf',
] as const;

export type ExportedEntry = Record<(typeof EXPORTED_FIELDS)[number], unknown>;

export function toExported(row: AuditRow): ExportedEntry {
  return {
    index: row.index,
    id: row.id,
    at: row.at,
    actor: row.actor,
    actor_name: row.actorName,
    verb: row.verb,
    what: verbLabel(row.verb),
    object_type: row.objectType,
    object_id: row.objectId,
    object_label: row.objectLabel,
    outcome: row.outcome,
    reason: row.reason,
    before: row.before,
    after: row.after,
    detail: row.detail,
    leaf: row.leaf,
  };
}
