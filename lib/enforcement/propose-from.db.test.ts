/** Lists from everywhere but a whole cluster: selections, indicators, pasted lists, late joiners, splits. */
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '@/lib/access/schema';
import { insertUser } from '@/lib/clusters/testing/fixtures';
import { database } from '@/lib/database/client';
import { makeWeeks } from '@/lib/ingest/testing/make-weeks';
import { createProposal, createSplit } from './create-proposal';
import { getProposal } from './get-proposal';
import { previewProposal } from './preview-proposal';
import type { PreviewInput } from './propose-schema';
import { auditOf, insertCluster, plain, propose } from './testing/insert-world';

let analyst: Person;
beforeAll(async () => {
  analyst = await insertUser('analyst');
});
afterEach(() => {
  delete process.env.WEIR_CAP_ACTION;
});

const confirmed = { status: 'confirmed' } as const;
const because = { reason: 'seen it', exclude: [] };
const idsOf = async (proposalId: number) =>
  (await database().proposalItem.findMany({ where: { proposalId }, orderBy: { accountId: 'asc' } })).map(
    (item) => item.accountId,
  );
let loners = 0;
async function loner(): Promise<string> {
  const id = `loner_${++loners}`;
  await database().account.create({ data: { id } });
  return id;
}

describe('a ban of a selection', () => {
  it('takes accounts of confirmed clusters alone and names the others', async () => {
    const good = await insertCluster([{}, { role: 'weak', strength: 0.1 }], confirmed);
    const open = await insertCluster(plain(1));
    const alone = await loner();
    const accountIds = [...good.accountIds, ...open.accountIds, alone];
    const preview = await previewProposal(analyst, { action: 'ban', accountIds });
    expect(preview).toMatchObject({ accountCount: 1, leftOut: { weak: 1, unconfirmed: 2 } });
    expect(preview.leftAccounts).toContainEqual({ accountId: alone, why: 'unconfirmed' });
    const { id } = await propose(analyst, { action: 'ban', accountIds, ...because });
    expect(await idsOf(id)).toEqual([good.accountIds[0]]);
    expect(await getProposal(analyst, id)).toMatchObject({
      source: 'selection',
      cluster: null,
      evidence: [{}],
    });
  });

  it('is refused when a cluster is dismissed between preview and proposal, with what changed', async () => {
    const a = await insertCluster(plain(2), confirmed);
    const b = await insertCluster(plain(1), confirmed);
    const input: PreviewInput = { action: 'ban', accountIds: [...a.accountIds, ...b.accountIds] };
    const { sha256, accountCount } = await previewProposal(analyst, input);
    await database().cluster.update({ where: { id: b.id }, data: { status: 'dismissed' } });
    await expect(
      createProposal(analyst, { ...input, ...because, sha256, seenCount: accountCount }),
    ).rejects.toMatchObject({
      code: 'conflict',
      forPerson:
        'The list has changed since you looked at it. You saw 3 accounts, now it holds 2. Not on it now: 1 in no confirmed cluster. Look again.',
    });
  });

  it('needs two approvers and warns for other actions on accounts that nothing confirmed speaks for', async () => {
    const preview = await previewProposal(analyst, { action: 'throttle', accountIds: [await loner()] });
    expect(preview).toMatchObject({ accountCount: 1, approvalsRequired: 2, impact: { unconfirmed: 1 } });
    expect(preview.impact.wrong).toMatchObject({ expected: 0, unknown: 1 });
    expect(preview.guardrails.find((check) => check.id === 'unconfirmed')).toMatchObject({ ok: false });
  });

  it('refuses nobody, and accounts that are gone', async () => {
    await expect(
      previewProposal(analyst, { action: 'ban', accountIds: ['acct_gone'] }),
    ).rejects.toMatchObject({
      code: 'not_found',
      forPerson: expect.stringContaining('acct_gone: no such account'),
    });
    const none = { ...because, action: 'ban' as const, accountIds: [], sha256: 'f'.repeat(64) };
    await expect(createProposal(analyst, none)).rejects.toMatchObject({ code: 'bad_input' });
  });
});

