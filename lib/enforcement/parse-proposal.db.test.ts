import { beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '@/lib/access/schema';
import { insertUser } from '@/lib/clusters/testing/fixtures';
import { database } from '@/lib/database/client';
import { parseProposal } from './parse-proposal';
import { proposeSchema } from './propose-schema';
import { restoreSchema } from './restore-schema';

const sha256 = 'a'.repeat(64);
const ban = { action: 'ban', reason: 'one operation', sha256 };
let analyst: Person;

beforeAll(async () => {
  analyst = await insertUser('analyst');
});

const refusals = () =>
  database().auditEntry.findMany({
    where: { verb: 'proposal.create', outcome: 'refused', actor: `user:${analyst.id}` },
    orderBy: { id: 'asc' },
  });

describe('parseProposal()', () => {
  it.each([
    ['nothing at all', null],
    ['no target', ban],
    ['a null target', { ...ban, accountIds: null }],
    ['an empty list', { ...ban, accountIds: [] }],
    ['a list of null', { ...ban, accountIds: [null] }],
    ['an empty id', { ...ban, accountIds: [''] }],
    ['a null cluster', { ...ban, clusterId: null }],
    ['two targets', { ...ban, list: 'acct_1', indicatorId: '1' }],
  ])('refuses %s and writes it down', async (_, input) => {
    const before = (await refusals()).length;
    const refused = await parseProposal(analyst, proposeSchema, input).catch((error) => error);
    expect(refused).toMatchObject({ code: 'bad_input' });
    const after = await refusals();
    expect(after).toHaveLength(before + 1);
    expect(after.at(-1)).toMatchObject({ objectId: 'new', reason: refused.forPerson });
    expect(await database().proposal.count()).toBe(0);
  });

  it('refuses a restore of nothing likewise', async () => {
    const before = (await refusals()).length;
    await expect(parseProposal(analyst, restoreSchema, { reason: 'wrong', sha256 })).rejects.toMatchObject({
      code: 'bad_input',
    });
    expect(await refusals()).toHaveLength(before + 1);
  });

  it('hands on what makes sense, and writes nothing', async () => {
    const before = (await refusals()).length;
    const input = await parseProposal(analyst, proposeSchema, { ...ban, accountIds: ['acct_1'] });
    expect(input).toMatchObject({ accountIds: ['acct_1'], exclude: [] });
    expect(await refusals()).toHaveLength(before);
  });
});
