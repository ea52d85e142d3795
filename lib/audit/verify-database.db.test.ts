import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor, Person } from '@/lib/access/schema';
import { closeDatabase } from '@/lib/database/client';
import { ownerPool, pool } from '@/lib/database/pool';
import { inTransaction } from '@/lib/database/transaction';
import { exportLog } from './export-log';
import { forgetPersonalData } from './forget-personal-data';
import { getInclusionProof } from './get-inclusion-proof';
import { leafHash } from './log/merkle-tree';
import { logFile, readLogId } from './log-state';
import { readLeaf } from './read-leaf';
import { bringLogUpToDate } from './run-sequencer';
import { verifyDatabase } from './verify-database';
import { writeAudits } from './write-audit';

const root: Actor = { kind: 'cli', name: 'root' };
const viewer: Person = { kind: 'user', id: 1, name: 'Ina', email: 'ina@example.com', role: 'viewer' };
const ENTRIES = 600;
const PROGRAM = fileURLToPath(new URL('./verifier/verify-log.mjs', import.meta.url));

const write = (from: number, to: number) =>
  inTransaction((tx) =>
    writeAudits(
      tx,
      root,
      Array.from({ length: to - from }, (_, n) => ({
        verb: 'enforcement.apply' as const,
        object: { type: 'account' as const, id: `acct_${from + n}` },
        reason: `reason ${from + n}`,
        detail: { accounts: [{ id: `acct_${from + n}`, state: 'done' }], done: 1 },
      })),
    ),
  );

/** What a superuser does who has turned the triggers off. */
async function asForger(...statements: string[]): Promise<void> {
  const client = await ownerPool().connect();
  try {
    await client.query('BEGIN');
    for (const table of ['audit_entry', 'audit_leaf', 'audit_node', 'audit_salt', 'audit_checkpoint']) {
      await client.query(`ALTER TABLE ${table} DISABLE TRIGGER ALL`);
    }
    for (const sql of statements) await client.query(sql);
    await client.query('COMMIT');
  } finally {
    client.release(true);
  }
}
const bytea = (bytes: Buffer) => `'\\x${bytes.toString('hex')}'`;
const entryAt = async (index: number): Promise<number> =>
  (await pool().query('SELECT entry_id AS id FROM audit_leaf WHERE "index" = $1', [index])).rows[0].id;

beforeAll(async () => {
  for (let from = 0; from < ENTRIES; from += 200) {
    await write(from, from + 200);
    await bringLogUpToDate();
  }
});

