/** When the desk is too old to be trusted as "now". */

/** Real records older than this, or ones that detection has not seen for this long, are stale. */
const STALE_AFTER_MS = 60 * 60 * 1000;

export type Freshness = { stale: false } | { stale: true; words: string };

/**
 * Judges what the nav's foot shows at `now` (epoch ms). Simulated records come once and end at the first start,
 * so their age says nothing; what still counts is that detection has looked at the newest of them.
 */
export function freshnessOf(
  status: { simulated: boolean; detection: { finishedAt: string } | null; lastRecordAt: string | null },
  now: number,
): Freshness {
  if (status.lastRecordAt === null) return { stale: false };
  const lastRecord = Date.parse(status.lastRecordAt);
  if (status.detection === null) return { stale: true, words: 'Stale: records wait for detection' };
  const ran = Date.parse(status.detection.finishedAt);
  if (lastRecord > ran && now - ran > STALE_AFTER_MS) {
    return { stale: true, words: 'Stale: newer records wait for detection' };
  }
  if (!status.simulated && now - lastRecord > STALE_AFTER_MS) {
    return { stale: true, words: 'Stale: no new records for over an hour' };
  }
  return { stale: false };
}
