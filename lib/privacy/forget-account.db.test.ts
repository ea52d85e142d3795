import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '@/lib/access/schema';
import { getInclusionProof } from '@/lib/audit/get-inclusion-proof';
import { bringLogUpToDate } from '@/lib/audit/run-sequencer';
import { writeAudit } from '@/lib/audit/write-audit';
import { accountFilterSchema } from '@/lib/clusters/account-schema';
import { exportClusters } from '@/lib/clusters/export-clusters';
import { getAccount } from '@/lib/clusters/get-account';
import { listAccounts } from '@/lib/clusters/list-accounts';
import { runDetection } from '@/lib/clusters/run-detection';
import { database } from '@/lib/database/client';
import { pool } from '@/lib/database/pool';
import { inTransaction } from '@/lib/database/transaction';
import { answerProposal } from '@/lib/enforcement/answer-proposal';
import { executeProposal } from '@/lib/enforcement/execute-proposal';
import { getProposal } from '@/lib/enforcement/get-proposal';
import { propose } from '@/lib/enforcement/testing/insert-world';
import { ingestRecords } from '@/lib/ingest/ingest-records';
import { forgetAccount } from './forget-account';

process.env.WEIR_STATE = mkdtempSync(path.join(tmpdir(), 'weir-forget-'));

const CLI = { kind: 'cli', name: 'root' } as const;
const AT = Date.parse('2026-08-20T10:00:00Z');
const WHO = 'acct_of_maria_77';
const people = {} as Record<'analyst' | 'approver' | 'admin', Person>;

/** What must be nowhere afterwards. */
const TRACES = [
  WHO,
  'Maria Lopez',
  'lopez-family.example',
  '198.51.100.77',
  'pm_only_maria',
  'org_maria',
  'appeal_maria_1',
  'I only taught my class',
];

async function* lines(records: object[]) {
  yield Buffer.from(records.map((record) => JSON.stringify(record)).join('\n'));
}
const ingest = (records: object[]) => ingestRecords(CLI, lines(records), { source: 'test' });

/** Twelve accounts of one operation, Maria among them, and 300 strangers. */
function world(): object[] {
  const created_at = new Date(AT - 20 * 86_400_000).toISOString();
  const records: object[] = Array.from({ length: 300 }, (_, n) => ({
    record: 'account',
    account_id: `stranger_${n}`,
    created_at,
    payment_fingerprint: `pm_${n}`,
    device_fingerprint: `dev_${n}`,
  }));
  for (let n = 0; n < 12; n++) {
    const account_id = n === 0 ? WHO : `ring_${n}`;
    records.push({
      record: 'account',
      account_id,
      created_at,
      payment_fingerprint: 'pm_ring',
      device_fingerprint: 'dev_ring',
      ...(n === 0 && {
        display_name: 'Maria Lopez',
        email_domain: 'lopez-family.example',
        organization_id: 'org_maria',
        signup_ip: '198.51.100.77',
      }),
    });
    for (let hour = 0; hour < 30; hour++) {
      records.push({
        record: 'exchange',
        exchange_id: `ex_${n}_${hour}`,
        account_id,
        occurred_at: new Date(AT - hour * 3_600_000).toISOString(),
        ip: '203.0.113.9',
      });
    }
  }
  records.push(
    {
      record: 'observation',
      account_id: WHO,
      kind: 'payment',
      value: 'pm_only_maria',
      observed_at: created_at,
    },
    { record: 'observation', account_id: 'ring_1', kind: 'transfer', value: WHO, observed_at: created_at },
    {
      record: 'appeal',
      appeal_id: 'appeal_maria_1',
      account_id: WHO,
      received_at: new Date(AT).toISOString(),
      text: 'I only taught my class',
    },
  );
  return records;
}

/** Every text of every table, by where it stands. */
async function everything(): Promise<{ where: string; text: string }[]> {
  const { rows: columns } = await pool().query(
    `SELECT c.oid::regclass::text AS table, quote_ident(a.attname) AS column FROM pg_class c
     JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND a.attnum > 0 AND NOT a.attisdropped
       AND n.nspname IN ('public', 'graphile_worker')
       AND format_type(a.atttypid, NULL) IN ('text', 'character varying', 'jsonb', 'json', 'text[]', 'bytea')`,
  );
  const found = [];
  for (const { table, column } of columns) {
    const { rows } = await pool()
      .query(
        `SELECT convert_from(${column}::text::bytea, 'UTF8') AS text FROM ${table} WHERE ${column} IS NOT NULL`,
      )
      .catch(() => pool().query(`SELECT ${column}::text AS text FROM ${table} WHERE ${column} IS NOT NULL`));
    for (const { text } of rows) found.push({ where: `${table}.${column}`, text });
  }
  return found;
}

