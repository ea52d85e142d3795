/** For each test file: a database of its own, copied from the migrated template, and a state folder of its own. */
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll } from 'vitest';
import { closeDatabase } from '../client';
import { TEMPLATE } from './start-test-postgres';

const server = process.env.WEIR_TEST_POSTGRES;
if (!server) throw new Error('the test Postgres is not running: run database tests through vitest');
const name = `weir_${randomBytes(6).toString('hex')}`;

async function asAdmin(sql: string): Promise<void> {
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  try {
    await admin.query(sql);
  } finally {
    await admin.end();
  }
}

await asAdmin(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`);
process.env.DATABASE_URL = server.replace(/\/weir$/, `/${name}`);
const folder = mkdtempSync(path.join(tmpdir(), 'weir-state-'));
chmodSync(folder, 0o711);
process.env.WEIR_STATE = folder;

afterAll(async () => {
  await closeDatabase();
  await asAdmin(`DROP DATABASE ${name} WITH (FORCE)`);
  rmSync(folder, { recursive: true, force: true });
});
