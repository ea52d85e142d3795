import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { entryColumns, type StoredEntry, toAuditRow } from '../audit-row';
import { type ExportedEntry, toExported } from '../exported-entry';

const WORKER: Actor = { kind: 'system', name: 'worker' };

/** What stands for an entry whose place is in the log though it is gone from the database. */
type MissingEntry = { index: number; leaf: string; missing: true };

export type PlacedEntry = ExportedEntry | MissingEntry;

/** Entries of the log from a place on, in its order, without gaps. */
export async function readPlaced(from: number, limit: number): Promise<PlacedEntry[]> {
  const rows = await database().$queryRaw<(StoredEntry & { place: number; hash: string })[]>`
    SELECT l."index"::float8 AS place, encode(l.hash, 'hex') AS hash, ${entryColumns}
    FROM audit_leaf l LEFT JOIN audit_entry e ON e.id = l.entry_id
    WHERE l."index" >= ${from} ORDER BY l."index" LIMIT ${limit}`;
  return rows.map((row) =>
    row.id === null
      ? { index: row.place, leaf: row.hash, missing: true }
      : toExported({ ...toAuditRow(WORKER, row), index: row.place, leaf: row.hash }),
  );
}
