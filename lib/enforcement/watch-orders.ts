import { setTimeout as delay } from 'node:timers/promises';
import { database } from '@/lib/database/client';

/** Milliseconds between two looks while a batch is under way. */
const LOOK_MS = 250;

/** Looks, while calls are under way, whether they are still wanted. The signal comes soon after a pause, a stop or the
 * kill switch; where the database does not answer, the end of the batch's own time comes instead.
 * @param until ends the looking */
export function watchOrders(proposalId: number, until: AbortSignal): AbortSignal {
  const unwanted = new AbortController();
  void (async () => {
    while (!until.aborted && !unwanted.signal.aborted) {
      await delay(LOOK_MS, undefined, { signal: until }).catch(() => {});
      if (until.aborted) return;
      if (!(await isWanted(proposalId).catch(() => true))) unwanted.abort();
    }
  })();
  return unwanted.signal;
}

async function isWanted(proposalId: number): Promise<boolean> {
  const [row] = await database().$queryRaw<{ wanted: boolean }[]>`
    SELECT status = 'running' AND NOT EXISTS (SELECT FROM kill_switch WHERE released_at IS NULL) AS wanted
    FROM proposal WHERE id = ${proposalId}`;
  return row?.wanted ?? false;
}
