import { beforeAll, describe, expect, test } from 'vitest';
import { type Actor, type Person, ROLES } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { ownerPool, pool } from '@/lib/database/pool';
import { inTransaction } from '@/lib/database/transaction';
import { countAudit } from './count-audit';
import { auditFilterSchema } from './filter-schema';
import { getAuditEntry } from './get-audit-entry';
import { getAuditHistory } from './get-audit-history';
import { listAudit, listFold } from './list-audit';
import type { NewAuditEntry } from './schema';
import { insertProposal } from './testing/insert-proposal';
import { writeAudit, writeAudits, writeRefusal } from './write-audit';

const reader: Person = { kind: 'user', id: 1, name: 'Ina', email: 'ina@example.com', role: 'viewer' };
const auditor: Person = { ...reader, id: 2, name: 'Odo', role: 'auditor' };
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

describe('an execution in the list', () => {
  const proposal = { type: 'proposal', id: 'P-77', label: 'Copper heron' } as const;
  const batch = (stage: number, done: number): NewAuditEntry => ({
    verb: 'enforcement.apply',
    object: proposal,
    detail: {
      action: 'ban',
      stage,
      done,
      dead: 0,
      accounts: Array.from({ length: 50 }, (_, n) => ({ id: `held_${stage}_${n}`, state: 'done' })),
    },
  });
  const step = (verb: 'enforcement.start' | 'enforcement.pause' | 'enforcement.resume') =>
    write(worker, { verb, object: proposal });
  const rows = async (query: Record<string, string> = {}) =>
    (await list({ object: 'proposal:P-77', ...query })).rows;

  beforeAll(async () => {
    await step('enforcement.start');
    for (const [stage, done] of [
      [0, 1],
      [1, 10],
    ] as const)
      await write(worker, batch(stage, done));
    // Another proposal's batch between two of this one does not part them.
    await write(worker, { ...batch(0, 9), object: { type: 'proposal', id: 'P-78' } });
    await write(worker, batch(1, 20));
    await step('enforcement.pause');
    await step('enforcement.resume');
    await write(worker, batch(2, 50));
  });

  test('has one line for its batches from one start to the next stop', async () => {
    const found = await rows();
    expect(found.map((row) => [row.verb, row.fold?.entries ?? null])).toEqual([
      ['enforcement.apply', null],
      ['enforcement.resume', null],
      ['enforcement.pause', null],
      ['enforcement.apply', 3],
      ['enforcement.start', null],
    ]);
    const fold = found[3]?.fold;
    expect(fold).toMatchObject({ stages: [0, 1], done: 31, dead: 0, skipped: 0 });
    expect(fold?.firstId).toBeLessThan(found[3]?.id ?? 0);
  });

  test('reads the same from its beginning', async () => {
    const forward = (await rows({ order: 'oldest' })).map((row) => row.id);
    expect(forward).toEqual((await rows()).map((row) => row.id).toReversed());
  });

  test('opens to the batches that the line stands for, and no others', async () => {
    const line = (await rows())[3];
    const filter = auditFilterSchema.parse({ object: 'proposal:P-77' });
    const batches = (await listFold(reader, filter, line?.id ?? 0)).rows;
    expect(batches.map((row) => row.detail?.done)).toEqual([20, 10, 1]);
    expect(batches.every((row) => row.objectId === 'P-77')).toBe(true);
    expect((await listFold(reader, filter, 999_999)).rows).toEqual([]);
  });

  test('folds what the filter leaves of it, though its newest batch is not in it', async () => {
    const all = await listFold(reader, auditFilterSchema.parse({}), (await rows())[3]?.id ?? 0);
    await database().$executeRaw`
      INSERT INTO audit_entry (at, actor, actor_name, verb, object_type, object_id, detail)
      SELECT '2026-03-05T10:00:00Z'::timestamptz + n * interval '1 hour', 'system:worker', 'Worker',
        'enforcement.apply', 'proposal', 'P-79', jsonb_build_object('stage', n, 'done', 'many')
      FROM generate_series(0, 3) n`;
    const [line, ...more] = await rows({ object: 'proposal:P-79', to: '2026-03-05T11:00' });
    expect(more).toEqual([]);
    expect(line?.fold).toMatchObject({ entries: 2, stages: [0, 1], done: 0 });
    expect(all.rows).toHaveLength(3);
  });

  test('leaves long lists to the entry itself', async () => {
    const [line] = await rows();
    expect(line).toMatchObject({ shortened: true, detail: { done: 50 } });
    expect(line?.detail).not.toHaveProperty('accounts');
    const whole = await getAuditEntry(reader, line?.id ?? 0);
    expect(whole.detail?.accounts).toHaveLength(50);
    await expect(getAuditEntry(reader, 999_999)).rejects.toMatchObject({ code: 'not_found' });
    await expect(getAuditEntry(reader, 2 ** 60)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('everything of', () => {
  let cluster = 0;
  let proposal = 0;
  beforeAll(async () => {
    ({ cluster, proposal } = await insertProposal(['all_1', 'all_2']));
    await write(ann, { verb: 'cluster.confirm', object: { type: 'cluster', id: String(cluster) } });
    await write(ann, { verb: 'proposal.create', object: { type: 'proposal', id: String(proposal) } });
    const apply = (id: string): NewAuditEntry => ({
      verb: 'enforcement.apply',
      object: { type: 'proposal', id: String(proposal) },
      detail: { stage: 0, done: 1, accounts: [{ id, state: 'done' }] },
    });
    await write(worker, apply('all_1'));
    await write(worker, apply('all_2'));
    await write(worker, { verb: 'enforcement.finish', object: { type: 'proposal', id: String(proposal) } });
  });
  const about = async (of: string) =>
    (await list({ about: of, order: 'oldest' })).rows.map((row) => `${row.verb} ${row.fold?.entries ?? 1}`);

  test('a cluster: its own entries and its proposals’, in order', async () => {
    expect(await about(`cluster:CL-${cluster}`)).toEqual([
      'cluster.confirm 1',
      'proposal.create 1',
      'enforcement.apply 2',
      'enforcement.finish 1',
    ]);
  });

  test('an account: its proposals, and of their batches only those that name it', async () => {
    expect(await about('account:all_1')).toEqual([
      'proposal.create 1',
      'enforcement.apply 1',
      'enforcement.finish 1',
    ]);
  });

  test('a proposal, and what nobody has', async () => {
    expect(await about(`proposal:P-${proposal}`)).toHaveLength(3);
    expect(await about('cluster:CL-99999999999')).toEqual([]);
    expect(await about('account:\0')).toEqual([]);
    expect(await about('nothing')).toEqual([]);
  });
});

describe('an auditor', () => {
  beforeAll(async () => {
    await write(ann, {
      verb: 'cluster.reopen',
      object: { type: 'cluster', id: '40', label: 'Grey weir' },
      reason: 'Came back from 203.0.113.9 and ::ffff:203.0.113.9 as bob@evil.example',
      after: { status: 'open', prompt: 'Say it', nested: [{ signup_ip: '203.0.113.9', members: 12 }] },
    });
  });
  const seen = async (query: Record<string, string>) =>
    (await listAudit(auditor, auditFilterSchema.parse({ object: 'cluster:40', ...query }))).rows;

  test('reads counts and states, no prompts and no addresses', async () => {
    const [row] = await seen({});
    expect(row).toMatchObject({
      objectLabel: 'Grey weir',
      reason: 'Came back from hidden and hidden as hidden',
      after: { status: 'open', prompt: 'hidden', nested: [{ signup_ip: 'hidden', members: 12 }] },
    });
    expect(JSON.stringify(await getAuditEntry(auditor, row?.id ?? 0))).not.toMatch(/203\.0|ffff|evil|Say it/);
    const [history] = await getAuditHistory(auditor, 'cluster', '40');
    expect(history?.reason).toBe(row?.reason);
  });

  test('does not find an address by looking for it', async () => {
    for (const q of ['203.0.113', '113.9', 'ffff', 'bob', 'evil']) expect(await seen({ q })).toEqual([]);
    expect(await seen({ q: 'Came back' })).toHaveLength(1);
    expect(await verbs({ q: '203.0.113', object: 'cluster:40' })).toEqual(['cluster.reopen']);
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
