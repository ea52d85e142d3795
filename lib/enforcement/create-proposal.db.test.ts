import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '@/lib/access/schema';
import { insertUser } from '@/lib/clusters/testing/fixtures';
import { database } from '@/lib/database/client';
import { makeWeeks } from '@/lib/ingest/testing/make-weeks';
import { createProposal } from './create-proposal';
import { getProposal } from './get-proposal';
import { previewProposal } from './preview-proposal';
import type { ProposeInput } from './propose-schema';
import { auditOf, insertCluster, plain, propose } from './testing/insert-world';

let analyst: Person;
let approver: Person;

beforeAll(async () => {
  analyst = await insertUser('analyst', 'Demo analyst');
  approver = await insertUser('approver');
});
afterEach(() => {
  delete process.env.WEIR_CAP_ACTION;
  delete process.env.WEIR_CAP_PERSON_DAY;
});

const ban = (clusterId: number, more: Partial<ProposeInput> = {}): Omit<ProposeInput, 'sha256'> => ({
  clusterId,
  action: 'ban',
  reason: 'cards and templates agree',
  exclude: [],
  ...more,
});

describe('createProposal()', () => {
  it('freezes the sorted core and ordinary members, in stages, strongest first', async () => {
    const cluster = await insertCluster([
      { strength: 0.4, role: 'member' },
      { strength: 0.99 },
      { strength: 0.2, role: 'weak' },
      { strength: 0.7 },
    ]);
    const { id } = await propose(analyst, ban(cluster.id));
    const items = await database().proposalItem.findMany({
      where: { proposalId: id },
      orderBy: { accountId: 'asc' },
    });
    expect(items.map((i) => [i.accountId, i.stage])).toEqual([
      [cluster.accountIds[0], 2],
      [cluster.accountIds[1], 0],
      [cluster.accountIds[3], 2],
    ]);
    const proposal = await database().proposal.findUniqueOrThrow({ where: { id } });
    expect(proposal).toMatchObject({ status: 'waiting', accountCount: 3, approvalsRequired: 1 });
    expect(proposal.evidence).toMatchObject([{ kind: 'payment', members: 4 }]);
    expect(proposal.impact).toMatchObject({ accounts: 3, weakest: 0.4 });
  });

  it('claims and confirms an unclaimed cluster with the reason, each step in the audit', async () => {
    const cluster = await insertCluster(plain(3));
    const { id } = await propose(analyst, ban(cluster.id));
    const after = await database().cluster.findUniqueOrThrow({
      where: { id: cluster.id },
      include: { decisions: true },
    });
    expect(after).toMatchObject({ status: 'confirmed', assigneeId: analyst.id });
    expect(after.decisions).toMatchObject([
      {
        verdict: 'confirm',
        reasonCode: 'distillation',
        reason: 'cards and templates agree',
        authorId: analyst.id,
      },
    ]);
    expect(await auditOf(`CL-${cluster.id}`)).toEqual(['cluster.claim', 'cluster.confirm']);
    expect(await auditOf(`P-${id}`)).toEqual(['proposal.create']);
  });

  it('loses against whoever holds the cluster, changes nothing and leaves a refused entry', async () => {
    const cluster = await insertCluster(plain(3), {
      status: 'in_review',
      assigneeId: approver.id,
      claimedAt: new Date(),
    });
    await expect(propose(analyst, ban(cluster.id))).rejects.toMatchObject({ code: 'conflict' });
    expect(await database().proposal.count({ where: { clusterId: cluster.id } })).toBe(0);
    expect(await auditOf(`CL-${cluster.id}`)).toEqual(['proposal.create refused']);
  });

  it('refuses a dismissed cluster', async () => {
    const cluster = await insertCluster(plain(3), { status: 'dismissed' });
    await expect(propose(analyst, ban(cluster.id))).rejects.toMatchObject({ code: 'conflict' });
  });

  it('leaves out groups and accounts that are in the state already', async () => {
    const cluster = await insertCluster([
      { account: { monthlySpendUsd: 20 } },
      { account: { enterprise: true } },
      { account: { reportedStatus: 'banned' } },
      { account: { enforcedStatus: 'banned', enforcedAt: new Date() } },
      { account: { createdAt: new Date('2020-01-01') } },
      {},
    ]);
    const exclude: ProposeInput['exclude'] = ['paying', 'enterprise', 'old'];
    const preview = await previewProposal(analyst, ban(cluster.id, { exclude }));
    expect(preview.leftOut).toEqual({ weak: 0, already: 2, excluded: 3, held: 0, unconfirmed: 0 });
    const { id } = await propose(analyst, ban(cluster.id, { exclude }));
    const items = await database().proposalItem.findMany({ where: { proposalId: id } });
    expect(items.map((i) => i.accountId)).toEqual([cluster.accountIds[5]]);
    const proposal = await database().proposal.findUniqueOrThrow({ where: { id } });
    expect(proposal.sha256).toBe(preview.sha256);
  });

  it('does not loosen: a throttle leaves banned accounts alone', async () => {
    const cluster = await insertCluster([{ account: { reportedStatus: 'banned' } }, {}]);
    const preview = await previewProposal(analyst, ban(cluster.id, { action: 'throttle' }));
    expect(preview.accountCount).toBe(1);
  });

  it('says so when nobody is left on the list', async () => {
    const cluster = await insertCluster([{ account: { reportedStatus: 'banned' } }]);
    await expect(propose(analyst, ban(cluster.id))).rejects.toMatchObject({
      code: 'bad_input',
      forPerson: expect.stringContaining('Nobody is on the list'),
    });
    expect((await database().cluster.findUniqueOrThrow({ where: { id: cluster.id } })).status).toBe('open');
    const preview = await previewProposal(analyst, ban(cluster.id));
    expect(preview.guardrails[0]).toMatchObject({ id: 'empty', ok: false, blocks: true });
  });

  it('takes named accounts, but no weak ones and no strangers', async () => {
    const cluster = await insertCluster([{}, {}, { role: 'weak', strength: 0.1 }]);
    const [first, , weak] = cluster.accountIds;
    await expect(propose(analyst, ban(cluster.id, { accountIds: [first!, weak!] }))).rejects.toMatchObject({
      code: 'bad_input',
      forPerson: expect.stringContaining('held too weakly'),
    });
    await expect(propose(analyst, ban(cluster.id, { accountIds: ['acct_elsewhere'] }))).rejects.toMatchObject(
      {
        code: 'bad_input',
        forPerson: expect.stringContaining('not in cluster'),
      },
    );
    const { id } = await propose(analyst, ban(cluster.id, { accountIds: [first!] }));
    expect(await database().proposalItem.count({ where: { proposalId: id } })).toBe(1);
  });

  it('asks for two approvals with a verified organization inside, and warns', async () => {
    const cluster = await insertCluster([...plain(3), { account: { verifiedOrganization: true } }]);
    const preview = await previewProposal(analyst, ban(cluster.id));
    expect(preview.approvalsRequired).toBe(2);
    expect(preview.guardrails.find((g) => g.id === 'verified')).toMatchObject({ ok: false });
    const { id } = await propose(analyst, ban(cluster.id));
    expect((await database().proposal.findUniqueOrThrow({ where: { id } })).approvalsRequired).toBe(2);
  });

  it('counts what the same person listed within a day: small lists take no fewer people than a large one', async () => {
    const busy = await insertUser('analyst', 'Busy splitter');
    const cluster = await insertCluster(plain(1_001));
    const part = (from: number, to?: number) =>
      ban(cluster.id, { accountIds: cluster.accountIds.slice(from, to) });
    const { id } = await propose(busy, part(0, 600));
    const sizeOf = ({ guardrails }: { guardrails: { id: string }[] }) =>
      guardrails.find((check) => check.id === 'size');
    // Those that are on both lists count once.
    expect(await previewProposal(busy, part(599, 1_000))).toMatchObject({ approvalsRequired: 1 });
    const rest = await previewProposal(busy, part(600));
    expect(rest).toMatchObject({ approvalsRequired: 2, freshMinutes: 10 });
    expect(sizeOf(rest)).toMatchObject({
      ok: false,
      note: '401 accounts, and 600 on other lists of Busy splitter within 24 hours, above 1,000 together, so two approvers are needed.',
    });
    expect(await previewProposal(analyst, part(600))).toMatchObject({ approvalsRequired: 1 });
    const second = await propose(busy, part(600));
    expect(sizeOf(await getProposal(approver, second.id))).toEqual(sizeOf(rest));
    await database().proposal.updateMany({ where: { id: second.id }, data: { status: 'withdrawn' } });
    await database().proposal.updateMany({ where: { id }, data: { status: 'done' } });
    expect(await previewProposal(busy, part(600))).toMatchObject({ approvalsRequired: 2 });
    await database().proposal.updateMany({ where: { id }, data: { status: 'rejected' } });
    expect(await previewProposal(busy, part(600))).toMatchObject({ approvalsRequired: 1 });
  });

  it('warns of accounts on another live list', async () => {
    const cluster = await insertCluster(plain(4));
    const { id } = await propose(analyst, ban(cluster.id, { accountIds: cluster.accountIds.slice(0, 3) }));
    const preview = await previewProposal(analyst, ban(cluster.id));
    expect(preview.guardrails.find((g) => g.id === 'overlap')).toMatchObject({
      ok: false,
      note: expect.stringContaining(`3 accounts on P-${id}`),
    });
  });

  it('finds members on an address that many outsiders use', async () => {
    const cluster = await insertCluster(plain(2));
    const outside = await insertCluster(plain(12));
    await database().indicator.create({ data: { id: 77n, kind: 'ip', value: '192.0.2.1' } });
    const keys = await database().account.findMany({
      where: { id: { in: [cluster.accountIds[0]!, ...outside.accountIds] } },
      select: { key: true },
    });
    await makeWeeks('2026-02-01');
    for (const { key } of keys) {
      await database().$executeRaw`
        INSERT INTO account_indicator (account_key, indicator_id, day, count) VALUES (${key}, 77, '2026-02-01', 1)`;
    }
    const preview = await previewProposal(analyst, ban(cluster.id));
    expect(preview.impact.groups.find((g) => g.group === 'shared_network')).toMatchObject({ accounts: 1 });
  });

  it('holds the cap for one action, whatever the screen sends', async () => {
    process.env.WEIR_CAP_ACTION = '2';
    const cluster = await insertCluster(plain(3));
    await expect(propose(analyst, ban(cluster.id))).rejects.toMatchObject({
      code: 'limit',
      forPerson: expect.stringContaining('3 accounts, 2 at most'),
    });
    expect(await auditOf(`CL-${cluster.id}`)).toEqual(['proposal.create refused']);
  });

  it('holds the cap for a person and day, also when two windows propose at once', async () => {
    const busy = await insertUser('analyst', 'Busy analyst');
    process.env.WEIR_CAP_PERSON_DAY = '3';
    const clusters = [await insertCluster(plain(2)), await insertCluster(plain(2))];
    const results = await Promise.allSettled(clusters.map((c) => propose(busy, ban(c.id))));
    expect(results.map((r) => r.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(results.find((r) => r.status === 'rejected')).toMatchObject({
      reason: { code: 'limit', forPerson: expect.stringContaining('4 accounts with this list, 3 at most') },
    });
  });

  it.each(['viewer', 'admin', 'auditor'] as const)('refuses a %s', async (role) => {
    const cluster = await insertCluster(plain(1));
    const person = await insertUser(role);
    await expect(
      createProposal(person, { ...ban(cluster.id), sha256: 'f'.repeat(64) }),
    ).rejects.toMatchObject({ code: 'forbidden' });
    await expect(previewProposal(person, ban(cluster.id))).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('refuses the command line and somebody who was disabled a moment ago', async () => {
    const cluster = await insertCluster(plain(1));
    await expect(
      createProposal({ kind: 'cli', name: 'root' }, { ...ban(cluster.id), sha256: 'f'.repeat(64) }),
    ).rejects.toMatchObject({
      code: 'forbidden',
    });
    const gone = await insertUser('analyst');
    await database().user.update({ where: { id: gone.id }, data: { disabledAt: new Date() } });
    await expect(createProposal(gone, { ...ban(cluster.id), sha256: 'f'.repeat(64) })).rejects.toMatchObject({
      code: 'forbidden',
      forPerson: expect.stringContaining('disabled'),
    });
  });

  it('answers not_found for a cluster that does not exist', async () => {
    await expect(propose(analyst, ban(999_999))).rejects.toMatchObject({ code: 'not_found' });
    await expect(previewProposal(analyst, ban(999_999))).rejects.toMatchObject({ code: 'not_found' });
  });

  it('lists 5,000 accounts in one go', async () => {
    const cluster = await insertCluster(plain(5_000));
    const { id } = await propose(approver, ban(cluster.id));
    const stages = await database().proposalItem.groupBy({
      by: ['stage'],
      where: { proposalId: id },
      _count: true,
      orderBy: { stage: 'asc' },
    });
    expect(stages.map((s) => s._count)).toEqual([50, 450, 4_500]);
  });
});

describe('the database itself', () => {
  it('refuses to take accounts off a frozen list or to exchange them', async () => {
    const cluster = await insertCluster(plain(2));
    const { id } = await propose(analyst, ban(cluster.id));
    await expect(database().proposalItem.deleteMany({ where: { proposalId: id } })).rejects.toThrow(
      'is frozen',
    );
    await expect(
      database().proposalItem.updateMany({ where: { proposalId: id }, data: { accountId: 'acct_other' } }),
    ).rejects.toThrow('is frozen');
  });

  it('refuses to add accounts to a list once it is made', async () => {
    const cluster = await insertCluster(plain(2));
    const { id } = await propose(analyst, ban(cluster.id));
    const late = await database().account.create({ data: { id: 'acct_late' } });
    await expect(
      database().proposalItem.create({
        data: { proposalId: id, accountKey: late.key, accountId: late.id, strength: 1, stage: 0 },
      }),
    ).rejects.toThrow('frozen once it is made');
  });

  it("refuses the proposer's own approval, whatever the application believes", async () => {
    const cluster = await insertCluster(plain(2));
    const { id } = await propose(approver, ban(cluster.id));
    const { sha256 } = await database().proposal.findUniqueOrThrow({ where: { id } });
    const own = { proposalId: id, verdict: 'approve', reason: 'mine', sha256 } as const;
    await expect(
      database().approval.create({ data: { ...own, proposedById: approver.id, approverId: approver.id } }),
    ).rejects.toThrow('approval_not_by_proposer');
    // Nor does it help to claim that somebody else proposed it.
    await expect(
      database().approval.create({ data: { ...own, proposedById: analyst.id, approverId: approver.id } }),
    ).rejects.toThrow(/foreign key/i);
  });
});
