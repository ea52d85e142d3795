/** One worker works at a time: the seat is an advisory lock, so it is free the moment its holder's connection ends. */
import pg from 'pg';

/** "weir" and "work" in ASCII: no other lock has this key. */
const SEAT = [0x77656972, 0x776f726b] as const;

export interface Seat {
  /** Resolves when the connection, and with it the seat, is lost. */
  lost: Promise<void>;
  leave(): Promise<void>;
}

/** Waits until no other worker has the seat. The one who has it knows that every lock of an earlier worker is stale.
 * @throws what the database throws, and when the signal ends the wait */
export async function takeSeat(connectionString: string, signal: AbortSignal): Promise<Seat> {
  const client = new pg.Client({ connectionString, application_name: 'weir worker', keepAlive: true });
  const lost = new Promise<void>((resolve) => {
    client.on('error', () => resolve());
    client.on('end', () => resolve());
  });
  const giveUp = () => void client.end().catch(() => {});
  signal.addEventListener('abort', giveUp);
  try {
    await client.connect();
    await Promise.race([
      client.query('SELECT pg_advisory_lock($1, $2)', [...SEAT]),
      lost.then(() => Promise.reject(new Error('the connection ended while waiting for the seat'))),
    ]);
    signal.throwIfAborted();
  } catch (error) {
    giveUp();
    throw error;
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
  return { lost, leave: () => client.end().catch(() => {}) };
}
