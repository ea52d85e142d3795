/** Large lists: two approvers who proved lately who they are; and every way around the second person. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '@/lib/access/schema';
import { insertUser } from '@/lib/clusters/testing/fixtures';
import { database } from '@/lib/database/client';
import { changeSetting } from '@/lib/settings/change-setting';
import { answerProposal } from './answer-proposal';
import { getProposal } from './get-proposal';
import { recheckProposal } from './recheck-proposal';
import type { AnswerInput } from './schema';
import { auditOf, insertCluster, plain, propose } from './testing/insert-world';
import { tiersSetting } from './tiers-settings-schema';

let analyst: Person;
let first: Person;
let second: Person;
beforeAll(async () => {
  analyst = await insertUser('analyst');
  first = await insertUser('approver');
  second = await insertUser('approver');
});

/** A list that takes two approvers: a verified organization is inside. */
async function large(by: Person = analyst) {
  const cluster = await insertCluster([{ account: { verifiedOrganization: true } }, ...plain(2)]);
  const { id } = await propose(by, { clusterId: cluster.id, action: 'ban', reason: 'seen it' });
  const { sha256 } = await database().proposal.findUniqueOrThrow({ where: { id } });
  return { id, sha256, cluster };
}
const answer = (
  { id, sha256 }: { id: number; sha256: string },
  more: Partial<AnswerInput> = {},
): AnswerInput => ({
  proposalId: id,
  verdict: 'approve',
  reason: 'looked at it',
  sha256,
  ...more,
});
const hoursAgo = (person: Person, hours: number): Person => ({
  ...person,
  provedAt: Math.floor(Date.now() / 1000) - hours * 3600,
});

describe('a list that takes two approvers', () => {
  it('asks who signed in long ago to prove it once more, and keeps when they did', async () => {
    const proposal = await large();
    const late = hoursAgo(first, 1);
    expect((await getProposal(late, proposal.id)).signedInAt).toBeNull();
    await expect(answerProposal(late, answer(proposal))).rejects.toMatchObject({ code: 'unproved' });
    await expect(
      answerProposal({ ...first, provedAt: Date.now() / 1000 + 600 }, answer(proposal)),
    ).rejects.toMatchObject({ code: 'unproved' });
    expect(await database().approval.count({ where: { proposalId: proposal.id } })).toBe(0);
    await answerProposal(first, answer(proposal));
    const approval = await database().approval.findFirstOrThrow({ where: { proposalId: proposal.id } });
    expect(Date.now() - approval.signedInAt!.getTime()).toBeLessThan(60_000);
    expect(await auditOf(`P-${proposal.id}`)).toEqual([
      'proposal.create',
      'proposal.approve refused',
      'proposal.approve refused',
      'proposal.approve',
    ]);
  });

  it('is approved by two at the same instant once, and by one pressing twice not at all', async () => {
    const proposal = await large();
    const twice = await Promise.allSettled([
      answerProposal(first, answer(proposal)),
      answerProposal(first, answer(proposal)),
    ]);
    expect(twice.map((t) => t.status).sort()).toEqual(['fulfilled', 'rejected']);
    const another = await large();
    const both = await Promise.all([
      answerProposal(first, answer(another)),
      answerProposal(second, answer(another)),
    ]);
    expect(both.map((b) => b.status).sort()).toEqual(['approved', 'waiting']);
    const jobs = await database().$queryRaw<{ n: number }[]>`
      SELECT count(*)::int AS n FROM graphile_worker.jobs WHERE key = ${`execute:P-${another.id}`}`;
    expect(jobs[0]?.n).toBe(1);
    await expect(answerProposal(first, answer(another))).rejects.toMatchObject({ code: 'conflict' });
  });

  it('may be rejected, and a small one approved, from any session', async () => {
    const proposal = await large();
    expect(await answerProposal(hoursAgo(first, 5), answer(proposal, { verdict: 'reject' }))).toEqual({
      status: 'rejected',
    });
    const cluster = await insertCluster(plain(1));
    const { id } = await propose(analyst, { clusterId: cluster.id, action: 'ban', reason: 'seen it' });
    const { sha256, freshMinutes } = await getProposal(first, id);
    expect(freshMinutes).toBeNull();
    expect(await answerProposal(hoursAgo(first, 5), answer({ id, sha256 }))).toEqual({ status: 'approved' });
  });
});

