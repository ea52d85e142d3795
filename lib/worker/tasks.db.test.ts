import { quickAddJob, runOnce } from 'graphile-worker';
import { describe, expect, it } from 'vitest';
import { insertUser } from '@/lib/clusters/testing/fixtures';
import { database } from '@/lib/database/client';
import { defaultConfig } from '@/lib/detection/schema';
import { getDeskHealth } from './get-desk-health';
import { queueLogger } from './log';
import { needsDetection } from './needs-detection';
import { tasks } from './tasks';

const connectionString = process.env.DATABASE_URL!;

/** Puts one job in the queue and works until the queue is empty. */
async function runTask(name: string, payload: unknown = {}): Promise<void> {
  await quickAddJob({ connectionString, logger: queueLogger }, name, payload, { maxAttempts: 1 });
  await runOnce({
    connectionString,
    logger: queueLogger,
    taskList: tasks({ signal: new AbortController().signal }),
  });
}

const runs = () => database().detectionRun.count();

async function ingested(accepted: bigint, finishedAt: Date | null): Promise<void> {
  await database().ingestRun.create({
    data: { source: 'test', format: 'weir', accepted, finishedAt, state: 'done' },
  });
}

describe('run_detection', () => {
  it('does nothing while no records have come in, or while they still come in', async () => {
    await ingested(0n, new Date());
    await ingested(100n, null);
    expect(await needsDetection()).toBe(false);
    await runTask('run_detection');
    expect(await runs()).toBe(0);
  });

  it('runs once after records came in', async () => {
    await database().account.create({
      data: { id: 'acct_1', firstSeenAt: new Date(), lastSeenAt: new Date() },
    });
    await ingested(1n, new Date());
    expect(await needsDetection()).toBe(true);
    await runTask('run_detection');
    expect(await runs()).toBe(1);
    expect(await needsDetection()).toBe(false);
    await runTask('run_detection');
    expect(await runs()).toBe(1);
    const entry = await database().auditEntry.findFirst({ where: { verb: 'detection.run' } });
    expect(entry).toMatchObject({ actor: 'system:detection' });
  });
});

describe('run_detection without new records', () => {
  it('runs again when the settings or a list changed, or a list ran out', async () => {
    const at = async () =>
      (await database().detectionRun.findFirstOrThrow({ orderBy: { id: 'desc' } })).startedAt.getTime();
    const list = { type: 'vpn', source: 'x', lines: 1, repeated: 0, badLines: 0, bad: [] };
    expect(await needsDetection()).toBe(false);
    await database().setting.create({
      data: { name: 'detection.config', version: 1, value: defaultConfig, reason: 'x' },
    });
    expect(await needsDetection()).toBe(true);
    await runTask('run_detection');
    expect(await needsDetection()).toBe(false);
    const before = new Date((await at()) - 1_000);
    const { id } = await database().infrastructureList.create({
      data: { ...list, name: 'a', changedAt: before, expiresAt: new Date(Date.now() + 86_400_000) },
    });
    expect(await needsDetection()).toBe(false);
    await database().infrastructureList.update({ where: { id }, data: { expiresAt: new Date() } });
    expect(await needsDetection()).toBe(true);
    await runTask('run_detection');
    expect(await needsDetection()).toBe(false);
  });
});

describe('run_detection after a writer was killed', () => {
  it('ends its run and looks at what it had taken', async () => {
    const run = await database().ingestRun.create({
      data: { source: 'killed', format: 'weir', accepted: 5, state: 'running' },
    });
    const before = await runs();
    await runTask('run_detection');
    expect(await database().ingestRun.findUnique({ where: { id: run.id } })).toMatchObject({
      state: 'failed',
      finishedAt: expect.any(Date),
    });
    expect(await runs()).toBe(before + 1);
    expect(await needsDetection()).toBe(false);
  });
});

describe('the desk’s health', () => {
  it('tells that no worker runs, that a job is late, and how log, provider and messages stand', async () => {
    const viewer = await insertUser('viewer');
    await quickAddJob(
      { connectionString, logger: queueLogger },
      'compact_rollups',
      {},
      {
        runAt: new Date(Date.now() - 600_000),
      },
    );
    const health = await getDeskHealth(viewer);
    expect(health).toMatchObject({
      worker: { running: 0, late: 1 },
      provider: { name: 'Sandbox', shadow: false, done: 0, failed: 0, paused: 0 },
      delivery: [{ target: null }, { target: null }],
    });
    expect(health.worker.lateSeconds).toBeGreaterThanOrEqual(600);
    await database().worker.create({ data: { name: 'here 1' } });
    expect((await getDeskHealth(viewer)).worker).toMatchObject({ running: 1, seenAt: expect.any(String) });
    await runTask('compact_rollups');
    expect((await getDeskHealth(viewer)).worker.late).toBe(0);
  });
});

describe('the other tasks', () => {
  it('come to their end on an empty desk', async () => {
    await runTask('expire_proposals');
    await runTask('compact_rollups');
    await runTask('apply_retention');
    await runTask('gather_notifications');
    await runTask('deliver_notifications');
    const [left] = await database().$queryRaw<{ jobs: number }[]>`
      SELECT count(*)::int AS jobs FROM graphile_worker.jobs`;
    expect(left?.jobs).toBe(0);
  });

  it('refuse a payload that names no proposal', async () => {
    await runTask('execute_proposal', { proposalId: 'all' });
    const [job] = await database().$queryRaw<{ error: string }[]>`
      SELECT last_error AS error FROM graphile_worker.jobs WHERE task_identifier = 'execute_proposal'`;
    expect(job?.error).toContain('proposalId');
  });
});
