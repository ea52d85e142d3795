import { once } from 'node:events';
import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Actor, Person } from '@/lib/access/schema';
import { closeDatabase } from '@/lib/database/client';
import { migrate, readMigrations } from '@/lib/database/migrate';
import { ownerPool, pool } from '@/lib/database/pool';
import { prepareAppRole } from '@/lib/database/prepare-app-role';
import { inTransaction } from '@/lib/database/transaction';
import { getVerification } from './get-verification';
import { logFile, readLogId } from './log-state';
import { bringLogUpToDate } from './run-sequencer';
import { splitNotes } from './second-place';
import { sequenceEntries } from './sequence-entries';
import { verifyDatabase } from './verify-database';
import { writeAudits } from './write-audit';

const reader: Person = { kind: 'user', id: 1, name: 'Ina', email: 'ina@example.com', role: 'auditor' };
const worker: Actor = { kind: 'system', name: 'worker' };
const one = (id: string) => ({ verb: 'enforcement.apply', object: { type: 'account', id } }) as const;
const write = (...ids: string[]) => inTransaction((tx) => writeAudits(tx, worker, ids.map(one)));

/** Ids of the objects in the log's order. */
async function logged(): Promise<string[]> {
  const { rows } = await pool().query<{ id: string; index: number }>(
    'SELECT e.object_id AS id, l."index" FROM audit_leaf l JOIN audit_entry e ON e.id = l.entry_id ORDER BY l."index"',
  );
  expect(rows.map((row) => row.index)).toEqual(rows.map((_, n) => n));
  return rows.map((row) => row.id);
}

/** Rounds until so many entries were taken: transactions of other databases on this server hold them up too. */
async function take(count: number, sweep = false): Promise<void> {
  for (let taken = 0; taken < count; ) taken += (await sequenceEntries(sweep)) ?? 0;
  expect(await sequenceEntries(sweep)).toBe(0);
}

describe('the sequencer', () => {
  /** Two other people in the middle of something. */
  let slow: pg.Client;
  beforeEach(async () => {
    slow = new pg.Client({ connectionString: process.env.DATABASE_URL });
    await slow.connect();
  });
  afterEach(() => slow.end());

  const insert = (client: pg.ClientBase, id: string) =>
    client.query(
      `INSERT INTO audit_entry (actor, actor_name, verb, object_type, object_id)
       VALUES ('system:worker', 'Worker', 'enforcement.apply', 'account', $1)`,
      [id],
    );

  it('takes what is committed, in the order of the transactions, and each entry once', async () => {
    await write('a', 'b');
    await write('c');
    await take(3, true);
    expect(await logged()).toEqual(['a', 'b', 'c']);
  });

  it('waits for a transaction that began before: what commits late is neither skipped nor put before others', async () => {
    await slow.query('BEGIN');
    await insert(slow, 'late');
    await write('quick');
    expect(await sequenceEntries()).toBe(0);
    await slow.query('COMMIT');
    await take(2);
    expect((await logged()).slice(3)).toEqual(['late', 'quick']);
  });

  it('leaves out what was undone', async () => {
    const before = await logged();
    await slow.query('BEGIN');
    await insert(slow, 'undone');
    await slow.query('ROLLBACK');
    await write('after');
    await take(1);
    expect(await logged()).toEqual([...before, 'after']);
  });

  it('runs once at a time: eight at once give every entry one place', async () => {
    const before = (await logged()).length;
    const ids = Array.from({ length: 60 }, (_, n) => `at_once_${n}`);
    await Promise.all([
      ...ids.map((id) => write(id)),
      ...Array.from({ length: 8 }, () => sequenceEntries(false, 7)),
    ]);
    await bringLogUpToDate();
    const found = (await logged()).slice(before);
    expect(found.toSorted()).toEqual(ids.toSorted());
  });

  it('brings in those of an earlier life of the database', async () => {
    const before = await logged();
    // As a row has it that was restored from a server which had given more transaction numbers.
    const owner = await ownerPool().connect();
    await owner.query(`INSERT INTO audit_entry (actor, actor_name, verb, object_type, object_id, xid) VALUES
      ('system:worker', 'Worker', 'detection.run', 'detection', 'elsewhere', 4000000000)`);
    owner.release();
    await write('here');
    await take(1);
    await take(1, true);
    await write('later');
    await take(1, true);
    expect(await logged()).toEqual([...before, 'here', 'elsewhere', 'later']);
  });

  it('brings in all of an earlier life, also more than one round takes', async () => {
    const before = (await logged()).length;
    const owner = await ownerPool().connect();
    await owner.query(`INSERT INTO audit_entry (actor, actor_name, verb, object_type, object_id, xid)
      SELECT 'system:worker', 'Worker', 'detection.run', 'detection', 'elsewhere ' || n, 4000000001
      FROM generate_series(1, 1003) n`);
    owner.release();
    await bringLogUpToDate();
    expect((await logged()).length - before).toBe(1003);
    await write('after all');
    await bringLogUpToDate();
    expect((await logged()).length - before).toBe(1004);
    await write('unsigned');
  });

  it('takes no word of the app for who wrote when', async () => {
    await expect(pool().query('INSERT INTO audit_entry (xid) VALUES (1)')).rejects.toThrow(
      'permission denied',
    );
    await expect(
      pool().query(
        "INSERT INTO audit_entry (actor, actor_name, verb, object_type, object_id) VALUES (' ', ' ', 'x.y', 'z', '1')",
      ),
    ).rejects.toThrow('audit_entry_names_actor');
  });
});

