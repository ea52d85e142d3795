import { beforeAll, describe, expect, test } from 'vitest';
import type { Person } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { getTimeline } from './get-timeline';
import { listMembers } from './list-members';
import { memberFilterSchema } from './schema';
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
  listMembers(reader, id, memberFilterSchema.parse(query));
const accountIds = async (query: Record<string, string>, reader = analyst) =>
  (await page(query, reader)).rows.map((row) => row.accountId);

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
