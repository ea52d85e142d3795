import { beforeAll, describe, expect, test } from 'vitest';
import { type Actor, type Person, ROLES } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { ownerPool, pool } from '@/lib/database/pool';
import { inTransaction } from '@/lib/database/transaction';
import { countAudit } from './count-audit';
import { auditFilterSchema } from './filter-schema';
import { getAuditHistory } from './get-audit-history';
import { listAudit } from './list-audit';
import type { NewAuditEntry } from './schema';
import { writeAudit, writeAudits, writeRefusal } from './write-audit';

const reader: Person = { kind: 'user', id: 1, name: 'Ina', email: 'ina@example.com', role: 'viewer' };
const ann: Person = { kind: 'user', id: 7, name: 'Ann', email: 'ann@example.com', role: 'analyst' };
const root: Actor = { kind: 'cli', name: 'root' };
const worker: Actor = { kind: 'system', name: 'worker' };

const write = (actor: Actor, entry: NewAuditEntry) => inTransaction((tx) => writeAudit(tx, actor, entry));
const list = (query: Record<string, string> = {}) => listAudit(reader, auditFilterSchema.parse(query));
const count = (query: Record<string, string> = {}) => countAudit(reader, auditFilterSchema.parse(query));
const verbs = async (query: Record<string, string>) => (await list(query)).rows.map((row) => row.verb);

beforeAll(async () => {
  await write(root, {
    verb: 'records.ingest',
    object: { type: 'records', id: '1', label: '50%_off.ndjson' },
  });
  await write(ann, {
    verb: 'cluster.confirm',
    object: { type: 'cluster', id: '12', label: 'Iron estuary' },
    reason: 'All on one card.',
    before: { status: 'open' },
    after: { status: 'confirmed', accounts: 2n ** 40n },
  });
  await write(ann, { verb: 'proposal.create', object: { type: 'proposal', id: '3', label: 'P-3' } });
  await writeRefusal(ann, {
    verb: 'proposal.approve',
    object: { type: 'proposal', id: 'P-3' },
    reason: 'Own proposal',
  });
  await inTransaction((tx) =>
    writeAudits(tx, worker, [
      { verb: 'enforcement.apply', object: { type: 'account', id: 'acct_1' } },
      { verb: 'enforcement.apply', object: { type: 'account', id: 'acct_12' } },
    ]),
  );
  await write(root, { verb: 'user.add', object: { type: 'user', id: '7', label: 'Ann' } });
  // One entry of an earlier day; only an insert can give it.
  await database().$executeRaw`
    INSERT INTO audit_entry (at, actor, actor_name, verb, object_type, object_id)
    VALUES ('2026-03-01T23:59:59.999Z', 'user:8', 'Bo', 'cluster.claim', 'cluster', 'CL-12')`;
});

