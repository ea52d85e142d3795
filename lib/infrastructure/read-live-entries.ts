import { database } from '@/lib/database/client';
import type { Transaction } from '@/lib/database/transaction';
import { readSpan, type Span } from './ip-ranges';

export interface LiveEntry {
  listId: number;
  kind: string;
  value: string;
  /** Of networks and addresses (kind "cidr"). */
  span: Span | null;
}

/** The entries that count at a moment: of lists that are neither ended nor expired, without what is held. */
export async function readLiveEntries(at: Date, tx?: Transaction): Promise<LiveEntry[]> {
  const rows = await (tx ?? database()).$queryRaw<{ listId: number; kind: string; value: string }[]>`
    SELECT e.list_id AS "listId", e.kind, e.value
    FROM infrastructure_entry e JOIN infrastructure_list l ON l.id = e.list_id
    WHERE e.held IS NULL AND l.ended_at IS NULL AND l.expires_at > ${at}
    ORDER BY e.list_id, e.line`;
  return rows.map((row) => ({ ...row, span: row.kind === 'cidr' ? readSpan(row.value) : null }));
}
