/** An entry as the log holds it. docs/audit-log.md describes the format for those who write a verifier of their own. */
import { canonicalJson } from './canonical-json';
import { commitment, ERASED, type Replace, replacePersonal, saltOf } from './personal-values';

/** An entry as the database gives it. */
export interface LoggedEntry {
  id: number;
  at: Date;
  actor: string;
  actor_name: string;
  verb: string;
  object_type: string;
  object_id: string;
  object_label: string | null;
  outcome: string;
  reason: string | null;
  before: unknown;
  after: unknown;
  detail: unknown;
}

/** What hides its personal values: the seed, or what is left of it once some were erased. */
export interface Salts {
  seed: Buffer | null;
  salts: Record<string, string> | null;
  erased: Record<string, string> | null;
}

/** Salt and value of what a commitment in the leaf stands for, by path. */
export type Openings = Record<string, [salt: string, value: string]>;

/** Object types whose id names an account or a person by itself. */
const PERSONAL_OBJECTS = new Set(['account']);

/** Every personal text of an entry replaced; its columns by the paths they have in the leaf. */
export function replaceIn<Entry extends LoggedEntry>(entry: Entry, replace: Replace): Entry {
  const text = (path: string, value: string | null) => (value === null ? null : replace(path, value));
  return {
    ...entry,
    actor_name: replace('/actor_name', entry.actor_name),
    object_id: PERSONAL_OBJECTS.has(entry.object_type)
      ? replace('/object/id', entry.object_id)
      : entry.object_id,
    object_label: text('/object/label', entry.object_label),
    reason: text('/reason', entry.reason),
    before: replacePersonal(entry.before, '/before', replace),
    after: replacePersonal(entry.after, '/after', replace),
    detail: replacePersonal(entry.detail, '/detail', replace),
  };
}

/** The leaf's text (RFC 8785) and what opens its commitments. A value that is neither salted nor erased gets an empty
 * salt: its leaf then has another hash than the one that was logged, which is how tampering shows. */
export function toLeaf(entry: LoggedEntry, index: number, salts: Salts): { text: string; open: Openings } {
  const open: Openings = {};
  const hidden = replaceIn(entry, (path, value) => {
    const gone = value === ERASED ? salts.erased?.[path] : undefined;
    if (gone !== undefined) return gone;
    const salt = salts.seed ? saltOf(salts.seed, path) : (salts.salts?.[path] ?? '');
    open[path] = [salt, value];
    return commitment(salt, value);
  });
  const text = canonicalJson({
    v: 1,
    index,
    id: hidden.id,
    at: hidden.at.toISOString(),
    actor: hidden.actor,
    actor_name: hidden.actor_name,
    verb: hidden.verb,
    object: { type: hidden.object_type, id: hidden.object_id, label: hidden.object_label ?? undefined },
    outcome: hidden.outcome,
    reason: hidden.reason ?? undefined,
    before: hidden.before ?? undefined,
    after: hidden.after ?? undefined,
    detail: hidden.detail ?? undefined,
  });
  return { text, open };
}
