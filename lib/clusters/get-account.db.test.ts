import { beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { makeWeeks } from '@/lib/ingest/testing/make-weeks';
import { getAccount } from './get-account';
import { getIndicator } from './get-indicator';
import { nameTrail } from './name-trail';
import { searchDesk } from './search-desk';
import { insertCluster, insertProposal, insertUser } from './testing/fixtures';
import { readTrail } from './trail-schema';

const ID = 'acct/<img src=x onerror=alert(1)>';
let analyst: Person;
let auditor: Person;

beforeAll(async () => {
  analyst = await insertUser('analyst');
  auditor = await insertUser('auditor');
  const clusterId = await insertCluster({ name: 'Copper heron' }, [
    { id: ID, displayName: 'Mallory', signupIp: '198.51.100.7' },
    { id: 'acct_other' },
  ]);
  const keys = new Map((await database().account.findMany()).map((account) => [account.id, account.key]));
  const mine = keys.get(ID)!;
  const other = keys.get('acct_other')!;
  await database().indicator.createMany({
    data: [
      { id: 1n, kind: 'ip', value: '198.51.100.7' },
      { id: 2n, kind: 'payment', value: 'pm_1' },
      { id: 3n, kind: 'access_path', value: 'bedrock' },
    ],
  });
  await makeWeeks('2026-09-01', '2026-07-01');
  await database().$executeRaw`
    INSERT INTO account_indicator (account_key, indicator_id, day, count) VALUES
      (${mine}, 1, '2026-09-01', 2), (${mine}, 1, '2026-09-03', 3), (${mine}, 2, '2026-09-01', 1),
      (${mine}, 3, '2026-09-01', 9), (${other}, 2, '2026-09-02', 1), (${other}, 2, '2026-09-03', 1)`;
  await database().model.create({ data: { id: 1, name: 'atlas-4' } });
  await database().$executeRaw`
    INSERT INTO account_hour (account_key, hour, class, model_id, exchanges, input_tokens, output_tokens) VALUES
      (${mine}, '2026-09-01T10:00Z', 0, 1, 5, 50, 500), (${mine}, '2026-09-03T23:00Z', 1, 1, 7, 70, 700),
      (${mine}, '2026-07-01T10:00Z', 0, 1, 11, 110, 1100)`;
  await database().appeal.create({
    data: { accountKey: mine, id: 'ap_1', receivedAt: new Date(), text: 'Why me?' },
  });
  const items = { create: [{ accountKey: mine, accountId: ID, strength: 0.9, stage: 0 }] };
  await insertProposal(clusterId, analyst, { items, accountCount: 1 });
});

describe('getAccount', () => {
  it('tells clusters, enforcement and appeals of an account whose id holds anything', async () => {
    const account = await getAccount(analyst, ID);
    expect(account.memberships[0]).toMatchObject({ role: 'core', cluster: { name: 'Copper heron' } });
    expect(account.enforcement[0]).toMatchObject({
      action: 'ban',
      state: 'waiting',
      proposalStatus: 'waiting',
    });
    expect(account.appeals[0]).toMatchObject({ id: 'ap_1', text: 'Why me?' });
  });

  it('puts what ties it to others first and counts the accounts of a value once, however many days they have', async () => {
    const { indicators, indicatorKinds } = await getAccount(analyst, ID);
    expect(indicators[0]).toMatchObject({
      kind: 'payment',
      value: 'pm_1',
      accounts: 2,
      count: 1,
      atLeast: false,
    });
    expect(indicators.find((row) => row.kind === 'ip')).toMatchObject({
      accounts: 1,
      count: 5,
      firstDay: '2026-09-01',
      lastDay: '2026-09-03',
    });
    expect(indicatorKinds).toHaveLength(3);
  });

  it('sums what it sent, with silent days as zero, up to its own last day', async () => {
    const account = await getAccount(analyst, ID);
    expect(account.days).toHaveLength(30);
    expect(account.days.slice(-3)).toEqual([
      { day: '2026-09-01', exchanges: 5 },
      { day: '2026-09-02', exchanges: 0 },
      { day: '2026-09-03', exchanges: 7 },
    ]);
    expect(account.classes).toEqual([
      { class: 0, exchanges: 16 },
      { class: 1, exchanges: 7 },
    ]);
    expect(account.models).toEqual([{ name: 'atlas-4', exchanges: 23 }]);
    expect(account.outputTokens).toBe(2300);
  });

  it('leaves names, addresses and words out for an auditor, and keeps the counts', async () => {
    const account = await getAccount(auditor, ID);
    expect(JSON.stringify(account)).not.toMatch(/Mallory|198\.51|pm_1|Why me/);
    expect(account.indicators.map((row) => row.accounts)).toEqual([2, 1, 1]);
    expect(account.indicators.find((row) => row.kind === 'access_path')?.value).toBe('bedrock');
  });

  it('says so when no account has the id', async () => {
    await expect(getAccount(analyst, 'nobody\0')).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('getIndicator', () => {
  it('tells how rare a value is, who has it since when, and in which clusters', async () => {
    const card = await getIndicator(analyst, '2');
    expect(card).toMatchObject({
      kind: 'payment',
      value: 'pm_1',
      accounts: 2,
      population: 2,
      kindWeight: 1,
      weight: 0,
      firstDay: '2026-09-01',
      lastDay: '2026-09-03',
      outside: 0,
    });
    expect(card.days).toEqual([
      { day: '2026-09-01', accounts: 1, fresh: 1, count: 1 },
      { day: '2026-09-02', accounts: 1, fresh: 1, count: 1 },
      { day: '2026-09-03', accounts: 1, fresh: 0, count: 1 },
    ]);
    expect(card.clusters).toMatchObject([{ name: 'Copper heron', holders: 2, accounts: 2 }]);
    expect(card.holders.map((row) => [row.accountId, row.count, row.cluster?.name])).toEqual([
      ['acct_other', 2, 'Copper heron'],
      [ID, 1, 'Copper heron'],
    ]);
    const read = await database().auditEntry.findFirst({
      where: { verb: 'data.read', objectType: 'indicator' },
    });
    expect(read).toMatchObject({ objectId: '2', actor: `user:${analyst.id}` });
  });

  it('is for those who may see values; what is no secret is for all, and nonsense is not found', async () => {
    await expect(getIndicator(auditor, '2')).rejects.toMatchObject({ code: 'forbidden' });
    expect((await getIndicator(auditor, '3')).value).toBe('bedrock');
    for (const id of ['99', '9223372036854775808', '1e3', '', "1' OR 1=1"])
      await expect(getIndicator(analyst, id)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('a way is named for whoever reads it, without what does not exist', async () => {
    const way = readTrail(['c1', 'i2', `a${ID}`, 'i99', 'i9223372036854775808', 'agone\0', 'c999']);
    expect((await nameTrail(analyst, way)).map((step) => step.label)).toEqual([
      'Copper heron, CL-1',
      'payment instrument pm_1',
      ID,
    ]);
    expect((await nameTrail(auditor, way)).map((step) => step.label)).toEqual([
      'Copper heron, CL-1',
      'payment instrument',
      ID,
    ]);
  });
});

describe('searchDesk', () => {
  const find = (reader: Person, q: string, part: 'names' | 'values' = 'names') =>
    searchDesk(reader, { q, in: part });

  it('finds clusters, accounts, proposals and values by id or part, wildcards as themselves', async () => {
    expect((await find(analyst, 'heron')).clusters).toMatchObject([{ name: 'Copper heron' }]);
    expect((await find(analyst, 'cl-1')).clusters).toMatchObject([{ id: 1 }]);
    expect((await find(analyst, '')).clusters).toMatchObject([{ id: 1 }]);
    expect((await find(analyst, 'onerror')).accounts).toMatchObject([{ id: ID, displayName: 'Mallory' }]);
    expect((await find(analyst, 'mallo')).accounts).toHaveLength(1);
    expect((await find(analyst, 'p-1')).proposals).toMatchObject([{ id: 1, action: 'ban', accounts: 1 }]);
    expect((await find(analyst, 'm_1', 'values')).indicators).toMatchObject([{ id: '2', value: 'pm_1' }]);
    expect((await find(analyst, '%_%', 'values')).indicators).toEqual([]);
    expect(await find(analyst, '\0\u202e<script>')).toMatchObject({ clusters: [], accounts: [] });
  });

  it('tells an auditor neither names nor values', async () => {
    expect((await find(auditor, 'mallo')).accounts).toEqual([]);
    expect((await find(auditor, 'acct_other')).accounts).toMatchObject([
      { id: 'acct_other', displayName: null },
    ]);
    expect((await find(auditor, '198.51', 'values')).indicators).toEqual([]);
  });
});
