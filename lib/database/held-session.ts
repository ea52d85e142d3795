/**
 * A session of the database that outlasts transactions, for advisory locks that say "this process is still at it".
 * One connection of a process serves everybody who joined, and is closed with the last of them.
 */
import pg from 'pg';
import { becomeApp } from './app-role';

export interface HeldSession {
  /** Questions are answered one after the other: none may wait for a lock. @throws what the database throws */
  ask<Row extends pg.QueryResultRow>(sql: string, values: unknown[]): Promise<Row[]>;
  /** Call once. Never fails. */
  leave(): Promise<void>;
}

interface Holder {
  client: pg.Client;
  users: number;
  /** The latest question: the next one waits for it. */
  tail: Promise<unknown>;
}

const here = globalThis as { weirHeldSession?: Holder };

/** A lost connection has lost its locks: who joins later gets another one. */
export function joinSession(): HeldSession {
  const holder = findHolder();
  holder.users++;
  return {
    async ask<Row extends pg.QueryResultRow>(sql: string, values: unknown[]) {
      const answer = holder.tail.then(() => holder.client.query<Row>(sql, values));
      holder.tail = answer.catch(() => {});
      return (await answer).rows;
    },
    async leave() {
      holder.users--;
      if (holder.users > 0) return;
      forget(holder);
      await holder.client.end().catch(() => {});
    },
  };
}

function findHolder(): Holder {
  if (here.weirHeldSession) return here.weirHeldSession;
  const client = new pg.Client({
    connectionString: process.env.DATABASE_URL,
    application_name: 'weir ingest',
    keepAlive: true,
  });
  const connected = client.connect().then(() => becomeApp(client));
  // Whoever asks is told.
  connected.catch(() => {});
  const holder: Holder = { client, users: 0, tail: connected };
  client.on('error', () => forget(holder));
  client.on('end', () => forget(holder));
  here.weirHeldSession = holder;
  return holder;
}

function forget(holder: Holder): void {
  if (here.weirHeldSession === holder) here.weirHeldSession = undefined;
}
