/** Tries changed settings on what is stored. It reads, and writes nothing but its own row. */
import { setTimeout as delay } from 'node:timers/promises';
import { database } from '@/lib/database/client';
import type { Prisma } from '@/lib/database/generated/client';
import { pool } from '@/lib/database/pool';
import { inTransaction } from '@/lib/database/transaction';
import { detect } from '@/lib/detection/detect';
import { AppError } from '@/lib/errors';
import { readSetting } from '@/lib/settings/read-setting';
import type { BacktestResult, BacktestStep } from './backtest-schema';
import { compareFindings } from './compare-findings';
import { detectionInputSchema, detectionSetting } from './detection-settings-schema';
import { loadKnown } from './keep-findings';
import { loadSnapshot } from './load-snapshot';
import { DEFAULT_WINDOW_DAYS, RUN_LOCK } from './run-detection';
import { stopwatch } from './stopwatch';

/** Held for the whole of one; never together with a run's. */
const BACKTEST_LOCK = 57_317_012;
const LOOK_MS = 500;
const LONGEST_PROBLEM = 300;

/**
 * Runs a backtest that waits, or one whose process was ended. One at a time. It begins only while no real run works,
 * and a real run never waits for it. One that was discarded meanwhile leaves no result.
 * @throws what made it fail, after its row says so
 */
export async function runBacktest(id: number): Promise<void> {
  const holder = await pool().connect();
  try {
    await holder.query('SELECT pg_advisory_lock($1)', [BACKTEST_LOCK]);
    if (!(await moveTo(id, 'waiting for the run'))) return;
    await untilNoRun();
    await tryChange(id);
  } catch (error) {
    await failBacktest(id, problemOf(error));
    throw error;
  } finally {
    holder.release(true);
  }
}

/** Says of a backtest that is not finished why it will not be, in words for the person. */
export async function failBacktest(id: number, problem: string): Promise<void> {
  await database().detectionBacktest.updateMany({
    where: { id, state: { in: ['waiting', 'running'] } },
    data: { state: 'failed', step: null, finishedAt: new Date(), problem },
  });
}

async function tryChange(id: number): Promise<void> {
  const { baseVersion, value } = await database().detectionBacktest.findUniqueOrThrow({ where: { id } });
  const base = await readSetting(detectionSetting);
  if (base.version !== baseVersion) {
    throw new AppError('conflict', 'The settings were changed before it began. Try the change again.');
  }
  const changed = detectionInputSchema.parse(value);
  if (!(await moveTo(id, 'loading'))) return;
  const lookedAt = new Date();
  const watch = stopwatch();
  const { snapshot, accountKeys } = await loadSnapshot(DEFAULT_WINDOW_DAYS, lookedAt);
  const load = watch();
  if (!(await moveTo(id, 'as it is'))) return;
  const before = detect(snapshot, base.value);
  const asItIs = watch();
  if (!(await moveTo(id, 'as changed'))) return;
  const after = detect(snapshot, changed);
  const asChanged = watch();
  if (!(await moveTo(id, 'comparing'))) return;
  const known = await inTransaction(loadKnown);
  const result: BacktestResult<number> = {
    accounts: before.population.accounts,
    ...compareFindings(before.clusters, after.clusters, accountKeys, known),
    seconds: { load, before: asItIs, after: asChanged },
  };
  await database().detectionBacktest.updateMany({
    where: { id, state: 'running' },
    data: {
      state: 'done',
      step: null,
      lookedAt,
      finishedAt: new Date(),
      result: result as unknown as Prisma.InputJsonValue,
    },
  });
}

/** @returns false when somebody has discarded it */
async function moveTo(id: number, step: BacktestStep): Promise<boolean> {
  const { count } = await database().detectionBacktest.updateMany({
    where: { id, state: { in: ['waiting', 'running'] } },
    data: { state: 'running', step },
  });
  return count > 0;
}

/** Looks whether somebody holds the run's lock, without ever taking it: a run must not wait for a backtest. */
async function untilNoRun(): Promise<void> {
  for (;;) {
    const { rows } = await pool().query<{ free: boolean }>(
      `SELECT NOT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = 0
         AND objid = $1 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())) AS free`,
      [RUN_LOCK],
    );
    if (rows[0]?.free) return;
    await delay(LOOK_MS);
  }
}

function problemOf(error: unknown): string {
  const words = error instanceof AppError ? error.forPerson : String(error);
  return words.slice(0, LONGEST_PROBLEM);
}
