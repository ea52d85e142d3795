/** Once for a whole test run: an embedded Postgres in a folder of its own, with a migrated template database. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres, stopEmbeddedPostgres } from '../embedded-postgres';
import { migrate } from '../migrate';
import { prepareAppRole } from '../prepare-app-role';

export const TEMPLATE = 'weir_template';

/** Starts the server and answers how to reach it. Nothing in it needs to outlive a crash, so it never syncs. */
export async function startTestPostgres(): Promise<{ url: string; stop: () => Promise<void> }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'weir-test-'));
  const { chmodSync } = await import('node:fs');
  chmodSync(folder, 0o711);
  const server = await startEmbeddedPostgres(folder, {
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    max_connections: '200',
  });
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${TEMPLATE}`);
  await admin.end();
  const template = server.url.replace(/\/weir$/, `/${TEMPLATE}`);
  await migrate(template);
  await prepareAppRole(template);
  const stop = async () => {
    await stopEmbeddedPostgres(server.pid);
    rmSync(folder, { recursive: true, force: true });
  };
  return { url: server.url, stop };
}

export default async function setup(): Promise<() => Promise<void>> {
  const { url, stop } = await startTestPostgres();
  process.env.WEIR_TEST_POSTGRES = url;
  return stop;
}
