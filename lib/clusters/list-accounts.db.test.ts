import { beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { accountFilterSchema } from './account-schema';
import { listAccounts } from './list-accounts';
import { insertCluster, insertUser } from './testing/fixtures';

let analyst: Person;
let auditor: Person;
const list = async (actor: Person, filter: Record<string, unknown> = {}) =>
  listAccounts(actor, accountFilterSchema.parse(filter));
const idsOf = async (filter: Record<string, unknown>) =>
  (await list(analyst, filter)).rows.map((row) => row.id);

beforeAll(async () => {
  analyst = await insertUser('analyst');
  auditor = await insertUser('auditor');
  const strong = { id: 'acct_100%', displayName: 'Ada Lovelace', exchanges: 30n };
  await insertCluster({ name: 'Faded', status: 'dismissed', active: false }, [{ ...strong, strength: 0.99 }]);
  await insertCluster({ name: 'Copper heron' }, [{ id: 'acct_b', exchanges: 20n, reportedStatus: 'active' }]);
  const live = await database().cluster.findFirstOrThrow({ where: { name: 'Copper heron' } });
  const shared = await database().account.findUniqueOrThrow({ where: { id: 'acct_100%' } });
  await database().clusterMember.create({
    data: {
      clusterId: live.id,
      accountKey: shared.key,
      role: 'weak',
      strength: 0.2,
      kinds: [],
      joinedRunId: live.runId,
    },
  });
  await database().account.createMany({
    data: [
      { id: 'acctx100x', exchanges: 10n, enforcedStatus: 'banned' },
      { id: '<b>bold</b>', exchanges: 5n, monthlySpendUsd: 9, organizationId: 'uni' },
    ],
  });
});

describe('listAccounts', () => {
  it('takes % and _ in a search as letters', async () => {
    expect(await idsOf({ q: '_100%' })).toEqual(['acct_100%']);
    expect(await idsOf({ q: '100' })).toEqual(['acct_100%', 'acctx100x']);
  });

  it('finds by name and organization, but by id alone for readers who may not see names', async () => {
    expect(await idsOf({ q: 'lovelace' })).toEqual(['acct_100%']);
    expect(await idsOf({ q: 'UNI' })).toEqual(['<b>bold</b>']);
    expect((await list(auditor, { q: 'lovelace' })).total).toBe(0);
    expect((await list(auditor, { q: 'acct_100' })).rows[0]).toMatchObject({
      id: 'acct_100%',
      displayName: null,
    });
  });

  it('survives a NUL character in the search', async () => {
    expect(await idsOf({ q: 'a\0b' })).toEqual([]);
  });

  it('lets our own enforcement outrank what the provider reported', async () => {
    expect(await idsOf({ status: 'banned' })).toEqual(['acctx100x']);
    expect((await list(analyst, { status: 'active' })).total).toBe(3);
  });

  it('names a live cluster before a dismissed one that holds more strongly', async () => {
    const [row] = (await list(analyst, { q: '_100%' })).rows;
    expect(row?.membership?.cluster.name).toBe('Copper heron');
    expect(row?.otherMemberships).toBe(1);
  });

  it('filters by being in some cluster or in none', async () => {
    expect(await idsOf({ cluster: 'in' })).toEqual(['acct_100%', 'acct_b']);
    expect(await idsOf({ cluster: 'out' })).toEqual(['acctx100x', '<b>bold</b>']);
  });

  it('puts unknown figures last in both directions', async () => {
    expect((await idsOf({ sort: 'spend', dir: 'asc' }))[0]).toBe('<b>bold</b>');
    expect((await idsOf({ sort: 'spend', dir: 'desc' }))[0]).toBe('<b>bold</b>');
  });
});
