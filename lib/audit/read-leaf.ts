import type pg from 'pg';
import { type LoggedEntry, type Openings, type Salts, toLeaf } from './log/leaf';
import { ENTRY_COLUMNS } from './sequence-entries';

/** An entry with its place in the log and what hides its personal values. */
type PlacedEntry = LoggedEntry & Salts & { index: number; hash: Buffer };

/** Columns of a PlacedEntry; `l` is the leaf, `e` the entry, `s` its salts. */
const PLACED_COLUMNS = `l."index", l.hash, s.seed, s.salts, s.erased, ${ENTRY_COLUMNS}`;

/** The leaf of an entry by its id; null when it has no place yet. */
export async function readLeaf(
  client: pg.ClientBase | pg.Pool,
  entryId: number,
): Promise<{ index: number; hash: Buffer; text: string; open: Openings } | null> {
  const { rows } = await client.query<PlacedEntry>(
    `SELECT ${PLACED_COLUMNS} FROM audit_leaf l JOIN audit_entry e ON e.id = l.entry_id
     LEFT JOIN audit_salt s ON s.entry_id = l.entry_id WHERE l.entry_id = $1`,
    [entryId],
  );
  const entry = rows[0];
  if (!entry) return null;
  return { index: entry.index, hash: entry.hash, ...toLeaf(entry, entry.index, entry) };
}