describe('a signed head', () => {
  let checkpoints: string;
  beforeAll(async () => {
    checkpoints = logFile(await readLogId(pool()), 'checkpoints');
  });

  it('is pushed before it is kept; the key lies outside the database, for its owner alone', async () => {
    expect(await bringLogUpToDate()).toMatchObject({ state: 'signed' });
    const logId = await readLogId(pool());
    expect(statSync(logFile(logId, 'key')).mode & 0o777).toBe(0o600);
    expect(readFileSync(logFile(logId, 'key'), 'utf8')).toContain('PRIVATE KEY');
    const { rows } = await pool().query('SELECT note FROM audit_checkpoint');
    expect(splitNotes(readFileSync(checkpoints, 'utf8'))).toEqual(rows.map((row) => row.note));
    expect(await bringLogUpToDate()).toMatchObject({ state: 'current' });
    expect(await getVerification(reader)).toMatchObject({
      state: 'signed',
      size: (await logged()).length,
      signedSize: (await logged()).length,
      lag: { entries: 0, seconds: 0 },
      pushedTo: checkpoints,
      guardedByRole: true,
    });
  });

  it('covers what came since, and says what waits meanwhile', async () => {
    await write('waiting');
    expect((await getVerification(reader)).lag.entries).toBe(1);
    await take(1);
    expect((await getVerification(reader)).lag.entries).toBe(1);
    expect(await bringLogUpToDate()).toMatchObject({ state: 'signed' });
    expect((await getVerification(reader)).lag.entries).toBe(0);
  });

  it('is not given when the second place takes no checkpoint; at an address that does, it goes on', async () => {
    let held = readFileSync(checkpoints, 'utf8');
    let full = true;
    const place = createServer(async (request, response) => {
      if (request.method === 'GET') return response.end(held);
      let note = '';
      for await (const chunk of request) note += chunk;
      if (!full) held += `${note}\n`;
      response.statusCode = full ? 507 : 204;
      response.end();
    }).listen(0, '127.0.0.1');
    await once(place, 'listening');
    const url = `http://127.0.0.1:${(place.address() as AddressInfo).port}/`;
    process.env.WEIR_CHECKPOINTS = url;
    try {
      await write('unpushed');
      await expect(bringLogUpToDate()).rejects.toThrow(
        `${url}: answered 507. Nothing is signed until they can`,
      );
      expect((await getVerification(reader)).lag.entries).toBe(1);
      full = false;
      expect(await bringLogUpToDate()).toMatchObject({ state: 'signed' });
      expect((await getVerification(reader)).pushedTo).toBe(url);
      writeFileSync(checkpoints, held);
    } finally {
      delete process.env.WEIR_CHECKPOINTS;
      place.close();
    }
    await expect(bringLogUpToDate()).resolves.toMatchObject({ state: 'current' });
  });

  it('is refused when the second place holds one that the log does not reach: an older backup was restored', async () => {
    const kept = readFileSync(checkpoints);
    const size = (await logged()).length;
    // The newer checkpoint exists outside only, as it does after a restore.
    await write('rolled back');
    await bringLogUpToDate();
    const owner = await ownerPool().connect();
    await owner.query(`ALTER TABLE audit_leaf DISABLE TRIGGER ALL; ALTER TABLE audit_checkpoint DISABLE TRIGGER ALL;
      ALTER TABLE audit_entry DISABLE TRIGGER ALL`);
    await owner.query('DELETE FROM audit_checkpoint WHERE size > $1', [size]);
    await owner.query(
      'DELETE FROM audit_entry WHERE id IN (SELECT entry_id FROM audit_leaf WHERE "index" >= $1)',
      [size],
    );
    await owner.query('DELETE FROM audit_leaf WHERE "index" >= $1', [size]);
    owner.release();
    expect(await bringLogUpToDate()).toMatchObject({
      state: 'refused',
      words: expect.stringContaining('an older backup was restored'),
    });
    // New entries make it long again, not right.
    await write('forked');
    await write('forked again');
    expect(await bringLogUpToDate()).toMatchObject({
      state: 'refused',
      words: expect.stringContaining('are not the ones that were signed for'),
    });
    expect(await getVerification(reader)).toMatchObject({ state: 'refused' });
    writeFileSync(checkpoints, kept);
    expect(await bringLogUpToDate()).toMatchObject({ state: 'signed' });
  });

  it('is refused when the second place was emptied, or holds what none of our keys signed', async () => {
    const kept = readFileSync(checkpoints, 'utf8');
    writeFileSync(checkpoints, '');
    expect(await bringLogUpToDate()).toMatchObject({
      state: 'refused',
      words: expect.stringContaining('It must only grow'),
    });
    writeFileSync(checkpoints, kept.replaceAll('weir/', 'wier/'));
    expect(await bringLogUpToDate()).toMatchObject({
      state: 'refused',
      words: expect.stringContaining('is not one of this log'),
    });
    writeFileSync(checkpoints, kept);
    // A note cut off by a full disk does not hide the one before it.
    appendFileSync(checkpoints, kept.slice(0, 40));
    expect(await bringLogUpToDate()).toMatchObject({ state: 'current' });
  });
});

