/** The worker's process: runs the queue until it is told to end, through restarts of the database. */
import { setTimeout as delay } from 'node:timers/promises';
import { makeWorkerUtils, run } from 'graphile-worker';
import pg from 'pg';
import { runSequencer } from '@/lib/audit/run-sequencer';
import { becomeApp } from '@/lib/database/app-role';
import { closeDatabase, database } from '@/lib/database/client';
import { releaseClaims, resumeExecutions } from '@/lib/enforcement/resume-executions';
import { endDeadRuns } from '@/lib/ingest/end-dead-runs';
import { log, queueLogger } from './log';
import { takeSeat } from './take-seat';
import { SCHEDULE, tasks } from './tasks';

/** Jobs at once: a few actions beside detection and the small ones. */
const CONCURRENCY = 4;
/** Milliseconds for the batch in hand; what has not answered by then is repeated with the same keys next time. */
const END_WITHIN_MS = 4_500;
const RETRY_MS = 2_000;

const connectionString = process.env.DATABASE_URL ?? '';
if (connectionString === '') {
  console.error('DATABASE_URL is not set: the worker is started by npm start.');
  process.exit(1);
}

const ending = new AbortController();
for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
  process.on(name, () => {
    if (ending.signal.aborted) return;
    ending.abort();
    setTimeout(() => {
      log.warn('work in hand did not end in time; the next worker goes on with it');
      process.exit(0);
    }, END_WITHIN_MS).unref();
  });
}
const told = new Promise<void>((resolve) => ending.signal.addEventListener('abort', () => resolve()));

let said = false;
function sayReady(): void {
  if (!said) console.log('worker ready');
  said = true;
}

/** Works until told to end, or until the database lets go of the seat. */
async function work(): Promise<void> {
  const seat = await takeSeat(connectionString, ending.signal);
  const over = new AbortController();
  const queue = openQueue();
  try {
    await clearUp(queue);
    const signal = AbortSignal.any([ending.signal, over.signal]);
    const runner = await run({
      pgPool: queue,
      taskList: tasks(signal),
      crontab: SCHEDULE,
      concurrency: CONCURRENCY,
      pollInterval: 1_000,
      noHandleSignals: true,
      logger: queueLogger,
    });
    const sequencing = runSequencer(signal, (problem) => log.error({ problem }, 'audit log'));
    sayReady();
    await Promise.race([told, seat.lost, runner.promise]);
    over.abort();
    await sequencing;
    await runner
      .stop()
      .catch((error: unknown) => log.warn({ error: String(error) }, 'queue did not stop cleanly'));
  } finally {
    await queue.end().catch(() => {});
    await seat.leave();
  }
}

/** The queue's connections. A lost one is an error of the query that used it, never the end of the process: the queue
 * takes its own handlers away when it stops. */
function openQueue(): pg.Pool {
  const opened = new pg.Pool({
    connectionString,
    max: CONCURRENCY + 2,
    application_name: 'weir worker queue',
    onConnect: becomeApp,
  });
  opened.on('error', (error) => log.warn({ error: error.message }, 'connection lost'));
  opened.on('connect', (client) => client.on('error', () => {}));
  return opened;
}

/** Whoever has the seat is alone: locks of earlier workers are stale, and what they left is taken up again. */
async function clearUp(queue: pg.Pool): Promise<void> {
  await database().$executeRaw`SELECT graphile_worker.force_unlock_workers(
    ARRAY(SELECT DISTINCT locked_by FROM graphile_worker.jobs WHERE locked_by IS NOT NULL))`;
  const utils = await makeWorkerUtils({ pgPool: queue, logger: queueLogger });
  await utils.cleanup({ tasks: ['GC_JOB_QUEUES'] });
  await utils.release();
  await endDeadRuns();
  await releaseClaims();
  await resumeExecutions();
}

while (!ending.signal.aborted) {
  try {
    await work();
  } catch (error) {
    if (ending.signal.aborted) break;
    log.error(
      { error: error instanceof Error ? (error.stack ?? error.message) : String(error) },
      'worker fell',
    );
  }
  if (!ending.signal.aborted) await delay(RETRY_MS, undefined, { signal: ending.signal }).catch(() => {});
}
await closeDatabase().catch(() => {});
process.exit(0);
