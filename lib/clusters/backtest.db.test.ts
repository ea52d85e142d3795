import { beforeAll, describe, expect, it } from 'vitest';
import { ZodError } from 'zod';
import type { Person } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { pool } from '@/lib/database/pool';
import { defaultConfig } from '@/lib/detection/schema';
import { ingestRecords } from '@/lib/ingest/ingest-records';
import { simulateWorld } from '@/lib/simulation/simulate-world';
import { adoptBacktest } from './adopt-backtest';
import { discardBacktest } from './discard-backtest';
import { getBacktest, getOpenBacktest } from './get-backtest';
import { requestBacktest } from './request-backtest';
import { runBacktest } from './run-backtest';
import { RUN_LOCK, runDetection } from './run-detection';
import { insertUser } from './testing/fixtures';

const SYSTEM = { kind: 'system', name: 'detection' } as const;

async function* lines(records: Iterable<unknown>): AsyncGenerator<Uint8Array> {
  for (const record of records) yield Buffer.from(`${JSON.stringify(record)}\n`);
}
const ingest = (records: Iterable<unknown>) =>
  ingestRecords(SYSTEM, lines(records), { source: 'test', simulated: true });
const queue = () =>
  database().cluster.findMany({
    orderBy: { id: 'asc' },
    include: { members: { orderBy: { accountKey: 'asc' } } },
  });

let admin: Person;
beforeAll(async () => {
  admin = await insertUser('admin');
  const endsAt = new Date('2026-09-24T12:00:00Z');
  await ingest(simulateWorld({ scale: 'small', seed: 1, endsAt }).records);
  await runDetection(SYSTEM);
});

const ask = (change: Record<string, unknown>, version = 0, actor = admin) =>
  requestBacktest(actor, { change, version }, 'caller');
async function tried(change: Record<string, unknown>, version = 0): Promise<number> {
  const id = await ask(change, version);
  await runBacktest(id);
  return id;
}
const because = (backtestId: number, acceptNewer = false) => ({
  backtestId,
  reason: 'campaigns at the edge',
  acceptNewer,
});

describe('a change of detection’s settings', () => {
  it('is tried on what is stored, shown as a difference in the queue, and applied to nothing', async () => {
    const before = await queue();
    const open = before.filter((cluster) => cluster.active);
    const smallest = Math.min(...open.map((cluster) => cluster.accounts));
    const { result } = await getBacktest(admin, await tried({ minSize: smallest + 1 }));
    const gone = result!.clusters.filter((each) => each.change === 'vanishes');
    expect(gone.length).toBeGreaterThan(0);
    const member = await database().account.findUniqueOrThrow({ where: { id: gone[0]!.lost.some[0] } });
    const cluster = before.find((each) => each.id === gone[0]!.clusterId)!;
    expect(cluster.members.map((each) => each.accountKey)).toContain(member.key);
    expect(gone[0]!.lost.accounts).toBe(gone[0]!.before!.accounts);
    expect(result!.before.clusters).toBe(open.length);
    expect(result!.after.clusters).toBe(open.length - result!.counts.vanishes + result!.counts.appears);
    expect(await queue()).toEqual(before);
    expect(await database().setting.count()).toBe(0);
  });

  it('shows which clusters change quadrant, under the ids of the queue', async () => {
    const open = new Map((await queue()).map((cluster) => [cluster.id, cluster]));
    const { result } = await getBacktest(
      admin,
      await tried({ coordinationHigh: 0.95, extractionHigh: 0.95 }),
    );
    const turned = result!.clusters.filter((each) => each.change === 'quadrant');
    expect(turned.length).toBeGreaterThan(0);
    for (const each of turned) {
      const { quadrant, accounts } = open.get(each.clusterId ?? 0)!;
      expect(each.before).toMatchObject({ quadrant, accounts });
      expect([each.gained.accounts, each.lost.accounts]).toEqual([0, 0]);
    }
  });

  it('is refused with the field and its range, and by whoever may not', async () => {
    const why = (change: Record<string, unknown>) =>
      ask(change).then(
        () => 'taken',
        (error) => (error instanceof ZodError ? error.issues[0]?.message : error.code),
      );
    expect(await why({ popularFrom: 7 })).toBe('Popular from is at most 0.5.');
    expect(await why({ weakRetention: 0.7 })).toContain('coreRetention');
    expect(await why({ lambda: { asn: 0.3 } })).toContain('context');
    expect(await why({ nothing: 1 })).toContain('nothing');
    expect(await why({ minSize: defaultConfig.minSize })).toBe('conflict');
    await expect(ask({ minSize: 9 }, 3)).rejects.toMatchObject({ code: 'conflict' });
    await expect(ask({ minSize: 9 }, 0, await insertUser('approver'))).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  it('waits while a run works; a second one is refused until it ends or is discarded', async () => {
    const run = await pool().connect();
    await run.query('SELECT pg_advisory_lock($1)', [RUN_LOCK]);
    const id = await ask({ minSize: 9 });
    const trying = runBacktest(id);
    while ((await getOpenBacktest(admin))?.step !== 'waiting for the run');
    await expect(ask({ minSize: 8 })).rejects.toThrow('not finished');
    await discardBacktest(admin, { backtestId: id });
    run.release(true);
    await trying;
    expect(await getBacktest(admin, id)).toMatchObject({ state: 'discarded', result: null });
    expect(await getOpenBacktest(admin)).toBeNull();
  });

  it('says that records came in since; adopted all the same it is exactly what was tried, and the next run’s', async () => {
    const id = await tried({ minSize: 9, lambda: { prefix: 0.2 } });
    await ingest([{ record: 'account', account_id: 'late', created_at: '2026-09-23T00:00:00Z' }]);
    await expect(adoptBacktest(admin, because(id))).rejects.toThrow('1 records came in since');
    await expect(adoptBacktest(await insertUser('analyst'), because(id))).rejects.toMatchObject({
      code: 'forbidden',
    });
    const tries = await Promise.allSettled([1, 2].map(() => adoptBacktest(admin, because(id, true))));
    expect(tries.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected']);
    const changed = { ...defaultConfig, minSize: 9, lambda: { prefix: 0.2 } };
    const { runId } = await runDetection(SYSTEM);
    const run = await database().detectionRun.findUniqueOrThrow({ where: { id: runId } });
    expect(run).toMatchObject({ settingsVersion: 1, config: changed });
    const [entry] = await database().auditEntry.findMany({
      where: { verb: 'setting.change', outcome: 'done' },
    });
    expect(entry).toMatchObject({
      actorName: admin.name,
      reason: 'campaigns at the edge',
      after: { version: 1, value: changed },
      detail: { backtest: id, newer_records: 1 },
    });
  });

  it('is not adopted once another version is in force, or after a day', async () => {
    const id = await tried({ minSize: 12 }, 1);
    const other = await tried({ minSize: 13 }, 1);
    await adoptBacktest(admin, because(other));
    await expect(adoptBacktest(admin, because(id))).rejects.toThrow('version 2 is in force');
    expect((await getBacktest(admin, id)).stale).toContain('version 2');
    const old = await tried({ minSize: 12 }, 2);
    await pool().query(
      `UPDATE detection_backtest SET looked_at = now() - interval '25 hours' WHERE id = $1`,
      [old],
    );
    await expect(adoptBacktest(admin, because(old, true))).rejects.toThrow('more than a day');
    expect(await database().auditEntry.count({ where: { verb: 'setting.change', outcome: 'refused' } })).toBe(
      4,
    );
  });
});