it('a log begins with what was written before there was one', async () => {
  const here = process.env.DATABASE_URL ?? '';
  const name = `${here.split('/').at(-1)}_older`;
  const url = here.replace(/[^/]+$/, name);
  await ownerPool().query(`CREATE DATABASE ${name}`);
  const migrations = readMigrations();
  await migrate(
    url,
    migrations.slice(
      0,
      migrations.findIndex((migration) => migration.name === '0009_audit_log'),
    ),
  );
  const older = new pg.Client({ connectionString: url });
  await older.connect();
  await older.query(`INSERT INTO audit_entry (actor, actor_name, verb, object_type, object_id, detail)
    SELECT 'user:1', 'Ann', 'cluster.claim', 'cluster', 'CL-' || n, '{"n": 1.50}' FROM generate_series(1, 1500) n`);
  await older.end();
  await migrate(url);
  await prepareAppRole(url);
  await closeDatabase();
  process.env.DATABASE_URL = url;
  try {
    await write('since');
    expect(await verifyDatabase(reader)).toMatchObject({ ok: true, entries: 1_501, signed: 1_501 });
    expect((await logged()).slice(-2)).toEqual(['CL-1500', 'since']);
  } finally {
    await closeDatabase();
    process.env.DATABASE_URL = here;
    await ownerPool().query(`DROP DATABASE ${name}`);
  }
});