async function placesOf(trace: string): Promise<string[]> {
  return [
    ...new Set((await everything()).filter(({ text }) => text.includes(trace)).map(({ where }) => where)),
  ];
}

const clusterOf = (id: string) =>
  database().cluster.findFirstOrThrow({ where: { members: { some: { account: { id } } } } });

/** A ban of the whole ring, answered and, if approved, carried out. @returns its id */
async function ban(verdict: 'approve' | 'reject' | null): Promise<number> {
  const { id: clusterId } = await clusterOf('ring_2');
  const reason = `They all follow ${WHO}.`;
  const { id } = await propose(people.analyst, { clusterId, action: 'ban', reason, exclude: [] });
  if (!verdict) return id;
  const { sha256 } = await database().proposal.findUniqueOrThrow({ where: { id } });
  await answerProposal(people.approver, { proposalId: id, verdict, reason: `Yes, ${WHO} leads.`, sha256 });
  if (verdict === 'approve') await executeProposal(id, { pace: { perSecond: 10_000, watchSeconds: 0 } });
  return id;
}

beforeAll(async () => {
  for (const role of ['analyst', 'approver', 'admin'] as const) {
    const { id, name, email } = await database().user.create({
      data: { email: `${role}@example.org`, name: role, role, passwordHash: 'x' },
    });
    people[role] = { kind: 'user', id, name, email, role, provedAt: Date.now() / 1000 };
  }
  await ingest(world());
  await runDetection(CLI);
});

