/** Erases what entries say of one account or person. The log keeps the commitments, so every proof stays whole. */
import type { Transaction } from '@/lib/database/transaction';
import { type LoggedEntry, replaceIn, type Salts } from './log/leaf';
import { commitment, ERASED, saltOf } from './log/personal-values';
import { SEQUENCER_LOCK } from './sequence-entries';

/** Entries looked at in one go. */
const BATCH = 500;

type Row = LoggedEntry & { seed: Uint8Array | null } & Omit<Salts, 'seed'>;

/**
 * Erases every personal value of the audit that is one of `values`, or a text that mentions one as a whole word.
 * Names of actors stay: whoever acts at the desk answers for it.
 * @param values account id, display name, e-mail and the like; blank ones are left out
 * @param exact values that are erased only where nothing else stands, as an id "12" that many a reason mentions
 * @returns how many entries and values were erased
 */
export async function forgetPersonalData(
  tx: Transaction,
  values: readonly string[],
  exact: readonly string[] = [],
): Promise<{ entries: number; values: number }> {
  const wanted = [...new Set(values.map((value) => value.trim()).filter((value) => value !== ''))];
  const erased = { entries: 0, values: 0 };
  if (wanted.length + exact.length === 0) return erased;
  // No entry gets its place, and with it its commitments, while its values go.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${SEQUENCER_LOCK})`;
  const mentioned = mentioning(wanted);
  const mentions = (text: string) => exact.includes(text) || mentioned(text);
  for (let after = 0; ; ) {
    const rows = await findMentions(tx, [...wanted, ...exact], after);
    for (const row of rows) {
      const gone = await eraseIn(tx, row, mentions);
      if (gone > 0) erased.entries++;
      erased.values += gone;
    }
    const last = rows.at(-1);
    if (!last) return erased;
    after = last.id;
  }
}

/** True for a text that is one of the values or holds one between word boundaries: "acct_1" is not in "acct_12". */
function mentioning(values: readonly string[]): (text: string) => boolean {
  if (values.length === 0) return () => false;
  const any = values.map((value) =>
    value.replaceAll(/[^\p{L}\p{N}_]/gu, (each) => `\\u{${each.codePointAt(0)?.toString(16)}}`),
  );
  const words = new RegExp(`(?<![\\p{L}\\p{N}_-])(?:${any.join('|')})(?![\\p{L}\\p{N}_-])`, 'u');
  return (text) => words.test(text);
}

/** Entries that hold one of the values anywhere, in the order of their ids; more than those that mention one. */
function findMentions(tx: Transaction, values: readonly string[], after: number): Promise<Row[]> {
  // As it stands within JSON's text.
  const quoted = values.map((value) => JSON.stringify(value).slice(1, -1));
  return tx.$queryRaw<Row[]>`
    SELECT e.id::float8 AS id, e.at, e.actor, e.actor_name, e.verb, e.object_type, e.object_id, e.object_label,
      e.outcome::text AS outcome, e.reason, e.before, e.after, e.detail, s.seed, s.salts, s.erased
    FROM audit_entry e LEFT JOIN audit_salt s ON s.entry_id = e.id
    WHERE e.id > ${after}::bigint AND (
      EXISTS (SELECT FROM unnest(${values}::text[]) v
        WHERE strpos(concat_ws(' ', e.object_id, e.object_label, e.reason), v) > 0)
      OR EXISTS (SELECT FROM unnest(${quoted}::text[]) v
        WHERE strpos(concat_ws(' ', e.before::text, e.after::text, e.detail::text), v) > 0))
    ORDER BY e.id LIMIT ${BATCH}::int`;
}

/** Erases what mentions a value in one entry. @returns how many values that were */
async function eraseIn(tx: Transaction, row: Row, mentions: (text: string) => boolean): Promise<number> {
  const seed = row.seed && Buffer.from(row.seed);
  const kept: Record<string, string> = {};
  const gone: Record<string, string> = { ...row.erased };
  let count = 0;
  const left = replaceIn(row, (path, value) => {
    if (path in gone) return value;
    const salt = seed ? saltOf(seed, path) : (row.salts?.[path] ?? '');
    if (path === '/actor_name' || !mentions(value)) {
      kept[path] = salt;
      return value;
    }
    gone[path] = commitment(salt, value);
    count++;
    return ERASED;
  });
  if (count === 0) return 0;
  const { id, object_id, object_label, actor_name, reason, before, after, detail } = left;
  const entry = { id, object_id, object_label, actor_name, reason, before, after, detail };
  await tx.$executeRaw`
    SELECT audit_erase(${JSON.stringify(entry)}::jsonb, ${JSON.stringify(kept)}::jsonb, ${JSON.stringify(gone)}::jsonb)`;
  return count;
}
