/** A backup of a server that is written to: restored beside it, it holds everything that was kept before the backup began,
 * and its audit log proves itself. */
import { chmodSync, copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { bringLogUpToDate } from '@/lib/audit/run-sequencer';
import { verifyDatabase } from '@/lib/audit/verify-database';
import { writeAudit } from '@/lib/audit/write-audit';
import { backUp } from './back-up';
import { closeDatabase, database } from './client';
import { type EmbeddedPostgres, startEmbeddedPostgres, stopEmbeddedPostgres } from './embedded-postgres';
import { migrate } from './migrate';
import { prepareAppRole } from './prepare-app-role';
import { inTransaction } from './transaction';

const ACTOR = { kind: 'cli', name: 'root' } as const;
const folders: string[] = [];
const servers: EmbeddedPostgres[] = [];
const given = process.env.DATABASE_URL;

afterAll(async () => {
  await closeDatabase();
  process.env.DATABASE_URL = given;
  for (const { pid } of servers) await stopEmbeddedPostgres(pid);
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'weir-backup-'));
  chmodSync(folder, 0o711);
  folders.push(folder);
  return folder;
}

async function start(folder: string, walLevel: string): Promise<EmbeddedPostgres> {
  const settings = { wal_level: walLevel, max_wal_senders: '0', fsync: 'off', shared_buffers: '32MB' };
  const server = await startEmbeddedPostgres(folder, settings);
  servers.push(server);
  return server;
}

async function use(url: string): Promise<void> {
  await closeDatabase();
  process.env.DATABASE_URL = url;
}

/** One change with its entry, as every verb makes it. */
const write = (n: number) =>
  inTransaction(async (tx) => {
    const { id } = await tx.model.create({ data: { name: `model ${n}` } });
    await writeAudit(tx, ACTOR, {
      verb: 'setting.change',
      object: { type: 'setting', id: String(id), label: `model ${n}` },
    });
  });

const counts = async () => [await database().model.count(), await database().auditEntry.count()];

test('a server is copied while it is written to, and the copy proves its log', async () => {
  const [own, place] = [newFolder(), newFolder()];
  const server = await start(own, 'replica');
  await migrate(server.url);
  await prepareAppRole(server.url);
  await use(server.url);
  let written = 0;
  while (written < 20) await write(written++);
  await bringLogUpToDate();
  const before = await counts();

  const over = new AbortController();
  const writing = (async () => {
    while (!over.signal.aborted) await write(written++);
  })();
  const into = path.join(place, 'copy');
  const { bytes } = await backUp(server.url, path.join(own, 'postgres'), into).finally(() => over.abort());
  await writing;
  expect(bytes).toBeGreaterThan(10_000_000);
  await expect(backUp(server.url, path.join(own, 'postgres'), into)).rejects.toMatchObject({
    code: 'conflict',
  });
  expect(written).toBeGreaterThan(20);

  chmodSync(into, 0o711);
  copyFileSync(path.join(own, 'postgres.json'), path.join(into, 'postgres.json'));
  const restored = await start(into, 'minimal');
  await use(restored.url);
  const [models = 0, entries = 0] = await counts();
  // A change and its entry came over together or not at all.
  expect(models).toBe(entries);
  expect(models).toBeGreaterThanOrEqual(before[0] ?? 0);
  expect(models).toBeLessThanOrEqual(written);
  expect(await verifyDatabase(ACTOR)).toMatchObject({ ok: true, entries });
  await expect(backUp(restored.url, path.join(into, 'postgres'), newFolder())).rejects.toMatchObject({
    forPerson: expect.stringContaining('WEIR_WAL_LEVEL=replica'),
  });
});
