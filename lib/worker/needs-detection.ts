import { database } from '@/lib/database/client';

/** True when what a run would look at has changed since the latest one began: records have come in (files that are
 * still coming in do not count until they end, so that no run sees half of one), its settings or a list of known
 * infrastructure were changed, or a list or a mute has run out. */
export async function needsDetection(): Promise<boolean> {
  const [row] = await database().$queryRaw<{ needed: boolean }[]>`
    WITH last AS (SELECT max(started_at) AS at FROM detection_run)
    SELECT EXISTS (
      SELECT 1 FROM ingest_run i, last
      WHERE i.accepted > 0 AND i.finished_at IS NOT NULL AND i.finished_at > COALESCE(last.at, '-infinity')
    ) OR EXISTS (
      SELECT 1 FROM setting s, last WHERE s.name = 'detection.config' AND s.changed_at > last.at
    ) OR EXISTS (
      SELECT 1 FROM infrastructure_list l, last
      WHERE l.changed_at > last.at OR (l.expires_at > last.at AND l.expires_at <= now())
    ) OR EXISTS (
      SELECT 1 FROM muted_pattern, last WHERE last.at IS NOT NULL AND ended_at IS NULL AND expires_at <= now()
    ) AS needed`;
  return row?.needed ?? false;
}