describe('an indicator', () => {
  it('gives all its accounts, and later those that were seen with it since', async () => {
    const cluster = await insertCluster(plain(3), confirmed);
    const accounts = await database().account.findMany({ where: { id: { in: cluster.accountIds } } });
    await database().indicator.create({ data: { id: -77n, kind: 'payment', value: 'pm_secret' } });
    const seen = (key: number, day: string) =>
      database()
        .$executeRaw`INSERT INTO account_indicator (account_key, indicator_id, day, count) VALUES (${key}, -77, ${day}::date, 1)`;
    await makeWeeks('2026-01-01', '2126-01-01');
    for (const account of accounts.slice(0, 2)) await seen(account.key, '2026-01-01');
    const input: PreviewInput = { action: 'ban', indicatorId: '-77' };
    const { id } = await propose(analyst, { ...input, ...because });
    expect(await idsOf(id)).toHaveLength(2);
    // A card's number is not for everybody who may see the proposal.
    expect(JSON.stringify(await getProposal(analyst, id))).not.toContain('pm_secret');
    await seen(accounts[2]!.key, '2126-01-01');
    expect((await getProposal(analyst, id)).drift).toEqual({ joined: 1, left: 0, open: true });
    const late = await propose(analyst, { action: 'ban', lateOf: id, ...because });
    expect(await idsOf(late.id)).toEqual([accounts[2]!.id]);
    await expect(previewProposal(analyst, { ...input, indicatorId: '99999999999' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('a pasted list', () => {
  it('is not proposed before its odd entries are corrected or left out, and keeps those', async () => {
    const cluster = await insertCluster(plain(2), confirmed);
    const [first, second] = cluster.accountIds;
    const list = `${first}\n ${second}\n${first!.toUpperCase()}\nnobody\n${first}`;
    const preview = await previewProposal(analyst, { action: 'ban', list });
    expect(preview.list).toMatchObject({
      accounts: 2,
      trimmed: 1,
      repeated: [{ accountId: first, times: 2 }],
      otherCase: [{ line: 3, accountId: first }],
      unknown: [{ line: 4, text: 'nobody' }],
    });
    await expect(propose(analyst, { action: 'ban', list, ...because })).rejects.toMatchObject({
      code: 'bad_input',
      forPerson: expect.stringContaining('2 entries are no account'),
    });
    const { id } = await propose(analyst, { action: 'ban', list, leaveUnknown: true, ...because });
    expect(await getProposal(analyst, id)).toMatchObject({
      accountCount: 2,
      list: { entries: 5, repeated: 1, unknown: [first!.toUpperCase(), 'nobody'] },
    });
  });

  it('of 100,000 accounts is counted and refused by the cap in words', async () => {
    await database().$executeRaw`
      INSERT INTO account (id) SELECT 'many_' || i FROM generate_series(1, 100000) i`;
    const list = Array.from({ length: 100_000 }, (_, i) => `many_${i + 1}`).join('\n');
    const started = performance.now();
    const preview = await previewProposal(analyst, { action: 'throttle', list });
    expect(performance.now() - started).toBeLessThan(60_000);
    expect(preview.accountCount).toBe(100_000);
    await expect(
      createProposal(analyst, { action: 'throttle', list, ...because, sha256: preview.sha256 }),
    ).rejects.toMatchObject({
      code: 'limit',
      forPerson: expect.stringContaining('100,000 accounts, 5,000 at most'),
    });
  }, 120_000);
});

describe('late joiners of a cluster', () => {
  it('go into a new proposal, the old list stays', async () => {
    const cluster = await insertCluster(plain(2), confirmed);
    const { id } = await propose(analyst, { clusterId: cluster.id, action: 'ban', ...because });
    const { runId } = await database().cluster.findUniqueOrThrow({ where: { id: cluster.id } });
    await database().detectionRun.update({
      where: { id: runId },
      data: { finishedAt: new Date(Date.now() + 1000) },
    });
    const { key, id: accountId } = await database().account.create({ data: { id: `late_${cluster.id}` } });
    await database().clusterMember.create({
      data: {
        clusterId: cluster.id,
        accountKey: key,
        role: 'core',
        strength: 0.9,
        kinds: ['payment', 'ip'],
        joinedRunId: runId,
      },
    });
    expect((await getProposal(analyst, id)).drift).toMatchObject({ joined: 1, left: 0 });
    const late = await propose(analyst, { lateOf: id, action: 'ban', ...because });
    expect(await idsOf(late.id)).toEqual([accountId]);
    expect(await idsOf(id)).toEqual(cluster.accountIds);
  });
});

describe('the suggested split', () => {
  it('bans the core and asks the fringe to verify, in two proposals or none', async () => {
    const cluster = await insertCluster([{}, {}, { strength: 0.4, role: 'member' }, { kinds: ['ip'] }]);
    const input: PreviewInput = { clusterId: cluster.id, action: 'ban' };
    const { split, sha256 } = await previewProposal(analyst, input);
    expect(split).toMatchObject({ ban: { accounts: 2 }, verify: { accounts: 2 } });
    const { banId, verifyId } = await createSplit(analyst, { ...input, ...because, sha256 });
    expect(await idsOf(banId)).toEqual(cluster.accountIds.slice(0, 2));
    expect(await idsOf(verifyId)).toEqual(cluster.accountIds.slice(2));
    expect(await getProposal(analyst, verifyId)).toMatchObject({
      action: 'require_verification',
      companions: [banId],
    });
    expect(await getProposal(analyst, banId)).toMatchObject({ action: 'ban', companions: [verifyId] });
    const alike = await insertCluster(plain(2));
    const again = { clusterId: alike.id, action: 'ban' as const };
    const shown = await previewProposal(analyst, again);
    expect(shown.split).toBeNull();
    await expect(createSplit(analyst, { ...again, ...because, sha256: shown.sha256 })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await database().proposal.count({ where: { clusterId: alike.id } })).toBe(0);
  });
});

describe('a large list that is split', () => {
  it('takes both approvers and their fresh sign-in for each half, as the whole list would', async () => {
    const person = await insertUser('analyst');
    const fringe = Array.from({ length: 401 }, () => ({ strength: 0.4, role: 'member' as const }));
    const cluster = await insertCluster([...plain(600), ...fringe]);
    const input: PreviewInput = { clusterId: cluster.id, action: 'ban' };
    const whole = await previewProposal(person, input);
    expect(whole).toMatchObject({ accountCount: 1_001, approvalsRequired: 2 });
    const { banId, verifyId } = await createSplit(person, { ...input, ...because, sha256: whole.sha256 });
    const halves = await database().proposal.findMany({ where: { id: { in: [banId, verifyId] } } });
    const { freshMinutes } = whole;
    expect(freshMinutes).toBeGreaterThan(0);
    expect(halves).toMatchObject([0, 1].map(() => ({ approvalsRequired: 2, freshMinutes })));
  });

  it('takes them also when a single account of the whole list is why', async () => {
    const fringe = { strength: 0.4, account: { verifiedOrganization: true } };
    const cluster = await insertCluster([...plain(2), fringe]);
    const input: PreviewInput = { clusterId: cluster.id, action: 'ban' };
    const person = await insertUser('analyst');
    const { sha256 } = await previewProposal(person, input);
    const { banId } = await createSplit(person, { ...input, ...because, sha256 });
    expect(await getProposal(person, banId)).toMatchObject({ approvalsRequired: 2 });
  });
});

describe('replacing a waiting list', () => {
  it('withdraws the old one in the same transaction, for its proposer alone', async () => {
    const cluster = await insertCluster([{ account: { lastPaidAt: new Date() } }, {}], confirmed);
    const base = { clusterId: cluster.id, action: 'ban' as const, reason: 'seen it' };
    const { id } = await propose(analyst, base);
    const other = await insertUser('analyst');
    await expect(propose(other, { ...base, replaces: id })).rejects.toMatchObject({ code: 'forbidden' });
    const next = await propose(analyst, { ...base, exclude: ['paying'], replaces: id });
    expect(await getProposal(analyst, id)).toMatchObject({ status: 'withdrawn', replacedBy: [next.id] });
    expect(await auditOf(`P-${id}`)).toEqual(['proposal.create', 'proposal.withdraw']);
    expect(await idsOf(next.id)).toEqual([cluster.accountIds[1]]);
  });
});

describe('a countermeasure', () => {
  it('is one that the settings name, and leaves out accounts that are under it', async () => {
    const cluster = await insertCluster(plain(2), confirmed);
    const countermeasure = 'withhold_reasoning';
    const input: PreviewInput = { clusterId: cluster.id, action: 'countermeasure', countermeasure };
    const { id } = await propose(analyst, { ...input, ...because });
    const item = await database().proposalItem.findFirstOrThrow({ where: { proposalId: id } });
    await database().accountCountermeasure.create({
      data: { accountKey: item.accountKey, countermeasure, proposalId: id },
    });
    expect(await previewProposal(analyst, input)).toMatchObject({ accountCount: 1, leftOut: { already: 1 } });
    await expect(previewProposal(analyst, { ...input, countermeasure: 'nonsense' })).rejects.toMatchObject({
      code: 'bad_input',
    });
  });
});
