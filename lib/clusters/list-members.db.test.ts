import { beforeAll, describe, expect, test } from 'vitest';
import type { Person } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { makeWeeks } from '@/lib/ingest/testing/make-weeks';
import { compareMembers } from './compare-members';
import { getHandoff } from './get-handoff';
import { getTimeline } from './get-timeline';
import { listMembers, selectMembers } from './list-members';
import { readMemberFilter } from './member-filter';
import { insertCluster, insertProposal, insertUser } from './testing/fixtures';

let analyst: Person;
let id: number;

beforeAll(async () => {
  analyst = await insertUser('analyst', 'Ann');
  id = await insertCluster({}, [
    {
      id: 'acct_core',
      strength: 0.9,
      exchanges: 5,
      displayName: '<b>Ada</b>',
      lastPaidAt: new Date('2026-08-01T00:00:00Z'),
    },
    {
      id: 'acct_mid',
      role: 'member',
      strength: 0.5,
      exchanges: 50,
      monthlySpendUsd: 20,
      createdAt: new Date('2025-01-01T00:00:00Z'),
    },
    {
      id: 'acct_weak',
      role: 'weak',
      strength: 0.1,
      exchanges: 1,
      lastPaidAt: new Date('2026-07-01T00:00:00Z'),
    },
    {
      id: 'odd%id',
      role: 'member',
      strength: 0.5,
      exchanges: 7,
      createdAt: new Date('2026-01-01T00:00:00Z'),
      enforcedStatus: 'throttled',
    },
  ]);
});

const page = (query: Record<string, string>, reader = analyst) =>
  listMembers(reader, id, readMemberFilter(Object.entries(query)));
const accountIds = async (query: Record<string, string>, reader = analyst) =>
  (await page(query, reader)).rows.map((row) => row.accountId);

const keyOf = async (accountId: string) =>
  (await database().account.findUniqueOrThrow({ where: { id: accountId } })).key;

