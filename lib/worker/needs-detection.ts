import { database } from '@/lib/database/client';

/** True when records have come in since the latest detection run began. Files that are still coming in do not count
 * until they end, so that no run sees half of one. */
export async function needsDetection(): Promise<boolean> {
  const [row] = await database().$queryRaw<{ needed: boolean }[]>`
    SELECT EXISTS (
      SELECT 1 FROM ingest_run i
      WHERE i.accepted > 0 AND i.finished_at IS NOT NULL
        AND i.finished_at > COALESCE((SELECT max(started_at) FROM detection_run), '-infinity')
    ) AS needed`;
  return row?.needed ?? false;
}
