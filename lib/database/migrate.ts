/**
 * Applies prisma/migrations at start, without Prisma's engine. `_prisma_migrations` is kept exactly as
 * `prisma migrate deploy` keeps it, so that Prisma's own command line works on the same database.
 */
import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runMigrations as migrateQueue } from 'graphile-worker';
import pg from 'pg';
import { AppError } from '@/lib/errors';

/** The advisory lock that Prisma's migrate takes, so that both wait for one another. */
export const MIGRATE_LOCK = 72707369;
const FOLDER = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));
const OLDEST_SERVER = 150_000;

export interface Migration {
  name: string;
  sql: string;
  /** SHA-256 of the file, hex. */
  checksum: string;
}

/** The migrations of a folder, in the order of their names. */
export function readMigrations(folder = FOLDER): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = readFileSync(path.join(folder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    });
}

/**
 * Brings a database up to date, and its job queue's tables too. Safe when two start at once.
 * @returns the names of the migrations that were applied.
 * @throws AppError when the server is older than 15, or a migration that was applied has been edited since.
 */
export async function migrate(url: string, migrations = readMigrations()): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'weir migrate' });
  await client.connect();
  const applied: string[] = [];
  try {
    await refuseOldServer(client);
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATE_LOCK]);
    await client.query(`CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
      "id" VARCHAR(36) PRIMARY KEY NOT NULL,
      "checksum" VARCHAR(64) NOT NULL,
      "finished_at" TIMESTAMPTZ,
      "migration_name" VARCHAR(255) NOT NULL,
      "logs" TEXT,
      "rolled_back_at" TIMESTAMPTZ,
      "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
      "applied_steps_count" INTEGER NOT NULL DEFAULT 0)`);
    const done = new Map(
      (
        await client.query<{ migration_name: string; checksum: string; finished_at: Date | null }>(
          'SELECT migration_name, checksum, finished_at FROM "_prisma_migrations" WHERE rolled_back_at IS NULL',
        )
      ).rows.map((row) => [row.migration_name, row]),
    );
    for (const migration of migrations) {
      const before = done.get(migration.name);
      if (before) {
        refuseEdited(migration, before);
        continue;
      }
      await applyMigration(client, migration);
      applied.push(migration.name);
    }
    await migrateQueue({ connectionString: url, logger: undefined });
  } finally {
    // Ending the session releases the lock.
    await client.end();
  }
  return applied;
}

async function applyMigration(client: pg.Client, migration: Migration): Promise<void> {
  await client.query('BEGIN');
  try {
    const startedAt = new Date();
    await client.query(migration.sql);
    await client.query(
      `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, $4, now(), 1)`,
      [randomUUID(), migration.checksum, migration.name, startedAt],
    );
    await client.query('COMMIT');
  } catch (cause) {
    await client.query('ROLLBACK');
    const words = cause instanceof Error ? cause.message : String(cause);
    throw new AppError(
      'unavailable',
      `Migration ${migration.name} failed and was undone: ${words}`,
      undefined,
      { cause },
    );
  }
}

function refuseEdited(migration: Migration, before: { checksum: string; finished_at: Date | null }): void {
  if (before.finished_at === null) {
    throw new AppError(
      'unavailable',
      `Migration ${migration.name} was begun by Prisma and never finished. Resolve it with prisma migrate resolve.`,
    );
  }
  if (before.checksum !== migration.checksum) {
    throw new AppError(
      'unavailable',
      `Migration ${migration.name} was edited after it was applied to this database. Restore the file, and put the change into a new migration.`,
    );
  }
}

async function refuseOldServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ version: string }>(
    "SELECT current_setting('server_version_num') AS version",
  );
  if (Number(rows[0]?.version) < OLDEST_SERVER) {
    throw new AppError('unavailable', 'This Postgres is too old: Weir needs version 15 or later.');
  }
}