describe('the second person', () => {
  it('is not the proposer: not as an approver, not after a change of role, not from another session, not in SQL', async () => {
    const proposal = await large(first);
    await expect(answerProposal(first, answer(proposal))).rejects.toMatchObject({ code: 'forbidden' });
    const other = await large(analyst);
    await database().user.update({ where: { id: analyst.id }, data: { role: 'approver' } });
    const promoted: Person = { ...analyst, role: 'approver' };
    await expect(answerProposal(promoted, answer(other))).rejects.toMatchObject({ code: 'forbidden' });
    await database().user.update({ where: { id: analyst.id }, data: { role: 'analyst' } });
    const insert = (approverId: number, sha256 = other.sha256) =>
      database().approval.create({
        data: {
          proposalId: other.id,
          proposedById: analyst.id,
          approverId,
          verdict: 'approve',
          reason: 'me',
          sha256,
        },
      });
    await expect(insert(analyst.id)).rejects.toThrow('approval_not_by_proposer');
    await expect(insert(second.id, 'f'.repeat(64))).rejects.toThrow();
    expect(await auditOf(`P-${other.id}`)).toEqual(['proposal.create', 'proposal.approve refused']);
  });

  it('cannot be written in, taken out or changed afterwards, nor the proposal be eased', async () => {
    const proposal = await large();
    await answerProposal(first, answer(proposal));
    const where = { proposalId: proposal.id };
    await expect(database().approval.updateMany({ where, data: { reason: 'else' } })).rejects.toThrow(
      'final',
    );
    await expect(database().approval.deleteMany({ where })).rejects.toThrow('final');
    for (const data of [
      { approvalsRequired: 1 },
      { action: 'throttle' as const },
      { sha256: 'x' },
      { freshMinutes: null },
    ])
      await expect(database().proposal.update({ where: { id: proposal.id }, data })).rejects.toThrow(
        'frozen',
      );
  });

  it('still counts when the worker starts, or nothing starts', async () => {
    const proposal = await large();
    await answerProposal(first, answer(proposal));
    await answerProposal(second, answer(proposal));
    expect(await recheckProposal(database(), proposal.id)).toBeNull();
    await database().user.update({ where: { id: second.id }, data: { role: 'viewer' } });
    expect(await recheckProposal(database(), proposal.id)).toMatch('1 of 2 approvals still hold');
    await database().user.update({ where: { id: second.id }, data: { role: 'approver' } });
    await database().cluster.update({ where: { id: proposal.cluster.id }, data: { status: 'open' } });
    expect(await recheckProposal(database(), proposal.id)).toMatch('no longer confirmed');
  });
});

describe('the approval tiers', () => {
  const reason = { reason: 'small team' };

  it('are laxer than designed only when it is said, and every new proposal says so', async () => {
    const admin = await insertUser('admin');
    const lax = { ...tiersSetting.initial, verifiedTakesTwo: false };
    await expect(changeSetting(admin, tiersSetting, lax, { ...reason, version: 0 })).rejects.toThrow(
      'laxer than Weir is designed for: one approver for verified organizations',
    );
    await expect(
      changeSetting(
        admin,
        tiersSetting,
        { ...lax, accounts: 50_000, laxer: true },
        { ...reason, version: 0 },
      ),
    ).rejects.toThrow('at most 5,000');
    const before = await large();
    await changeSetting(admin, tiersSetting, { ...lax, laxer: true }, { ...reason, version: 0 });
    const after = await getProposal(first, (await large()).id);
    expect(after).toMatchObject({ approvalsRequired: 1, freshMinutes: null });
    expect(after.guardrails.find((check) => check.id === 'laxer')).toMatchObject({ ok: false });
    // What waits keeps the tiers that it was frozen under.
    expect(await getProposal(first, before.id)).toMatchObject({ approvalsRequired: 2, freshMinutes: 10 });
    expect(await database().proposal.findUniqueOrThrow({ where: { id: after.id } })).toMatchObject({
      tiersVersion: 1,
    });
  });
});
