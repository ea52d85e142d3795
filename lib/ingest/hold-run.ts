/**
 * Tells a run under way from one whose writer was killed: as long as the writer lives, it holds an advisory lock on
 * the run's id. One connection of a process holds the locks of all its runs, and is closed with the last of them.
 */
import pg from 'pg';
import { becomeApp } from '@/lib/database/app-role';

/** First half of the lock's key; the second is the run's id. */
export const RUN_LOCK = 57_317_002;

interface HeldRun {
  id: number;
  /** Call once the run has ended. Never fails. */
  letGo(): Promise<void>;
}

interface Holder {
  client: pg.Client;
  runs: number;
  /** The latest question: the next one waits for it. */
  tail: Promise<unknown>;
}

const here = globalThis as { weirRunHolder?: Holder };

/** Writes down a new run, which nobody ever sees without its lock. @throws what the database throws */
export async function holdRun(source: string, format: string, simulated: boolean): Promise<HeldRun> {
  const holder = findHolder();
  holder.runs++;
  try {
    const { rows } = await ask<{ id: number }>(
      holder,
      `WITH made AS (INSERT INTO ingest_run (source, format, simulated) VALUES ($2, $3, $4) RETURNING id)
       SELECT id, pg_advisory_lock($1, id) FROM made`,
      [RUN_LOCK, source, format, simulated],
    );
    const { id } = rows[0]!;
    return {
      id,
      async letGo() {
        await ask(holder, 'SELECT pg_advisory_unlock($1, $2)', [RUN_LOCK, id]).catch(() => {});
        await leave(holder);
      },
    };
  } catch (error) {
    await leave(holder);
    throw error;
  }
}

function findHolder(): Holder {
  if (here.weirRunHolder) return here.weirRunHolder;
  const client = new pg.Client({
    connectionString: process.env.DATABASE_URL,
    application_name: 'weir ingest',
    keepAlive: true,
  });
  const holder: Holder = { client, runs: 0, tail: client.connect().then(() => becomeApp(client)) };
  // A lost connection has lost its locks: runs that begin later need another one.
  client.on('error', () => forget(holder));
  client.on('end', () => forget(holder));
  here.weirRunHolder = holder;
  return holder;
}

function ask<Row extends pg.QueryResultRow>(
  holder: Holder,
  sql: string,
  values: unknown[],
): Promise<pg.QueryResult<Row>> {
  const answer = holder.tail.then(() => holder.client.query<Row>(sql, values));
  holder.tail = answer.catch(() => {});
  return answer;
}

async function leave(holder: Holder): Promise<void> {
  holder.runs--;
  if (holder.runs > 0) return;
  forget(holder);
  await holder.client.end().catch(() => {});
}

function forget(holder: Holder): void {
  if (here.weirRunHolder === holder) here.weirRunHolder = undefined;
}