describe('the audit only grows', () => {
  test.each([
    ["UPDATE audit_entry SET reason = 'x'", 'UPDATE'],
    ['DELETE FROM audit_entry', 'DELETE'],
    ['TRUNCATE audit_entry', 'TRUNCATE'],
    ['SET session_replication_role = replica; DELETE FROM audit_entry', 'DELETE'],
  ])('%s is refused by the database, to its owner too', async (sql, operation) => {
    const client = await ownerPool().connect();
    try {
      await expect(client.query(sql)).rejects.toThrow(
        `audit entries are never changed or removed (${operation} refused)`,
      );
    } finally {
      await client.query('RESET session_replication_role');
      client.release();
    }
    expect((await count()).total).toEqual({ entries: 8, exact: true });
  });

  test.each(["UPDATE audit_entry SET reason = 'x'", 'DELETE FROM audit_entry', 'TRUNCATE audit_entry'])(
    '%s is nothing that the app may even try',
    async (sql) => {
      await expect(pool().query(sql)).rejects.toThrow('permission denied for table audit_entry');
    },
  );

  test('an entry is gone with the transaction it belongs to', async () => {
    const failing = inTransaction(async (tx) => {
      await writeAudit(tx, ann, { verb: 'cluster.claim', object: { type: 'cluster', id: '99' } });
      throw new Error('after the entry');
    });
    await expect(failing).rejects.toThrow('after the entry');
    expect(await getAuditHistory(reader, 'cluster', '99')).toEqual([]);
  });

  test('nobody cannot act', async () => {
    for (const actor of [{ ...ann, name: ' ' }, { kind: 'cli', name: '' } as const]) {
      await expect(
        write(actor, { verb: 'data.export', object: { type: 'export', id: 'x' } }),
      ).rejects.toThrow('without an actor');
    }
  });

  test('text of any length is kept up to a bound, and says that it was cut', async () => {
    const long = 'x'.repeat(100_000);
    const undo = inTransaction(async (tx) => {
      await writeAudit(
        tx,
        { kind: 'cli', name: long },
        { verb: 'data.export', object: { type: 'export', id: long, label: long }, reason: long },
      );
      const row = await tx.auditEntry.findFirstOrThrow({ orderBy: { id: 'desc' } });
      const texts = [row.actor, row.actorName, row.objectId, row.objectLabel, row.reason];
      throw new Error(texts.map((text) => `${text?.length}${text?.at(-1)}`).join(' '));
    });
    await expect(undo).rejects.toThrow('200… 300… 200… 300… 4000…');
  });

  test('text that Postgres cannot hold is kept as far as it can be', async () => {
    const entry = {
      verb: 'data.export',
      object: { type: 'export', id: 'a\0b' },
      reason: '\uD800',
      after: { x: '\0' },
    } as const;
    const undo = inTransaction(async (tx) => {
      await writeAudit(tx, ann, entry);
      const row = await tx.auditEntry.findFirstOrThrow({ orderBy: { id: 'desc' } });
      throw new Error(`${row.objectId} ${row.reason} ${JSON.stringify(row.after)}`);
    });
    await expect(undo).rejects.toThrow('a\uFFFDb \uFFFD {"x":"\uFFFD"}');
  });
});

