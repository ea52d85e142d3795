import pg from 'pg';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { migrate } from './migrate';
import { closePool, ownerPool, pool } from './pool';
import { prepareAppRole } from './prepare-app-role';

const who = async (from: pg.Pool) => (await from.query('SELECT current_user AS me')).rows[0].me;
const urlOf = (user: string, database: string) =>
  (process.env.DATABASE_URL ?? '')
    .replace(/\/\/[^@]+@/, `//${user}:secret@`)
    .replace(/\/[^/]+$/, `/${database}`);

const databases: string[] = [];
const roles: string[] = [];
afterEach(() => vi.unstubAllEnvs());
afterAll(async () => {
  for (const name of databases) await ownerPool().query(`DROP DATABASE ${name} WITH (FORCE)`);
  for (const name of roles) await ownerPool().query(`DROP ROLE ${name}`);
});

/** A database that belongs to a user who is no superuser and makes no roles, as a hoster gives it. */
async function hosted(name: string, attributes = 'NOCREATEROLE'): Promise<string> {
  await ownerPool().query(`CREATE ROLE ${name} LOGIN PASSWORD 'secret' ${attributes}`);
  await ownerPool().query(`CREATE DATABASE ${name} OWNER ${name}`);
  databases.push(name);
  roles.push(name);
  const url = urlOf(name, name);
  await migrate(url);
  return url;
}

describe('the pool', () => {
  it('works under the app role on every connection, also when all of them are in use', async () => {
    const all = await Promise.all(Array.from({ length: 10 }, () => pool().connect()));
    const users = await Promise.all(
      all.map(async (client) => (await client.query('SELECT current_user AS me')).rows[0].me),
    );
    for (const client of all) client.release();
    expect(new Set(users)).toEqual(new Set(['weir_app']));
    expect(await who(ownerPool())).toBe('weir');
  });

  it.each([
    ['CREATE TABLE mine (id int)', 'permission denied for schema public'],
    ['DROP TABLE exchange', 'must be owner of table exchange'],
    ['ALTER TABLE audit_entry DISABLE TRIGGER ALL', 'must be owner of table audit_entry'],
    ['TRUNCATE exchange', 'permission denied for table exchange'],
    ['SET session_replication_role = replica', 'permission denied to set parameter'],
  ])('may not %s', async (sql, words) => {
    await expect(pool().query(sql)).rejects.toThrow(words);
  });

  it('gives nobody a connection when the role cannot be taken on', async () => {
    const role = `weir_gone_${process.pid}`;
    vi.stubEnv('WEIR_APP_ROLE', role);
    await closePool();
    await expect(pool().query('SELECT 1')).rejects.toThrow(`role "${role}" does not exist`);
  });
});

describe('prepareAppRole', () => {
  it('gives a later table its grants, and changes nothing when all is there', async () => {
    const url = process.env.DATABASE_URL ?? '';
    await ownerPool().query('CREATE TABLE audit_later (id int); CREATE TABLE later (id serial)');
    expect(await prepareAppRole(url)).toBeNull();
    await pool().query('INSERT INTO later DEFAULT VALUES; UPDATE later SET id = 2; DELETE FROM later');
    await pool().query('INSERT INTO audit_later VALUES (1)');
    await expect(pool().query('DELETE FROM audit_later')).rejects.toThrow('permission denied');
    const grants = "SELECT xmin FROM pg_class WHERE relname IN ('later', 'account') ORDER BY relname";
    const before = (await ownerPool().query(grants)).rows;
    expect(await prepareAppRole(url)).toBeNull();
    expect((await ownerPool().query(grants)).rows).toEqual(before);
    await ownerPool().query('DROP TABLE later, audit_later');
  });

  it('makes the role for an owner who may make roles', async () => {
    const url = await hosted(`weir_maker_${process.pid}`, 'CREATEROLE');
    vi.stubEnv('WEIR_APP_ROLE', `weir_made_${process.pid}`);
    roles.unshift(`weir_made_${process.pid}`);
    expect(await prepareAppRole(url)).toBeNull();
    expect(await prepareAppRole(url)).toBeNull();
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(`SET ROLE weir_made_${process.pid}`);
    await client.query('INSERT INTO sandbox_account (account_id, status, last_key) VALUES (1, $1, 2)', [
      'active',
    ]);
    await client.end();
  });

  it('says in one line what is missing where roles may not be made, and what an administrator can do', async () => {
    const name = `weir_hosted_${process.pid}`;
    const url = await hosted(name);
    vi.stubEnv('WEIR_APP_ROLE', `weir_refused_${process.pid}`);
    const words = await prepareAppRole(url);
    expect(words).toContain('permission denied to create role');
    expect(words).toContain(
      `CREATE ROLE weir_refused_${process.pid} NOLOGIN; GRANT weir_refused_${process.pid} TO ${name};`,
    );
    expect(words).not.toContain('\n');
  });

  it('is content with a role that an administrator made', async () => {
    const name = `weir_given_${process.pid}`;
    const url = await hosted(name);
    vi.stubEnv('WEIR_APP_ROLE', `weir_ready_${process.pid}`);
    await ownerPool().query(`CREATE ROLE weir_ready_${process.pid} NOLOGIN`);
    await ownerPool().query(`GRANT weir_ready_${process.pid} TO ${name}`);
    roles.unshift(`weir_ready_${process.pid}`);
    expect(await prepareAppRole(url)).toBeNull();
  });
});
