import { beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '@/lib/access/schema';
import { insertUser } from '@/lib/clusters/testing/fixtures';
import { database } from '@/lib/database/client';
import { ownerPool } from '@/lib/database/pool';
import { answerProposal } from './answer-proposal';
import { expireProposals } from './expire-proposals';
import { getProposal } from './get-proposal';
import { listProposals } from './list-proposals';
import { steerProposal } from './steer-proposal';
import {
  auditOf,
  insertCluster,
  plain,
  propose as proposeList,
  type TestMember,
} from './testing/insert-world';

let analyst: Person;
let first: Person;
let second: Person;

beforeAll(async () => {
  analyst = await insertUser('analyst', 'Demo analyst');
  first = await insertUser('approver', 'First approver');
  second = await insertUser('approver', 'Second approver');
});

async function propose(by: Person, members: TestMember[] = plain(3)) {
  const cluster = await insertCluster(members);
  const { id } = await proposeList(by, {
    clusterId: cluster.id,
    action: 'ban',
    reason: 'agreed',
    exclude: [],
  });
  const { sha256 } = await database().proposal.findUniqueOrThrow({ where: { id } });
  return { id, sha256, clusterId: cluster.id };
}

const approve = (by: Person, { id, sha256 }: { id: number; sha256: string }) =>
  answerProposal(by, { proposalId: id, verdict: 'approve', reason: 'looked at it', sha256 });

async function jobs(id: number): Promise<number> {
  const [row] = await database().$queryRaw<{ jobs: number }[]>`
    SELECT count(*)::int AS jobs FROM graphile_worker.jobs WHERE key = ${`execute:P-${id}`}`;
  return row!.jobs;
}

describe('answerProposal()', () => {
  it('approves with one other person and hands the job to the worker in the same transaction', async () => {
    const proposal = await propose(analyst);
    expect(await approve(first, proposal)).toEqual({ status: 'approved' });
    expect(await jobs(proposal.id)).toBe(1);
    expect(await auditOf(`P-${proposal.id}`)).toEqual(['proposal.create', 'proposal.approve']);
  });

  it("refuses the proposer's own word and writes the attempt down", async () => {
    const proposal = await propose(first);
    await expect(approve(first, proposal)).rejects.toMatchObject({
      code: 'forbidden',
      forPerson: expect.stringContaining('Refused: own proposal'),
    });
    expect(await auditOf(`P-${proposal.id}`)).toEqual(['proposal.create', 'proposal.approve refused']);
    expect(await jobs(proposal.id)).toBe(0);
  });

  it('waits for a second person where two are required, and takes one word a person', async () => {
    const proposal = await propose(analyst, [...plain(2), { account: { verifiedOrganization: true } }]);
    expect(await approve(first, proposal)).toEqual({ status: 'waiting' });
    expect(await jobs(proposal.id)).toBe(0);
    await expect(approve(first, proposal)).rejects.toMatchObject({ code: 'conflict' });
    expect(await approve(second, proposal)).toEqual({ status: 'approved' });
  });

  it('does not count the word of somebody who was disabled since', async () => {
    const leaver = await insertUser('approver', 'Leaver');
    const proposal = await propose(analyst, [...plain(2), { account: { verifiedOrganization: true } }]);
    await approve(leaver, proposal);
    await database().user.update({ where: { id: leaver.id }, data: { disabledAt: new Date() } });
    expect(await approve(second, proposal)).toEqual({ status: 'waiting' });
    expect(await approve(first, proposal)).toEqual({ status: 'approved' });
  });

  it('lets exactly one of two simultaneous last approvals through', async () => {
    const proposal = await propose(analyst);
    const results = await Promise.allSettled([approve(first, proposal), approve(second, proposal)]);
    expect(results.map((r) => r.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(results.find((r) => r.status === 'rejected')).toMatchObject({ reason: { code: 'conflict' } });
    expect(await jobs(proposal.id)).toBe(1);
    expect(await database().approval.count({ where: { proposalId: proposal.id } })).toBe(1);
  });

  it('takes one of two clicks of the same person', async () => {
    const proposal = await propose(analyst, [...plain(2), { account: { verifiedOrganization: true } }]);
    const results = await Promise.allSettled([approve(first, proposal), approve(first, proposal)]);
    expect(results.map((r) => r.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await database().approval.count({ where: { proposalId: proposal.id } })).toBe(1);
  });

  it('binds to the hash that the approver saw', async () => {
    const proposal = await propose(analyst);
    await expect(approve(first, { ...proposal, sha256: 'a'.repeat(64) })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect((await database().proposal.findUniqueOrThrow({ where: { id: proposal.id } })).status).toBe(
      'waiting',
    );
  });

  it('refuses a list to which an account was slipped in', async () => {
    const proposal = await propose(analyst);
    const other = await database().account.create({ data: { id: `acct_slipped_${proposal.id}` } });
    // By somebody with the database's own keys, past every trigger.
    await ownerPool().query(`BEGIN; SET LOCAL session_replication_role = replica;
      INSERT INTO proposal_item (proposal_id, account_key, account_id, strength, stage)
      VALUES (${proposal.id}, ${other.key}, '${other.id}', 1, 0); COMMIT`);
    await expect(approve(first, proposal)).rejects.toMatchObject({
      code: 'conflict',
      forPerson: expect.stringContaining('not the one that was frozen'),
    });
    const detail = await getProposal(first, proposal.id);
    expect(detail.guardrails[0]).toMatchObject({ id: 'unchanged', ok: false, blocks: true });
  });

  it('ends with a rejection; no approval comes after it', async () => {
    const proposal = await propose(analyst);
    const rejected = await answerProposal(first, {
      proposalId: proposal.id,
      verdict: 'reject',
      reason: 'a class of students',
      sha256: proposal.sha256,
    });
    expect(rejected).toEqual({ status: 'rejected' });
    await expect(approve(second, proposal)).rejects.toMatchObject({
      code: 'conflict',
      forPerson: expect.stringContaining('was rejected'),
    });
  });

  it('does not approve when the cluster is no longer confirmed', async () => {
    const proposal = await propose(analyst);
    await database().cluster.update({ where: { id: proposal.clusterId }, data: { status: 'open' } });
    await expect(approve(first, proposal)).rejects.toMatchObject({ code: 'conflict' });
  });

  it.each(['viewer', 'analyst', 'admin', 'auditor'] as const)(
    'refuses a %s and writes it down',
    async (role) => {
      const proposal = await propose(analyst);
      await expect(approve(await insertUser(role), proposal)).rejects.toMatchObject({ code: 'forbidden' });
      expect(await auditOf(`P-${proposal.id}`)).toContain('proposal.approve refused');
    },
  );

  it('asks the database for the role, not the session', async () => {
    const proposal = await propose(analyst);
    const demoted = await insertUser('approver');
    await database().user.update({ where: { id: demoted.id }, data: { role: 'viewer' } });
    await expect(approve(demoted, proposal)).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('expireProposals()', () => {
  it('ends what waited too long, once, with an audit entry; late answers are refused', async () => {
    const proposal = await propose(analyst);
    await database().proposal.update({
      where: { id: proposal.id },
      data: { expiresAt: new Date(Date.now() - 1000) },
    });
    await expect(approve(first, proposal)).rejects.toMatchObject({
      code: 'conflict',
      forPerson: expect.stringContaining('has expired'),
    });
    expect(await expireProposals({ kind: 'system', name: 'worker' })).toContain(proposal.id);
    expect(await expireProposals({ kind: 'system', name: 'worker' })).not.toContain(proposal.id);
    expect(await auditOf(`P-${proposal.id}`)).toContain('proposal.expire');
  });
});

describe('steerProposal()', () => {
  it('lets only who made a proposal withdraw it, while it waits', async () => {
    const proposal = await propose(analyst);
    const withdraw = (by: Person) =>
      steerProposal(by, { proposalId: proposal.id, to: 'withdraw', reason: 'wrong list' });
    await expect(withdraw(first)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await withdraw(analyst)).toEqual({ status: 'withdrawn' });
    await expect(withdraw(analyst)).rejects.toMatchObject({ code: 'conflict' });
    expect(await auditOf(`P-${proposal.id}`)).toEqual([
      'proposal.create',
      'proposal.withdraw refused',
      'proposal.withdraw',
    ]);
  });

  it('pauses, resumes and stops by an approver, each from the states that allow it', async () => {
    const proposal = await propose(analyst);
    await approve(first, proposal);
    const steer = (by: Person, to: 'pause' | 'resume' | 'stop') =>
      steerProposal(by, { proposalId: proposal.id, to, reason: 'appeals came in' });
    await expect(steer(analyst, 'pause')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(steer(first, 'resume')).rejects.toMatchObject({ code: 'conflict' });
    expect(await steer(first, 'pause')).toEqual({ status: 'paused' });
    expect(await steer(second, 'resume')).toEqual({ status: 'approved' });
    expect(await steer(second, 'stop')).toEqual({ status: 'stopped' });
    await expect(steer(first, 'resume')).rejects.toMatchObject({
      code: 'conflict',
      forPerson: expect.stringContaining('was stopped'),
    });
  });
});

describe('reading proposals', () => {
  it('tells each reader what waits for them', async () => {
    const proposal = await propose(first);
    const seenBy = async (person: Person) =>
      (await listProposals(person, { view: 'all' })).rows.find((row) => row.id === proposal.id)?.waitsForMe;
    expect(await seenBy(first)).toBe(false);
    expect(await seenBy(second)).toBe(true);
    expect(await seenBy(analyst)).toBe(false);
    const { rows, counts } = await listProposals(first, { view: 'mine' });
    expect(rows.every((row) => row.proposedBy.id === first.id)).toBe(true);
    expect(counts.mine).toBe(rows.length);
    const waiting = (await listProposals(second, { view: 'waiting' })).rows.filter((row) => row.waitsForMe);
    expect((await listProposals(second, { view: 'all' })).counts.waitsForMe).toBe(waiting.length);
  });

  it('shows the list, its checks and what moved since it was frozen', async () => {
    const proposal = await propose(analyst, plain(4));
    const joined = await insertCluster(plain(1));
    const later = await database().detectionRun.findFirstOrThrow({ orderBy: { id: 'desc' } });
    await database().clusterMember.updateMany({
      where: { clusterId: joined.id },
      data: { clusterId: proposal.clusterId, joinedRunId: later.id },
    });
    const gone = await database().clusterMember.findFirstOrThrow({
      where: { clusterId: proposal.clusterId, joinedRunId: { not: later.id } },
    });
    await database().clusterMember.delete({
      where: { clusterId_accountKey: { clusterId: gone.clusterId, accountKey: gone.accountKey } },
    });
    const detail = await getProposal(first, proposal.id);
    expect(detail).toMatchObject({
      sha256: proposal.sha256,
      accountCount: 4,
      drift: { joined: 1, left: 1 },
      refusal: null,
      provider: { name: 'Sandbox', simulated: true },
      maySteer: { pause: false, resume: false, stop: false, withdraw: false },
      caps: { action: { used: 4, limit: 5_000 } },
    });
    expect(detail.strengths[18]).toBe(4);
    expect(detail.stages.map((s) => [s.name, s.total])).toEqual([
      ['Canary', 1],
      ['Rest', 3],
    ]);
    expect(detail.guardrails.find((g) => g.id === 'unchanged')).toMatchObject({
      ok: true,
      note: '4 ids match',
    });
    expect((await getProposal(analyst, proposal.id)).maySteer.withdraw).toBe(true);
    await expect(getProposal(first, 999_999)).rejects.toMatchObject({ code: 'not_found' });
  });
});
