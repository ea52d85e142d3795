/**
 * Any number of workers work at once. Each has a row, and holds a lock that is free the moment its connection ends.
 * They look after one another: one whose lock is free is gone; one whose row does not change for a while stands still
 * (stopped, or cut off). Either is struck off: its jobs and claims are free for the others, and what it still brings
 * is refused when it goes on. No clock is compared with another: standing still is measured by who looks on.
 */
import { hostname } from 'node:os';
import pg from 'pg';
import { becomeApp } from '@/lib/database/app-role';
import { database } from '@/lib/database/client';
import { releaseClaims } from '@/lib/enforcement/resume-executions';

/** "work" in ASCII, the first half of the lock of worker n. */
const LOCK_CLASS = 0x776f726b;
/** Milliseconds after which a row that does not change stands for a worker that stands still. */
const STILL_MS = 10_000;

export interface Membership {
  id: number;
  /** Resolves when the connection is lost, or when the others have struck this worker off. */
  lost: Promise<void>;
  /** The ids under which the queue knows this worker's jobs. */
  setQueueIds(ids: readonly string[]): Promise<void>;
  /** Shows that it lives, and strikes off who does not. @returns the ids of those */
  beat(): Promise<number[]>;
  leave(): Promise<void>;
}

/** @throws what the database throws */
export async function joinWorkers(connectionString: string): Promise<Membership> {
  const client = new pg.Client({ connectionString, application_name: 'weir worker', keepAlive: true });
  let lose = () => {};
  const lost = new Promise<void>((resolve) => {
    lose = resolve;
  });
  client.on('error', () => lose());
  client.on('end', () => lose());
  await client.connect();
  await becomeApp(client);
  const id = await enter(client);
  const others = new Watch();
  return {
    id,
    lost,
    async setQueueIds(ids) {
      await database().worker.updateMany({ where: { id }, data: { queueIds: [...ids] } });
    },
    async beat() {
      const { rowCount } = await client.query(
        'UPDATE worker SET beats = beats + 1, seen_at = now() WHERE id = $1',
        [id],
      );
      if (rowCount === 0) lose();
      const { rows } = await client.query<{ id: number; beats: number }>(
        'SELECT id, beats FROM worker WHERE id <> $1 ORDER BY id',
        [id],
      );
      const struck: number[] = [];
      for (const other of others.look(rows)) {
        if (!other.still && !(await isGone(client, other.id))) continue;
        if (await strike(other.id)) struck.push(other.id);
      }
      return struck;
    },
    async leave() {
      await strike(id).catch(() => {});
      await client.end().catch(() => {});
    },
  };
}

/** The row is seen by the others once the lock is held. */
async function enter(client: pg.Client): Promise<number> {
  await client.query('BEGIN');
  const { rows } = await client.query<{ id: number }>('INSERT INTO worker (name) VALUES ($1) RETURNING id', [
    `${hostname()} ${process.pid}`,
  ]);
  const id = rows[0]!.id;
  await client.query('SELECT pg_advisory_lock($1, $2)', [LOCK_CLASS, id]);
  await client.query('COMMIT');
  return id;
}

/** How long each of the others has shown no sign of life, by this process's own monotonic time. */
class Watch {
  private seen = new Map<number, { beats: number; since: number }>();

  look(rows: readonly { id: number; beats: number }[]): { id: number; still: boolean }[] {
    const now = performance.now();
    const before = this.seen;
    this.seen = new Map();
    return rows.map(({ id, beats }) => {
      const known = before.get(id);
      const since = known?.beats === beats ? known.since : now;
      this.seen.set(id, { beats, since });
      return { id, still: now - since >= STILL_MS };
    });
  }
}

/** True when nobody holds the worker's lock: its connection has ended. */
async function isGone(client: pg.Client, id: number): Promise<boolean> {
  const { rows } = await client.query<{ free: boolean }>('SELECT pg_try_advisory_lock($1, $2) AS free', [
    LOCK_CLASS,
    id,
  ]);
  if (!rows[0]?.free) return false;
  await client.query('SELECT pg_advisory_unlock($1, $2)', [LOCK_CLASS, id]);
  return true;
}

/** Frees jobs whose worker died before it could say under which ids it works. */
export async function freeUnknownJobs(): Promise<void> {
  await database().$executeRaw`
    SELECT graphile_worker.force_unlock_workers(ARRAY(
      SELECT DISTINCT j.locked_by FROM graphile_worker.jobs j
      WHERE j.locked_by IS NOT NULL AND j.locked_at < now() - interval '1 minute'
        AND NOT EXISTS (SELECT FROM worker w WHERE j.locked_by = ANY(w.queue_ids))))`;
}

/** Frees what a worker held. @returns false when somebody else was first */
async function strike(id: number): Promise<boolean> {
  const rows = await database().$queryRaw<{ queueIds: string[] }[]>`
    DELETE FROM worker WHERE id = ${id} RETURNING queue_ids AS "queueIds"`;
  const [gone] = rows;
  if (!gone) return false;
  await database().$executeRaw`SELECT graphile_worker.force_unlock_workers(${gone.queueIds}::text[])`;
  await releaseClaims(id);
  return true;
}
