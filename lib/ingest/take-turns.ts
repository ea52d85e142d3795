/** Writers take turns batch by batch: then "is it known already?" has one answer. */

/** Held in the transaction of a batch: turns between processes. */
export const INGEST_LOCK = 57_317_001;
/** Held by whoever merges rollups, and by whoever erases an account's. */
export const MERGE_LOCK = 57_317_011;

const holder = globalThis as { weirIngestTurn?: Promise<unknown> };

/**
 * Turns within this process, taken before a connection is: uploads that wait hold none of the pool's.
 * @param work begins when everything that came before it has ended, well or not
 */
export function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const turn = (holder.weirIngestTurn ?? Promise.resolve()).then(work);
  holder.weirIngestTurn = turn.catch(() => {});
  return turn;
}
