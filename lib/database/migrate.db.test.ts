import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { database } from './client';
import { Prisma } from './generated/client';
import { migrate, readMigrations } from './migrate';
import { ownerPool } from './pool';

async function emptyDatabase(name: string): Promise<string> {
  await ownerPool().query(`DROP DATABASE IF EXISTS ${name}`);
  await ownerPool().query(`CREATE DATABASE ${name}`);
  return (process.env.DATABASE_URL ?? '').replace(/\/[^/]+$/, `/${name}`);
}

async function rowsOf(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('migrate', () => {
  it('applies everything to an empty database and nothing the second time', async () => {
    const url = await emptyDatabase('weir_migrate_twice');
    expect(await migrate(url)).toEqual(readMigrations().map((m) => m.name));
    expect(await migrate(url)).toEqual([]);
    const rows = await rowsOf(
      url,
      'SELECT checksum, applied_steps_count, finished_at FROM _prisma_migrations',
    );
    expect(rows.map((row) => row.checksum)).toEqual(readMigrations().map((m) => m.checksum));
    expect(rows.every((row) => row.finished_at && row.applied_steps_count === 1)).toBe(true);
  });

  it('applies each migration once when two start at the same time', async () => {
    const url = await emptyDatabase('weir_migrate_race');
    const both = await Promise.all([migrate(url), migrate(url)]);
    expect(both.flat().sort()).toEqual(readMigrations().map((m) => m.name));
  });

  it('refuses a migration that was edited after it was applied, and names it', async () => {
    const url = await emptyDatabase('weir_migrate_edited');
    await migrate(url);
    const [first, ...rest] = readMigrations();
    const edited = [{ ...first!, checksum: 'f'.repeat(64) }, ...rest];
    await expect(migrate(url, edited)).rejects.toThrow(`Migration ${first!.name} was edited`);
  });

  it('widens model ids of a database that holds exchanges, and keeps them', async () => {
    const url = await emptyDatabase('weir_migrate_models');
    const migrations = readMigrations();
    const at = migrations.findIndex(({ name }) => name === '0003_model_ids');
    await migrate(url, migrations.slice(0, at));
    await rowsOf(
      url,
      `CREATE TABLE exchange_20260801 PARTITION OF exchange FOR VALUES FROM ('2026-08-01Z') TO ('2026-08-02Z');
       INSERT INTO model (name) VALUES ('atlas-3');
       INSERT INTO exchange (account_key, occurred_at, identity, model_id, class, input_tokens, output_tokens)
       VALUES (1, '2026-08-01T12:00:00Z', 7, 1, 0, 1, 1)`,
    );
    await migrate(url);
    const rows = await rowsOf(
      url,
      `SELECT m.id, m.name, pg_typeof(m.id)::text AS id_type, pg_typeof(e.model_id)::text AS model_type
       FROM exchange_20260801 e JOIN model m ON m.id = e.model_id`,
    );
    expect(rows).toEqual([{ id: 1, name: 'atlas-3', id_type: 'integer', model_type: 'integer' }]);
    await rowsOf(url, "SELECT setval('model_id_seq', 40000)");
    const [late] = await rowsOf(url, "INSERT INTO model (name) VALUES ('late') RETURNING id");
    expect(late).toEqual({ id: 40_001 });
  });

  it('undoes a migration that fails halfway and keeps no record of it', async () => {
    const url = await emptyDatabase('weir_migrate_broken');
    const broken = {
      name: '9999_broken',
      sql: 'CREATE TABLE half (id int); SELECT no_such_function();',
      checksum: '0'.repeat(64),
    };
    await expect(migrate(url, [...readMigrations(), broken])).rejects.toThrow(
      '9999_broken failed and was undone',
    );
    expect(await rowsOf(url, "SELECT to_regclass('half') AS made")).toEqual([{ made: null }]);
    expect(
      await rowsOf(url, "SELECT 1 FROM _prisma_migrations WHERE migration_name = '9999_broken'"),
    ).toEqual([]);
  });
});

describe('schema.prisma and the migrations', () => {
  it('agree: every column of every model can be selected', async () => {
    const client = database() as unknown as Record<string, { findFirst: () => Promise<unknown> }>;
    const models = Object.values(Prisma.ModelName);
    expect(models.length).toBeGreaterThan(20);
    for (const model of models) {
      const delegate = client[model.charAt(0).toLowerCase() + model.slice(1)];
      expect(await delegate?.findFirst(), model).toBeNull();
    }
  });
});
