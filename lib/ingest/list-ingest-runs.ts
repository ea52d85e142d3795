import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import type { IngestRunRow } from './run-schema';
import { linesPerSecond } from './throughput';

/** The newest files and requests that came in, with what became of their lines. @throws AppError forbidden */
export async function listIngestRuns(actor: Actor, limit = 20): Promise<IngestRunRow[]> {
  requireRight(actor, 'desk.read');
  const rows = await database().ingestRun.findMany({
    orderBy: { id: 'desc' },
    take: limit,
    omit: { coverage: true },
  });
  return rows.map((row) => {
    const lines = {
      startedAt: row.startedAt.toISOString(),
      finishedAt: row.finishedAt?.toISOString() ?? null,
      accepted: Number(row.accepted),
      rejected: Number(row.rejected),
      duplicates: Number(row.duplicates),
    };
    return {
      id: row.id,
      source: row.source,
      format: row.format,
      state: row.state,
      simulated: row.simulated,
      ...lines,
      lastRecordAt: row.lastRecordAt?.toISOString() ?? null,
      unknownKeys: Number(row.unknownKeys),
      linesPerSecond: linesPerSecond(lines),
    };
  });
}
