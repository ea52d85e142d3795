/** The one sequencer of a log: the worker runs it all the time, commands bring the log up to date themselves. */
import { setTimeout as delay } from 'node:timers/promises';
import { pool } from '@/lib/database/pool';
import { ROUND, sequenceEntries, UNPLACED } from './sequence-entries';
import { type Signing, signHead } from './sign-head';

/** Milliseconds between looks for new entries, and between signatures while they keep coming. */
const LOOK_MS = 500;
const SIGN_MS = 2_000;
/** While none come, the head is looked at this often: somebody may restore a backup under a running desk. */
const IDLE_MS = 30_000;
/** How long a command waits for transactions that hold the log up, and for another sequencer. */
const CATCH_UP_MS = 20_000;

/** Sequences and signs until the signal. Errors are told and tried again: the database may only be restarting. */
export async function runSequencer(signal: AbortSignal, tell: (problem: string) => void): Promise<void> {
  let signedAt = 0;
  let grown = true;
  let swept = false;
  let told = '';
  const tellOnce = (problem: string) => {
    if (problem !== told) tell(problem);
    told = problem;
  };
  while (!signal.aborted) {
    try {
      const taken = await sequenceEntries(!swept);
      // An earlier life may have left more than one round takes.
      swept ||= taken !== null && taken < ROUND;
      grown ||= taken !== 0;
      if (Date.now() - signedAt >= (grown ? SIGN_MS : IDLE_MS)) {
        signedAt = Date.now();
        const { state, words } = await signHead();
        grown = false;
        if (state === 'refused') tellOnce(words);
      }
      if (taken === ROUND) continue;
    } catch (error) {
      tellOnce(error instanceof Error ? error.message : String(error));
    }
    await delay(LOOK_MS, undefined, { signal }).catch(() => {});
  }
}

/** Gives every entry that is committed its place, and signs. @returns how signing ended */
export async function bringLogUpToDate(): Promise<Signing> {
  const until = Date.now() + CATCH_UP_MS;
  for (let sweep = true; Date.now() < until; ) {
    const taken = await sequenceEntries(sweep);
    if (taken) continue;
    if (taken === 0) sweep = false;
    // None taken: there is none left, another sequencer is at it, or a transaction holds the log up.
    const { rows } = await pool().query<{ entries: number }>(UNPLACED);
    if (rows[0]?.entries === 0) break;
    await delay(50);
  }
  return signHead();
}
