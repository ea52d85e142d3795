import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import type { IngestRunRow } from './run-schema';

/** The newest files and requests that came in, with what became of their lines. @throws AppError forbidden */
export async function listIngestRuns(actor: Actor, limit = 20): Promise<IngestRunRow[]> {
  requireRight(actor, 'desk.read');
  const rows = await database().ingestRun.findMany({ orderBy: { id: 'desc' }, take: limit });
  return rows.map((row) => ({
    id: row.id,
    source: row.source,
    format: row.format,
    state: row.state,
    simulated: row.simulated,
    startedAt: row.startedAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    accepted: Number(row.accepted),
    rejected: Number(row.rejected),
    duplicates: Number(row.duplicates),
    lastRecordAt: row.lastRecordAt?.toISOString() ?? null,
  }));
}