describe('members', () => {
  test.each<[string, Record<string, string>, string[]]>([
    ['strength', {}, ['acct_core', 'acct_mid', 'odd%id', 'acct_weak']],
    ['exchanges', { sort: 'exchanges' }, ['acct_mid', 'odd%id', 'acct_core', 'acct_weak']],
    ['spend, unknown last', { sort: 'spend' }, ['acct_mid', 'acct_core', 'acct_weak', 'odd%id']],
    ['age, oldest first and unknown last', { sort: 'age' }, ['acct_mid', 'odd%id', 'acct_core', 'acct_weak']],
    [
      'age, youngest first and unknown last',
      { sort: 'age', dir: 'asc' },
      ['odd%id', 'acct_mid', 'acct_core', 'acct_weak'],
    ],
  ])('are ordered by %s', async (_, query, expected) => {
    expect(await accountIds(query)).toEqual(expected);
  });

  test('pages follow each other without gaps and know the total', async () => {
    const pages = await Promise.all(['0', '1', '2', '3', '4'].map((offset) => page({ offset, limit: '1' })));
    expect(pages.flatMap(({ rows }) => rows.map((row) => row.accountId))).toEqual([
      'acct_core',
      'acct_mid',
      'odd%id',
      'acct_weak',
    ]);
    expect(pages.map(({ total }) => total)).toEqual([4, 4, 4, 4, 4]);
  });

  test('that can be proposed are core and ordinary ones', async () => {
    expect(await accountIds({ role: 'proposable' })).toEqual(['acct_core', 'acct_mid', 'odd%id']);
    expect(await accountIds({ role: 'weak' })).toEqual(['acct_weak']);
  });

  test('are narrowed by plan, spend, state and links, together and for a selection too', async () => {
    await database().account.update({ where: { id: 'acct_mid' }, data: { plan: 'team' } });
    const two = { clusterId_accountKey: { clusterId: id, accountKey: await keyOf('acct_core') } };
    await database().clusterMember.update({ where: two, data: { kinds: ['payment', 'device'] } });
    expect(await accountIds({ plan: 'team' })).toEqual(['acct_mid']);
    expect((await page({})).plans).toEqual(['team']);
    expect(await accountIds({ spend: 'some' })).toEqual(['acct_mid']);
    expect(await accountIds({ spend: 'none', role: 'proposable' })).toEqual(['acct_core', 'odd%id']);
    expect(await accountIds({ status: 'throttled' })).toEqual(['odd%id']);
    expect(await accountIds({ status: 'active', links: 'one' })).toEqual(['acct_mid', 'acct_weak']);
    expect(await accountIds({ links: 'one', without: 'payment', spend: 'some' })).toEqual([]);
    const selected = await selectMembers(analyst, id, readMemberFilter([['links', 'one']]));
    expect(selected.map((each) => each.accountId)).toEqual(['acct_mid', 'odd%id']);
  });

  test('are compared by the values that at least two of them share, hidden from who may not see them', async () => {
    await makeWeeks('2026-09-01');
    await database().indicator.createMany({
      data: [
        { id: 201n, kind: 'payment', value: 'pm_\u202e1' },
        { id: 202n, kind: 'ip', value: '203.0.113.9' },
      ],
    });
    await database().$executeRaw`
      INSERT INTO account_indicator (account_key, indicator_id, day, count)
      SELECT a.key, v.indicator, '2026-09-01'::date, 1 FROM account a JOIN (VALUES
        ('acct_core', 201), ('acct_mid', 201), ('acct_core', 202), ('acct_weak', 202)
      ) AS v (account, indicator) ON v.account = a.id`;
    const named = ['acct_mid', 'acct_core', 'acct_core'];
    const compared = await compareMembers(analyst, id, named);
    expect(compared.accounts.map((each) => each.accountId)).toEqual(['acct_core', 'acct_mid']);
    expect(compared.shared).toMatchObject([
      { kind: 'payment', value: 'pm_\u202e1', holders: [true, true], population: 2 },
    ]);
    const auditor = await insertUser('auditor');
    expect((await compareMembers(auditor, id, named)).shared).toMatchObject([
      { value: null, indicatorId: '' },
    ]);
    await expect(compareMembers(analyst, id, ['acct_core'])).rejects.toMatchObject({ code: 'bad_input' });
    await expect(compareMembers(analyst, id, ['acct_core', 'gone'])).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('search finds id and name, with % as itself', async () => {
    expect(await accountIds({ q: '%' })).toEqual(['odd%id']);
    expect(await accountIds({ q: 'ADA' })).toEqual(['acct_core']);
  });

  test('pay when they spend or paid in the 60 days before the end of the window', async () => {
    const rows = (await page({})).rows;
    expect(rows.filter((row) => row.paying).map((row) => row.accountId)).toEqual(['acct_core', 'acct_mid']);
    expect(rows.map((row) => row.status)).toEqual(['active', 'active', 'throttled', 'active']);
  });

  test('have no names for an auditor, who cannot find them by name either', async () => {
    const auditor = await insertUser('auditor');
    expect((await page({}, auditor)).rows.map((row) => row.displayName)).toEqual([null, null, null, null]);
    expect(await accountIds({ q: 'ada' }, auditor)).toEqual([]);
    expect(await accountIds({ q: 'core' }, auditor)).toEqual(['acct_core']);
  });
});

describe('who takes turns', () => {
  test('is the last week of the busiest accounts by hour; an auditor sees none of it', async () => {
    const cluster = await insertCluster({}, [
      { id: 'turn_a', exchanges: 9 },
      { id: 'turn_b', exchanges: 8 },
      { id: 'turn_weak', role: 'weak', exchanges: 7 },
    ]);
    expect(await getHandoff(analyst, cluster)).toBeNull();
    await makeWeeks('2026-02-26', '2026-03-05');
    const last = Date.parse('2026-03-05T11:00:00Z');
    const hour = (back: number) => new Date(last - back * 3_600_000);
    await database().clusterHour.create({
      data: { clusterId: cluster, hour: hour(0), class: 0, exchanges: 1, inputTokens: 1, outputTokens: 1 },
    });
    const keys = await Promise.all(['turn_a', 'turn_b', 'turn_weak'].map(keyOf));
    const rows: [number | undefined, Date, number][] = [
      [keys[0], hour(3), 4],
      [keys[1], hour(2), 5],
      [keys[0], hour(1), 1],
      [keys[1], hour(7 * 24), 99],
      [keys[2], hour(1), 7],
    ];
    for (const [key, at, exchanges] of rows)
      await database().$executeRaw`INSERT INTO account_hour
        (account_key, hour, class, model_id, exchanges, input_tokens, output_tokens)
        VALUES (${key}, ${at}, 0, 0, ${exchanges}, 0, 0)`;
    const found = await getHandoff(analyst, cluster);
    expect(found).toMatchObject({ to: hour(-1).toISOString(), hours: 168, from: hour(167).toISOString() });
    expect(found?.accounts.map(({ accountId, exchanges }) => [accountId, exchanges])).toEqual([
      ['turn_a', 5],
      ['turn_b', 5],
    ]);
    expect(found?.accounts[0]?.byHour.slice(-4)).toEqual([4, 0, 1, 0]);
    expect(found?.accounts[1]?.byHour.slice(-4)).toEqual([0, 5, 0, 0]);
    const auditor = await insertUser('auditor');
    await expect(getHandoff(auditor, cluster)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(getHandoff(analyst, 999_999)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('the timeline', () => {
  test('gives classes by hour, benign traffic at the same size, releases and actions', async () => {
    const cluster = await insertCluster({ accounts: 80 });
    const hour = (n: number) => new Date(Date.UTC(2026, 8, 20, n));
    await database().clusterHour.createMany({
      data: [
        { clusterId: cluster, hour: hour(1), class: 0, exchanges: 3, inputTokens: 1, outputTokens: 30 },
        { clusterId: cluster, hour: hour(1), class: 6, exchanges: 1, inputTokens: 1, outputTokens: 10 },
        { clusterId: cluster, hour: hour(3), class: 2, exchanges: 5, inputTokens: 1, outputTokens: 50 },
      ],
    });
    await database().benignHour.createMany({
      data: [0, 2, 4].map((n) => ({ hour: hour(n), exchanges: 100, outputTokens: 1_000 })),
    });
    await database().model.create({ data: { name: 'atlas-4', releasedAt: hour(2) } });
    await database().model.create({ data: { name: 'atlas-9', releasedAt: hour(9) } });
    await database().decision.create({
      data: {
        clusterId: cluster,
        verdict: 'confirm',
        reasonCode: 'other',
        reason: 'x',
        authorId: analyst.id,
        at: hour(5),
      },
    });
    const account = await database().account.findFirstOrThrow();
    const item = {
      accountKey: account.key,
      accountId: account.id,
      strength: 1,
      stage: 0,
      state: 'done',
    } as const;
    const proposal = await insertProposal(cluster, analyst, {
      startedAt: hour(6),
      status: 'done',
      items: { create: [item] },
    });
    expect(await getTimeline(analyst, cluster)).toEqual({
      hours: [
        {
          hour: hour(1).toISOString(),
          exchanges: [3, 0, 0, 0, 0, 0, 1],
          outputTokens: [30, 0, 0, 0, 0, 0, 10],
        },
        {
          hour: hour(3).toISOString(),
          exchanges: [0, 0, 5, 0, 0, 0, 0],
          outputTokens: [0, 0, 50, 0, 0, 0, 0],
        },
      ],
      benign: [{ hour: hour(2).toISOString(), exchanges: 10, outputTokens: 100 }],
      releases: [{ model: 'atlas-4', at: hour(2).toISOString() }],
      actions: [
        { at: hour(5).toISOString(), label: 'Confirmed by Ann', kind: 'decision' },
        { at: hour(6).toISOString(), label: `1 banned (P-${proposal})`, kind: 'ban' },
      ],
    });
  });

  test('of a cluster without traffic is empty, of none is not found', async () => {
    expect(await getTimeline(analyst, id)).toEqual({ hours: [], benign: [], releases: [], actions: [] });
    await expect(getTimeline(analyst, 999_999)).rejects.toMatchObject({ code: 'not_found' });
  });
});
