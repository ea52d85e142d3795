/** `clusters export` */
import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { writeAudit } from '@/lib/audit/write-audit';
import { database } from '@/lib/database/client';
import { inTransaction } from '@/lib/database/transaction';
import { BEST_FIRST, lineInclude, SHOWN, toLine } from './cluster-line';

/** Clusters read at once; the accounts of each are in memory while its line is made. */
const BATCH = 50;

/**
 * One JSON object a line, without its line feed: every cluster that the latest run found and nobody dismissed, best
 * first. Writes one audit entry before the first line. @throws AppError forbidden
 */
export async function* exportClusters(actor: Actor): AsyncGenerator<string> {
  requireRight(actor, 'desk.read_sensitive');
  const all = await database().cluster.findMany({
    where: SHOWN,
    orderBy: BEST_FIRST,
    select: { id: true },
  });
  await inTransaction((tx) =>
    writeAudit(tx, actor, {
      verb: 'data.export',
      object: { type: 'export', id: 'clusters' },
      detail: { clusters: all.length },
    }),
  );
  for (let from = 0; from < all.length; from += BATCH) {
    const ids = all.slice(from, from + BATCH).map((cluster) => cluster.id);
    const batch = await database().cluster.findMany({ where: { id: { in: ids } }, include: lineInclude });
    const byId = new Map(batch.map((cluster) => [cluster.id, cluster]));
    for (const id of ids) {
      const cluster = byId.get(id);
      if (cluster) yield JSON.stringify(toLine(cluster));
    }
  }
}
