/** One round of one stream: what follows its cursor goes out, then the cursor moves. A crash between the two sends the
 * batch again, never skips it. */
import { pool } from '@/lib/database/pool';
import { originOf, readLogId } from '../log-state';
import { deliver, NotTaken } from './deliver';
import type { StreamDestination } from './read-destinations';
import { type PlacedEntry, readPlaced } from './read-placed';

const BATCH = 200;
/** Characters of a batch: a busy execution writes long entries. */
const MOST_TEXT = 1_000_000;
const FIRST_WAIT = 2;
const LONGEST_WAIT = 300;

/** Seconds until the next try after so many failures in a row: 2, 4, 8 … 300. */
export function waitSeconds(failures: number): number {
  return Math.min(LONGEST_WAIT, FIRST_WAIT ** Math.min(failures, 20));
}

export type Round =
  | { state: 'sent'; entries: number }
  /** Nothing to send. */
  | { state: 'idle' }
  /** Another worker is at it, or it is not time to try again. */
  | { state: 'waiting' }
  | { state: 'failed'; problem: string; failures: number };

interface Cursor {
  next_index: number;
  failures: number;
  due: boolean;
}

/** @throws what the database throws */
export async function streamRound(destination: StreamDestination, signal?: AbortSignal): Promise<Round> {
  // A lock of the session, not of a transaction: one that stays open for a call would hold up the log itself.
  const client = await pool().connect();
  let failure: Error | undefined;
  try {
    const { rows } = await client.query<{ mine: boolean }>(
      'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS mine',
      [destination.id],
    );
    if (!rows[0]?.mine) return { state: 'waiting' };
    try {
      return await sendNext(destination, signal);
    } finally {
      await client.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [destination.id]);
    }
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    client.release(failure);
  }
}

async function sendNext(destination: StreamDestination, signal?: AbortSignal): Promise<Round> {
  const cursor = await readCursor(destination.id);
  if (!cursor.due) return { state: 'waiting' };
  const entries = withinSize(await readPlaced(cursor.next_index, BATCH));
  const last = entries.at(-1);
  if (last === undefined) return { state: 'idle' };
  try {
    await deliver(destination, originOf(await readLogId(pool())), entries, signal);
  } catch (error) {
    if (!(error instanceof NotTaken)) throw error;
    // Ended by its own worker: no failure of the place.
    if (signal?.aborted) return { state: 'waiting' };
    const failures = cursor.failures + 1;
    await keepFailure(destination.id, failures, error);
    return { state: 'failed', problem: error.message, failures };
  }
  await moveCursor(destination.id, Number(last.index) + 1);
  return { state: 'sent', entries: entries.length };
}

/** At least one entry, and no more than fit. */
function withinSize(entries: PlacedEntry[]): PlacedEntry[] {
  let size = 0;
  const fit = entries.findIndex((entry, n) => {
    size += JSON.stringify(entry).length;
    return n > 0 && size > MOST_TEXT;
  });
  return fit < 0 ? entries : entries.slice(0, fit);
}

async function readCursor(id: string): Promise<Cursor> {
  const { rows } = await pool().query<Cursor>(
    `SELECT next_index, failures, coalesce(next_attempt_at <= now(), true) AS due
     FROM stream_cursor WHERE destination = $1`,
    [id],
  );
  return rows[0] ?? { next_index: 0, failures: 0, due: true };
}

async function moveCursor(id: string, next: number): Promise<void> {
  await pool().query(
    `INSERT INTO stream_cursor (destination, next_index, delivered_at) VALUES ($1, $2, now())
     ON CONFLICT (destination) DO UPDATE SET next_index = $2, delivered_at = now(), failures = 0,
       next_attempt_at = NULL, problem = NULL`,
    [id, next],
  );
}

async function keepFailure(id: string, failures: number, error: NotTaken): Promise<void> {
  const wait = Math.max(waitSeconds(failures), error.retrySeconds ?? 0);
  await pool().query(
    `INSERT INTO stream_cursor (destination, failures, next_attempt_at, problem)
     VALUES ($1, $2, now() + make_interval(secs => $3), $4)
     ON CONFLICT (destination) DO UPDATE SET failures = $2, next_attempt_at = now() + make_interval(secs => $3),
       problem = $4`,
    [id, failures, wait, error.message.slice(0, 500)],
  );
}
