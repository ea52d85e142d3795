/** For each test file: a database of its own, copied from the migrated template, dropped at the end. */
import { randomBytes } from 'node:crypto';
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

afterAll(async () => {
  await closeDatabase();
  await asAdmin(`DROP DATABASE ${name} WITH (FORCE)`);
});
