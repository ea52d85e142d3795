/** One at a time by name, in this process and in every other one on the same database. */
import { hash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { joinSession } from '@/lib/database/held-session';

const LOOK_AGAIN_MS = 200;
const held = new Map<string, Promise<void>>();

/**
 * Runs `work` alone under a name.
 * @returns false when somebody else had the name for the whole of `waitMs`; `work` was not begun then
 */
export async function holdName(name: string, waitMs: number, work: () => Promise<void>): Promise<boolean> {
  const until = Date.now() + waitMs;
  for (let other = held.get(name); other; other = held.get(name)) {
    const late = new AbortController();
    await Promise.race([other, pause(Math.max(0, until - Date.now()), null, { signal: late.signal })]);
    late.abort();
    if (held.has(name) && Date.now() >= until) return false;
  }
  let done = () => {};
  held.set(name, new Promise((resolve) => (done = resolve)));
  try {
    return await holdAmongProcesses(name, until, work);
  } finally {
    held.delete(name);
    done();
  }
}

async function holdAmongProcesses(name: string, until: number, work: () => Promise<void>): Promise<boolean> {
  const lock = [String(hash('sha256', name, 'buffer').readBigInt64BE(0))];
  const session = joinSession();
  try {
    for (;;) {
      const [row] = await session.ask<{ mine: boolean }>(
        'SELECT pg_try_advisory_lock($1::bigint) AS mine',
        lock,
      );
      if (row?.mine) break;
      if (Date.now() >= until) return false;
      await pause(LOOK_AGAIN_MS);
    }
    try {
      await work();
      return true;
    } finally {
      await session.ask('SELECT pg_advisory_unlock($1::bigint)', lock).catch(() => {});
    }
  } finally {
    await session.leave();
  }
}
