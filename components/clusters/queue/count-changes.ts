import type { ClusterRow } from '@/lib/clusters/schema';

/** How many clusters are new, gone or changed between the rows on screen and the ones just read. */
export function countChanges(shown: readonly ClusterRow[], latest: readonly ClusterRow[]): number {
  const before = new Map(shown.map((row) => [row.id, row]));
  let changes = 0;
  for (const row of latest) {
    const old = before.get(row.id);
    if (!old || old.updatedAt !== row.updatedAt || old.statusNote !== row.statusNote) changes++;
    before.delete(row.id);
  }
  return changes + before.size;
}
