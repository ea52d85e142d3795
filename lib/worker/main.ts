/** The worker's process: runs the queue until it is told to end, through restarts of the database. */
import { EventEmitter } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { makeWorkerUtils, run, type WorkerEvents } from 'graphile-worker';
import pg from 'pg';
import { runSequencer } from '@/lib/audit/run-sequencer';
import { runStreams } from '@/lib/audit/stream/run-streams';
import { becomeApp } from '@/lib/database/app-role';
import { closeDatabase } from '@/lib/database/client';
import { resumeExecutions } from '@/lib/enforcement/resume-executions';
import { endDeadRuns } from '@/lib/ingest/end-dead-runs';
import { freeUnknownJobs, joinWorkers, type Membership } from './join-workers';
import { log, queueLogger } from './log';
import { SCHEDULE, tasks } from './tasks';

/** Jobs at once: a few actions beside detection and the small ones. */
const CONCURRENCY = 4;
/** Milliseconds for the batch in hand; what has not answered by then is repeated with the same keys next time. */
const END_WITHIN_MS = 4_500;
const RETRY_MS = 2_000;
const BEAT_MS = 1_000;
/** Executions without a job are looked for every so many beats. */
const RESUME_BEATS = 30;

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
// When the database goes away, the queue still tries to write how a job ended, and nobody waits for that. Whoever works
// next takes the job up again.
process.on('unhandledRejection', (error) => {
  if (!(error instanceof Error) || !error.stack?.includes('graphile-worker')) throw error;
  log.warn({ error: error.message }, 'the queue could not write how a job ended');
});
const told = new Promise<void>((resolve) => ending.signal.addEventListener('abort', () => resolve()));

let said = false;
function sayReady(): void {
  if (!said) console.log('worker ready');
  said = true;
}

/** Works until told to end, until the database lets go of it, or until the others have struck it off. */
async function work(): Promise<void> {
  const membership = await joinWorkers(connectionString);
  const over = new AbortController();
  const queue = openQueue();
  try {
    await lookAfterOthers(membership, queue);
    const signal = AbortSignal.any([ending.signal, over.signal]);
    const events = new EventEmitter() as WorkerEvents;
    const ids: string[] = [];
    events.on('pool:create', ({ workerPool }) => void ids.push(workerPool.id));
    const runner = await run({
      pgPool: queue,
      taskList: tasks({ signal, workerId: membership.id }),
      crontab: SCHEDULE,
      concurrency: CONCURRENCY,
      pollInterval: 1_000,
      noHandleSignals: true,
      logger: queueLogger,
      events,
    });
    await membership.setQueueIds(ids);
    const sequencing = runSequencer(signal, (problem) => log.error({ problem }, 'audit log'));
    const streaming = runStreams(signal, (problem) => log.warn({ problem }, 'audit stream'));
    sayReady();
    const beating = keepBeating(membership, signal);
    await Promise.race([told, membership.lost, runner.promise]);
    over.abort();
    await Promise.all([sequencing, streaming]);
    await runner
      .stop()
      .catch((error: unknown) => log.warn({ error: String(error) }, 'queue did not stop cleanly'));
    await beating;
  } finally {
    over.abort();
    await queue.end().catch(() => {});
    await membership.leave();
  }
}

/** What workers that are gone left behind is taken up again. */
async function lookAfterOthers(membership: Membership, queue: pg.Pool): Promise<void> {
  const utils = await makeWorkerUtils({ pgPool: queue, logger: queueLogger });
  await membership.beat();
  await freeUnknownJobs();
  await utils.cleanup({ tasks: ['GC_JOB_QUEUES', 'DELETE_PERMAFAILED_JOBS'] });
  await utils.release();
  await endDeadRuns();
  await resumeExecutions();
}

/** Until the signal; by monotonic time, so no change of the clock holds it up. */
async function keepBeating(membership: Membership, signal: AbortSignal): Promise<void> {
  for (let beat = 1; !signal.aborted; beat++) {
    await delay(BEAT_MS, undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
    try {
      const struck = await membership.beat();
      if (struck.length > 0) log.warn({ struck }, 'workers that are gone or stand still were struck off');
      if (beat % RESUME_BEATS === 0) await freeUnknownJobs();
      if (struck.length > 0 || beat % RESUME_BEATS === 0) await resumeExecutions();
    } catch (error) {
      log.warn({ error: String(error) }, 'no sign of life could be given');
    }
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
