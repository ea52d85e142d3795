import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, expect, it } from 'vitest';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { ownerPool, pool } from '@/lib/database/pool';
import { endDeadRuns } from './end-dead-runs';
import { ingestRecords } from './ingest-records';

const ACTOR: Actor = { kind: 'cli', name: 'tester' };
const root = fileURLToPath(new URL('../..', import.meta.url));

const line = (n: number) =>
  `{"record":"exchange","exchange_id":"ex_${n}","account_id":"acct_1","occurred_at":"2026-08-01T00:00:00Z"}\n`;

beforeEach(async () => {
  await ownerPool().query('TRUNCATE exchange, ingest_run, account CASCADE');
});

/** A sender who says the first line and then nothing until asked for the second. */
function slowSender() {
  let goOn = () => {};
  const asked = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  let began = () => {};
  const beginning = new Promise<void>((resolve) => {
    began = resolve;
  });
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(line(1));
    began();
    await asked;
    yield Buffer.from(line(2));
  }
  return { bytes: bytes(), goOn, beginning };
}

it('a run whose process was killed is failed at the next look, and its records stay', async () => {
  const child = spawn(process.execPath, ['--import', 'tsx', 'lib/cli/weir.ts', 'ingest', '-'], {
    cwd: root,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { ...process.env, WEIR_STATE: mkdtempSync(path.join(tmpdir(), 'weir-dead-')) },
  });
  child.stdin.on('error', () => {});
  for (let n = 0; n < 30_000; n++) child.stdin.write(line(n));
  const accepted = async () => Number((await database().ingestRun.findFirst())?.accepted ?? 0);
  while ((await accepted()) === 0);
  expect(await endDeadRuns()).toEqual([]);
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;

  const run = await database().ingestRun.findFirstOrThrow();
  let dead: number[] = [];
  while (dead.length === 0) dead = await endDeadRuns();
  expect(dead).toEqual([run.id]);
  const after = await database().ingestRun.findUniqueOrThrow({ where: { id: run.id } });
  expect(after).toMatchObject({ state: 'failed', finishedAt: expect.any(Date) });
  expect(Number(after.accepted)).toBeGreaterThanOrEqual(Number(run.accepted));
  const entry = await database().auditEntry.findFirst({
    where: { objectType: 'records', objectId: String(run.id) },
  });
  expect(entry).toMatchObject({ actor: 'system:worker', outcome: 'refused', verb: 'records.ingest' });
  expect(await endDeadRuns()).toEqual([]);
});

it('a run that waits for its sender lives, and those of dead writers end when it begins', async () => {
  const left = await database().ingestRun.create({ data: { source: 'left behind', format: 'weir' } });
  const sender = slowSender();
  const going = ingestRecords(ACTOR, sender.bytes, { source: 'slow' });
  await sender.beginning;
  expect(await database().ingestRun.findUnique({ where: { id: left.id } })).toMatchObject({
    state: 'failed',
  });
  expect(await endDeadRuns()).toEqual([]);
  sender.goOn();
  const { runId, accepted } = await going;
  expect(accepted).toBe(2);
  expect(await database().ingestRun.findUnique({ where: { id: runId } })).toMatchObject({ state: 'done' });
});

it('a writer that lost its hold takes nothing more, and says what to do', async () => {
  const sender = slowSender();
  const going = ingestRecords(ACTOR, sender.bytes, { source: 'slow' });
  const failure = going.catch((error: unknown) => String(error));
  await sender.beginning;
  const client = await ownerPool().connect();
  await client.query(
    `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = 'weir ingest'`,
  );
  client.release();
  expect(await endDeadRuns()).toHaveLength(1);
  sender.goOn();
  expect(await failure).toContain('send it again whole, nothing counts twice');
  expect((await pool().query('SELECT 1 FROM exchange')).rowCount).toBe(0);
});