describe('forgetAccount', () => {
  it('is for administrators and the command line', async () => {
    await expect(forgetAccount(people.approver, { accountId: WHO })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(forgetAccount(people.analyst, { accountId: WHO })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  it('refuses while the account is on a list that waits, and says which', async () => {
    const id = await ban(null);
    await expect(forgetAccount(people.admin, { accountId: WHO })).rejects.toThrow(`P-${id} (waiting)`);
    const { sha256 } = await database().proposal.findUniqueOrThrow({ where: { id } });
    await answerProposal(people.approver, { proposalId: id, verdict: 'reject', reason: 'not yet', sha256 });
  });

  it('refuses while calls of a stopped list may be repeated', async () => {
    const { id } = await database().proposal.findFirstOrThrow({ where: { status: 'rejected' } });
    const set = (status: 'stopped' | 'rejected', settledAt: Date | null) =>
      database().proposal.update({ where: { id }, data: { status, settledAt } });
    await set('stopped', null);
    await expect(forgetAccount(CLI, { accountId: WHO })).rejects.toThrow(`P-${id} (stopped)`);
    await set('rejected', null);
  });

  it('refuses under legal hold and on the never-ban list', async () => {
    const { key: accountKey } = await database().account.findUniqueOrThrow({ where: { id: WHO } });
    for (const kind of ['legal_hold', 'never_ban'] as const) {
      const hold = await database().accountHold.create({ data: { kind, accountKey, reason: 'case 7' } });
      await expect(forgetAccount(CLI, { accountId: WHO })).rejects.toMatchObject({ code: 'locked' });
      await database().accountHold.update({
        where: { id: hold.id },
        data: { endedAt: new Date(), endedReason: `over for ${WHO}` },
      });
    }
    expect(await database().auditEntry.count({ where: { verb: 'account.forget', outcome: 'refused' } })).toBe(
      4,
    );
  });

  it('leaves no trace in any column, and lists that still verify', async () => {
    const proposalId = await ban('approve');
    const cluster = await clusterOf(WHO);
    await database().comment.create({
      data: { clusterId: cluster.id, authorId: people.analyst.id, body: `Maria Lopez (${WHO}) wrote to us` },
    });
    for (const trace of TRACES) expect(await placesOf(trace), trace).not.toEqual([]);

    await bringLogUpToDate();
    const entries = await database().auditEntry.findMany({ select: { id: true }, orderBy: { id: 'asc' } });
    const proofs = () => Promise.all(entries.map(({ id }) => getInclusionProof(people.admin, Number(id))));
    const before = await proofs();
    const result = await forgetAccount(CLI, { accountId: WHO, reason: `request of Maria Lopez` });
    const hidden = (all: typeof before) => all.map((proof) => [proof?.leaf, proof?.hash, proof?.path]);
    expect(hidden(await proofs())).toEqual(hidden(before));
    expect(before.every((proof) => proof?.leaf)).toBe(true);

    expect(result.name).toMatch(/^forgotten:[0-9a-f]{16}$/);
    for (const trace of TRACES) expect(await placesOf(trace), trace).toEqual([]);
    expect(result.left).toEqual([]);
    const detail = await getProposal(people.analyst, proposalId);
    expect(detail.guardrails.find(({ id }) => id === 'unchanged')?.ok).toBe(true);
    const after = await clusterOf('ring_2');
    expect(after.accounts).toBe(cluster.accounts);
    expect(await database().clusterMember.count({ where: { clusterId: after.id } })).toBe(12);
    let exported = '';
    for await (const line of exportClusters(CLI)) exported += line;
    expect(exported).toContain('ring_2');
    for (const trace of TRACES) expect(exported).not.toContain(trace);
    expect(await getAccount(people.admin, result.name)).toMatchObject({
      forgottenAt: expect.any(String),
      status: 'banned',
      indicators: [],
      days: [],
    });
    const listed = await listAccounts(people.admin, accountFilterSchema.parse({ q: 'forgotten' }));
    expect(listed).toMatchObject({ rows: [], all: 311 });
  });

  it('says of a second time that it is done, and of a stranger that there is none', async () => {
    await expect(forgetAccount(CLI, { accountId: WHO })).rejects.toMatchObject({ code: 'conflict' });
    await expect(forgetAccount(CLI, { accountId: 'nobody_here' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('takes a short id away where nothing else stands, and leaves sentences that hold the same figure', async () => {
    await ingest([{ record: 'account', account_id: '4711', created_at: new Date(AT).toISOString() }]);
    await inTransaction((tx) =>
      writeAudit(tx, CLI, {
        verb: 'enforcement.apply',
        object: { type: 'proposal', id: 'P-9' },
        reason: 'after 4711 exchanges',
        detail: { accounts: [{ id: '4711' }, { id: '4712' }] },
      }),
    );
    await forgetAccount(CLI, { accountId: '4711' });
    const entry = await database().auditEntry.findFirstOrThrow({ where: { objectId: 'P-9' } });
    expect(entry).toMatchObject({
      reason: 'after 4711 exchanges',
      detail: { accounts: [{ id: '[erased]' }, { id: '4712' }] },
    });
    expect(await database().account.count({ where: { id: '4711' } })).toBe(0);
  });

  it('keeps its key readable by its owner alone, outside the database', async () => {
    const key = readFileSync(path.join(process.env.WEIR_STATE!, 'forget.key'), 'utf8').trim();
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    expect(await placesOf(key)).toEqual([]);
  });

  it('a list tampered with afterwards is still found out', async () => {
    const { proposalId } = (await database().proposalErasure.findFirst())!;
    await pool().query(`UPDATE proposal_erasure SET sha256_after = repeat('0', 64) WHERE proposal_id = $1`, [
      proposalId,
    ]);
    const detail = await getProposal(people.analyst, proposalId);
    expect(detail.guardrails.find(({ id }) => id === 'unchanged')?.ok).toBe(false);
  });

  it('leaves frozen lists and approvals as frozen as before for everybody else', async () => {
    const item = (await database().proposalItem.findFirst({ where: { accountId: 'ring_2' } }))!;
    await expect(
      pool().query('UPDATE proposal_item SET account_id = $1 WHERE account_key = $2', ['x', item.accountKey]),
    ).rejects.toThrow('frozen');
    await expect(pool().query(`UPDATE approval SET reason = 'other'`)).rejects.toThrow('final');
  });

  it('no list ever holds a forgotten account again', async () => {
    await pool().query('UPDATE account SET enforced_status = NULL');
    const id = await ban(null);
    const items = await database().proposalItem.findMany({
      where: { proposalId: id },
      include: { account: { select: { forgottenAt: true } } },
    });
    expect(items).toHaveLength(11);
    expect(items.every((item) => item.account.forgottenAt === null)).toBe(true);
    const forgotten = await database().account.findFirstOrThrow({ where: { forgottenAt: { not: null } } });
    // As one that was being made while the account was forgotten would come: with the old id.
    await expect(
      pool().query(
        `WITH made AS (
           INSERT INTO proposal (action, reason, sha256, account_count, evidence, impact, approvals_required, proposed_by_id, expires_at)
           VALUES ('ban', 'late', 'x', 1, '[]', '{}', 1, $1, now() + interval '1 day') RETURNING id)
         INSERT INTO proposal_item (proposal_id, account_key, account_id, strength, stage)
         SELECT id, $2, 'the_old_id', 1, 0 FROM made`,
        [people.analyst.id, forgotten.key],
      ),
    ).rejects.toThrow('forgotten');
  });
});

it('takes no account for a trace of one whose id differs only in case', async () => {
  const created_at = new Date(AT).toISOString();
  await ingest(
    ['acct_of_Jo_1', 'Acct_of_Jo_1'].map((account_id) => ({ record: 'account', account_id, created_at })),
  );
  const { left } = await forgetAccount(CLI, { accountId: 'acct_of_Jo_1' });
  expect(left).toEqual([]);
  const { rows } = await pool().query("SELECT id FROM account WHERE id ILIKE 'acct_of_jo_1'");
  expect(rows).toEqual([{ id: 'Acct_of_Jo_1' }]);
});