describe('the log in the database', () => {
  it('holds, and says how far it is signed for', async () => {
    expect(await verifyDatabase(viewer)).toEqual({
      ok: true,
      entries: ENTRIES,
      signed: ENTRIES,
      unsigned: 0,
      checkpoints: 3,
      erased: 0,
      waiting: 0,
      pushed_to: logFile(await readLogId(pool()), 'checkpoints'),
    });
    const kept = readFileSync(logFile(await readLogId(pool()), 'checkpoints'), 'utf8');
    expect(await verifyDatabase(viewer, kept)).toMatchObject({ ok: true });
    await expect(verifyDatabase(viewer, 'nothing')).rejects.toMatchObject({ code: 'bad_input' });
  });

  it.each<[string, number | null, RegExp, forge: string, undo: string]>([
    [
      'a flipped reason',
      417,
      /entry 417 was changed/,
      "UPDATE audit_entry SET reason = 'x' WHERE id = $id",
      "UPDATE audit_entry SET reason = 'reason 417' WHERE id = $id",
    ],
    [
      'a flipped account in a list',
      3,
      /entry 3 was changed/,
      `UPDATE audit_entry SET detail = jsonb_set(detail, '{accounts,0,id}', '"acct_9"') WHERE id = $id`,
      `UPDATE audit_entry SET detail = jsonb_set(detail, '{accounts,0,id}', '"acct_3"') WHERE id = $id`,
    ],
    [
      'another actor',
      0,
      /entry 0 was changed/,
      "UPDATE audit_entry SET actor = 'user:9' WHERE id = $id",
      "UPDATE audit_entry SET actor = 'cli:root' WHERE id = $id",
    ],
    [
      'another time',
      599,
      /entry 599 was changed/,
      "UPDATE audit_entry SET at = at + '1 ms' WHERE id = $id",
      "UPDATE audit_entry SET at = at - '1 ms'::interval WHERE id = $id",
    ],
    [
      'a word that says it was erased',
      5,
      /entry 5 was changed/,
      "UPDATE audit_entry SET reason = '[erased]' WHERE id = $id",
      "UPDATE audit_entry SET reason = 'reason 5' WHERE id = $id",
    ],
    [
      'two entries that changed places',
      100,
      /entry 100 was changed/,
      'UPDATE audit_leaf SET entry_id = -entry_id WHERE "index" IN (100, 101); UPDATE audit_leaf l SET entry_id = (SELECT -entry_id FROM audit_leaf o WHERE o."index" = 201 - l."index") WHERE l."index" = 100; UPDATE audit_leaf SET entry_id = $id WHERE "index" = 101',
      'UPDATE audit_leaf SET entry_id = -entry_id WHERE "index" IN (100, 101); UPDATE audit_leaf l SET entry_id = (SELECT -entry_id FROM audit_leaf o WHERE o."index" = 201 - l."index") WHERE l."index" = 101; UPDATE audit_leaf SET entry_id = $id WHERE "index" = 100',
    ],
    [
      'an entry slipped in',
      null,
      /was slipped in/,
      `INSERT INTO audit_entry (id, actor, actor_name, verb, object_type, object_id, xid) OVERRIDING SYSTEM VALUE SELECT 900000, actor, actor_name, verb, object_type, object_id, xid - 1 FROM audit_entry WHERE id = $id`,
      'DELETE FROM audit_entry WHERE id = 900000',
    ],
    [
      'another node',
      null,
      /stored nodes of level 1/,
      `UPDATE audit_node SET hash = sha256(hash) WHERE "index" = 1`,
      'SELECT 1',
    ],
  ])('with %s does not hold', async (_, index, words, forge, undo) => {
    const id = await entryAt(index ?? 300);
    const node = (await pool().query('SELECT hash FROM audit_node WHERE "index" = 1')).rows[0].hash as Buffer;
    await asForger(forge.replaceAll('$id', String(id)));
    const found = await verifyDatabase(viewer);
    await asForger(
      undo.replaceAll('$id', String(id)),
      `UPDATE audit_node SET hash = ${bytea(node)} WHERE "index" = 1`,
    );
    expect(found).toMatchObject({ ok: false, first_bad: index, problem: expect.stringMatching(words) });
    expect(await verifyDatabase(viewer)).toMatchObject({ ok: true });
  });

  it('from which an entry or a leaf was removed does not hold', async () => {
    const id = await entryAt(250);
    await asForger(
      'CREATE TABLE gone AS SELECT * FROM audit_entry WHERE false',
      `INSERT INTO gone SELECT * FROM audit_entry WHERE id = ${id}`,
      `DELETE FROM audit_entry WHERE id = ${id}`,
    );
    expect(await verifyDatabase(viewer)).toMatchObject({
      first_bad: 250,
      problem: 'entry 250 is missing: it was removed from the database',
    });
    await asForger('INSERT INTO audit_entry SELECT * FROM gone', 'DROP TABLE gone');
    await asForger(
      'CREATE TABLE gone AS SELECT * FROM audit_leaf WHERE "index" = 250',
      'DELETE FROM audit_leaf WHERE "index" = 250',
    );
    expect(await verifyDatabase(viewer)).toMatchObject({
      first_bad: 250,
      problem: 'entry 250 is missing: entry 251 stands in its place',
    });
    await asForger('INSERT INTO audit_leaf SELECT * FROM gone', 'DROP TABLE gone');
    expect(await verifyDatabase(viewer)).toMatchObject({ ok: true });
  });

  it('whose entry was forged with its leaf does not hold', async () => {
    const id = await entryAt(450);
    const old = (await readLeaf(pool(), id))!;
    await asForger(`UPDATE audit_entry SET reason = 'forged' WHERE id = ${id}`);
    const forged = leafHash((await readLeaf(pool(), id))!.leaf!.text);
    await asForger(`UPDATE audit_leaf SET hash = ${bytea(forged)} WHERE "index" = 450`);
    expect(await verifyDatabase(viewer)).toMatchObject({
      first_bad: 400,
      problem: expect.stringContaining('one of the entries 400 to 599 is not what was signed for'),
    });
    await asForger(
      `UPDATE audit_entry SET reason = 'reason 450' WHERE id = ${id}`,
      `UPDATE audit_leaf SET hash = ${bytea(old.hash)} WHERE "index" = 450`,
    );
    expect(await verifyDatabase(viewer)).toMatchObject({ ok: true });
  });

  it('with a checkpoint that nobody signed does not hold', async () => {
    await asForger(
      "UPDATE audit_checkpoint SET note = replace(note, E'\\n400\\n', E'\\n401\\n') WHERE size = 400",
    );
    expect(await verifyDatabase(viewer)).toMatchObject({
      ok: false,
      problem: 'the checkpoint after entry 399 is not signed by the key',
    });
    await asForger(
      "UPDATE audit_checkpoint SET note = replace(note, E'\\n401\\n', E'\\n400\\n') WHERE size = 400",
    );
    expect(await verifyDatabase(viewer)).toMatchObject({ ok: true });
  });

  it('holds after personal data was erased', async () => {
    const before = await getInclusionProof(root, await entryAt(42));
    expect(await inTransaction((tx) => forgetPersonalData(tx, ['acct_42']))).toEqual({
      entries: 1,
      values: 2,
    });
    expect(await verifyDatabase(viewer)).toMatchObject({ ok: true, erased: 1 });
    expect((await getInclusionProof(root, await entryAt(42)))?.leaf).toBe(before?.leaf);
  });
});