describe('a page of the audit', () => {
  test('is newest first, with who, what and what changed', async () => {
    const { rows } = await list({ verb: 'cluster.confirm' });
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      actor: 'user:7',
      actorName: 'Ann',
      objectType: 'cluster',
      objectId: 'CL-12',
      objectLabel: 'Iron estuary',
      outcome: 'done',
      reason: 'All on one card.',
      before: { status: 'open' },
      after: { status: 'confirmed', accounts: 1_099_511_627_776 },
      detail: null,
    });
    expect(Date.parse(rows[0]?.at ?? '')).toBeGreaterThan(Date.now() - 600_000);
    const ids = (await list()).rows.map((row) => row.id);
    expect(ids).toEqual(ids.toSorted((a, b) => b - a));
  });

  test('names machines and the command line as people would', async () => {
    expect((await count()).actors).toEqual([
      { actor: 'user:7', name: 'Ann' },
      { actor: 'user:8', name: 'Bo' },
      { actor: 'cli:root', name: 'root (command line)' },
      { actor: 'system:worker', name: 'Worker' },
    ]);
  });

  test('counts what matches, and the refused among all', async () => {
    const refused = { entries: 1, exact: true };
    expect(await count({ actor: 'user:7' })).toMatchObject({ total: { entries: 3, exact: true }, refused });
    expect(await count({ verb: 'records.ingest' })).toMatchObject({
      total: { entries: 1, exact: true },
      refused,
    });
  });

  test.each<[string, Record<string, string>, string[]]>([
    ['decisions', { view: 'decisions' }, ['cluster.claim', 'cluster.confirm']],
    [
      'enforcement',
      { view: 'enforcement' },
      ['enforcement.apply', 'enforcement.apply', 'proposal.approve', 'proposal.create'],
    ],
    ['access', { view: 'access' }, ['user.add']],
    ['what was refused', { view: 'refused' }, ['proposal.approve']],
    ['an outcome', { outcome: 'refused' }, ['proposal.approve']],
    ['a noun', { verb: 'proposal.*' }, ['proposal.approve', 'proposal.create']],
    ['all but a noun', { verb: '!enforcement.*', actor: 'system:worker' }, []],
    ['an actor', { actor: 'cli:root' }, ['user.add', 'records.ingest']],
    ['a cluster', { object: 'cl-12' }, ['cluster.claim', 'cluster.confirm']],
    ['a proposal by number', { object: 'proposal:3' }, ['proposal.approve', 'proposal.create']],
    [
      'an account, and not those whose id begins with it',
      { object: 'account:acct_1' },
      ['enforcement.apply'],
    ],
    ['a type of object', { object: 'account' }, ['enforcement.apply', 'enforcement.apply']],
    ['a UTC day, to its last millisecond', { from: '2026-03-01', to: '2026-03-01' }, ['cluster.claim']],
    ['the day after', { from: '2026-03-02', to: '2026-03-02' }, []],
    [
      'a time, to the end of its minute',
      { from: '2026-03-01T23:59', to: '2026-03-01T23:59' },
      ['cluster.claim'],
    ],
    ['the minute before', { from: '2026-03-01T00:00', to: '2026-03-01T23:58' }, []],
    ['the end of a time', { to: '2026-03-01T23:59' }, ['cluster.claim']],
    ['a word of the reason', { q: 'one CARD' }, ['cluster.confirm']],
    ['a word of the label', { q: 'estuary' }, ['cluster.confirm']],
    ['a percent sign as itself', { q: '50%_' }, ['records.ingest']],
    ['an underscore as itself', { q: 'acct_12' }, ['enforcement.apply']],
    ['a backslash as itself', { q: '\\' }, []],
    ['a quote as itself', { q: "' OR 1=1 --" }, []],
    ['a NUL character', { q: '\0' }, []],
    ['two filters at once', { q: 'ann', view: 'refused' }, ['proposal.approve']],
  ])('is filtered by %s', async (_, query, expected) => {
    expect(await verbs(query)).toEqual(expected);
  });

  test('follows a cursor to the end without gaps or repeats', async () => {
    await inTransaction((tx) =>
      writeAudits(
        tx,
        worker,
        Array.from(
          { length: 250 },
          (_, n) => ({ verb: 'enforcement.apply', object: { type: 'account', id: `bulk_${n}` } }) as const,
        ),
      ),
    );
    const seen: string[] = [];
    expect((await count({ q: 'bulk_' })).total).toEqual({ entries: 250, exact: true });
    let before: number | null = null;
    do {
      const page: Awaited<ReturnType<typeof list>> = await list({
        q: 'bulk_',
        ...(before ? { cursor: String(before) } : {}),
      });
      seen.push(...page.rows.map((row) => row.objectId));
      before = page.next;
    } while (before !== null);
    expect(seen).toEqual(Array.from({ length: 250 }, (_, n) => `bulk_${249 - n}`));
  });

  test.each(ROLES)('may be read by a %s', async (role) => {
    await expect(listAudit({ ...reader, role }, auditFilterSchema.parse({}))).resolves.toBeDefined();
  });

  test('may not be read with a key for sending records', async () => {
    const key: Actor = { kind: 'key', id: 1, name: 'Shipper' };
    await expect(listAudit(key, auditFilterSchema.parse({}))).rejects.toMatchObject({ code: 'forbidden' });
    await expect(getAuditHistory(key, 'cluster', '12')).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('the history of one object', () => {
  test('is the same by number and as people write it', async () => {
    const history = await getAuditHistory(reader, 'cluster', '12');
    expect(history.map((row) => row.verb)).toEqual(['cluster.claim', 'cluster.confirm']);
    expect(await getAuditHistory(reader, 'cluster', 'CL-12')).toEqual(history);
    expect(await getAuditHistory(reader, 'proposal', '12')).toEqual([]);
  });
});
