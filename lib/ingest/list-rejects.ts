import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';

export interface RejectRow {
  runId: number;
  source: string;
  line: number;
  reason: string;
}

/** How many are read at most; ten runs full of them. */
const MOST = 10_000;

/**
 * Lines that were not taken and why, newest run first and by line within it: the first thousand of each run, of one
 * run or of the newest. Reasons hold nothing that the lines quoted. @throws AppError forbidden
 */
export async function listRejects(actor: Actor, runId?: number): Promise<RejectRow[]> {
  requireRight(actor, 'desk.read');
  const rows = await database().ingestReject.findMany({
    where: runId === undefined ? undefined : { runId },
    orderBy: [{ runId: 'desc' }, { ordinal: 'asc' }],
    take: MOST,
    include: { run: { select: { source: true } } },
  });
  return rows.map((row) => ({
    runId: row.runId,
    source: row.run.source,
    line: Number(row.line),
    reason: row.reason,
  }));
}