describe('an export', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'weir-export-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const warnings: string[] = [];
  const file = path.join(folder, 'log.ndjson');
  async function exported(): Promise<string[]> {
    const lines: string[] = [];
    for await (const line of exportLog(root, (words) => warnings.push(words))) lines.push(line);
    return lines;
  }
  async function verifyFile(lines: string[]): Promise<unknown> {
    writeFileSync(file, lines.map((line) => `${line}\n`).join(''));
    const logId = await readLogId(pool());
    const args = [file, '--key', logFile(logId, 'pub'), '--checkpoint', logFile(logId, 'checkpoints')];
    return JSON.parse(spawnSync(process.execPath, [PROGRAM, ...args], { encoding: 'utf8' }).stdout);
  }

  it('is written down itself, and holds without the database', async () => {
    const lines = await exported();
    expect(warnings).toEqual([]);
    expect(lines.at(-2)).toContain('"verb":"data.export"');
    expect(lines.join('\n')).not.toContain('acct_42"');
    expect(await verifyFile(lines)).toEqual({
      ok: true,
      entries: ENTRIES + 1,
      signed: ENTRIES + 1,
      unsigned: 0,
      checkpoints: 4,
    });
  });

  it('that was cut short does not hold the checkpoints of the second place', async () => {
    const lines = await exported();
    const end = lines.findLastIndex((line) => line.startsWith('{"checkpoint"') && line.includes('\\n600\\n'));
    expect(await verifyFile(lines.slice(0, end + 1))).toMatchObject({ ok: false, first_bad: 600 });
  });

  it('is for those who may have one', async () => {
    await expect(exportLog(viewer, () => {}).next()).rejects.toMatchObject({ code: 'forbidden' });
  });
});

it('an older backup that was restored does not hold what was signed since', async () => {
  const [size] = (await pool().query('SELECT max("index") + 1 AS size FROM audit_leaf')).rows;
  const database = (process.env.DATABASE_URL ?? '').split('/').at(-1);
  // The backup: a copy of the database as it is now.
  await closeDatabase();
  const admin = new pg.Client({ connectionString: process.env.WEIR_TEST_POSTGRES });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${database}_backup TEMPLATE ${database}`);
  await write(700, 705);
  await bringLogUpToDate();
  expect(await verifyDatabase(viewer)).toMatchObject({ ok: true, entries: size.size + 5 });
  await closeDatabase();
  await admin.query(`ALTER DATABASE ${database} RENAME TO ${database}_newer`);
  await admin.query(`ALTER DATABASE ${database}_backup RENAME TO ${database}`);
  expect(await verifyDatabase(viewer)).toMatchObject({
    ok: false,
    first_bad: size.size,
    problem: expect.stringContaining('an older backup was restored'),
  });
  await closeDatabase();
  await admin.query(`DROP DATABASE ${database}_newer`);
  await admin.end();
});
