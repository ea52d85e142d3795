import { pool } from '@/lib/database/pool';
import type { Transaction } from '@/lib/database/transaction';
import { readSpan, type Span } from './ip-ranges';

export interface LiveEntry {
  listId: number;
  kind: string;
  value: string;
  /** Of networks and addresses (kind "cidr"). */
  span: Span | null;
}

const SQL = `
  SELECT e.list_id AS "listId", e.kind, e.value
  FROM infrastructure_entry e JOIN infrastructure_list l ON l.id = e.list_id
  WHERE e.held IS NULL AND l.ended_at IS NULL AND l.expires_at > $1
  ORDER BY e.list_id, e.line`;

/** The entries that count at a moment: of lists that are neither ended nor expired, without what is held. */
export async function readLiveEntries(at: Date, tx?: Transaction): Promise<LiveEntry[]> {
  // Outside of a transaction straight from the driver: there may be a hundred thousand.
  const rows = tx
    ? await tx.$queryRawUnsafe<Omit<LiveEntry, 'span'>[]>(SQL, at)
    : (await pool().query<Omit<LiveEntry, 'span'>>(SQL, [at])).rows;
  return rows.map((row) => ({ ...row, span: row.kind === 'cidr' ? readSpan(row.value) : null }));
}
