import type pg from 'pg';
import { type LoggedEntry, type Openings, type Salts, toLeaf } from './log/leaf';
import { ENTRY_COLUMNS } from './sequence-entries';

interface Place {
  index: number;
  /** The hash that was logged. */
  hash: Buffer;
}

/** A place of the log with the leaf that its entry gives today; null when the entry is gone. */
export interface PlacedLeaf extends Place {
  entryId: number;
  leaf: { text: string; open: Openings } | null;
}

type Row = Place & { entry_id: number; id: number | null } & Omit<LoggedEntry, 'id'> & Salts;

const SELECT = `SELECT l."index", l.hash, l.entry_id, s.seed, s.salts, s.erased, ${ENTRY_COLUMNS}
  FROM audit_leaf l LEFT JOIN audit_entry e ON e.id = l.entry_id LEFT JOIN audit_salt s ON s.entry_id = l.entry_id`;

/** The leaf of an entry by its id; null when it has no place yet. */
export async function readLeaf(client: pg.ClientBase | pg.Pool, entryId: number): Promise<PlacedLeaf | null> {
  const { rows } = await client.query<Row>(`${SELECT} WHERE l.entry_id = $1`, [entryId]);
  return rows[0] ? toPlacedLeaf(rows[0]) : null;
}

/** Leaves [from, to) in their order. */
export async function readLeaves(client: pg.ClientBase, from: number, to: number): Promise<PlacedLeaf[]> {
  const { rows } = await client.query<Row>(
    `${SELECT} WHERE l."index" >= $1 AND l."index" < $2 ORDER BY l."index"`,
    [from, to],
  );
  return rows.map(toPlacedLeaf);
}

function toPlacedLeaf(row: Row): PlacedLeaf {
  const { index, hash, entry_id: entryId, id } = row;
  const salts: Salts = { seed: row.seed, salts: row.salts, erased: row.erased };
  const leaf = id === null ? null : toLeaf({ ...row, id }, index, salts);
  return { index, hash, entryId, leaf };
}
