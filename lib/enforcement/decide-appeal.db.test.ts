import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Person } from '@/lib/access/schema';
import { insertUser } from '@/lib/clusters/testing/fixtures';
import { database } from '@/lib/database/client';
import { appealRef } from './appeal-schema';
import { assignAppeal } from './assign-appeal';
import { decideAppeal } from './decide-appeal';
import { getAppeal } from './get-appeal';
import { getWrongActions } from './get-wrong-actions';
import { listAppeals } from './list-appeals';
import { insertAct, insertAppeal } from './testing/insert-act';
import { auditOf, insertCluster, plain } from './testing/insert-world';

let proposer: Person;
let approver: Person;
let judge: Person;
let second: Person;
let clusterId: number;
let accountId: string;
let proposalId: number;
let number: number;

beforeAll(async () => {
  proposer = await insertUser('analyst', 'Pia');
  approver = await insertUser('approver', 'Ada');
  judge = await insertUser('analyst', 'Jo');
  second = await insertUser('approver', 'Sam');
});
beforeEach(async () => {
  const cluster = await insertCluster(plain(3), { status: 'confirmed' });
  clusterId = cluster.id;
  accountId = cluster.accountIds[0]!;
  proposalId = await insertAct({ clusterId, accountIds: cluster.accountIds, proposer, approver });
  number = await insertAppeal(accountId);
});

const take = (by: Person, to: Person | null = by) => assignAppeal(by, { number, toId: to?.id ?? null });
const decide = (by: Person, verdict: 'uphold' | 'grant' = 'uphold') =>
  decideAppeal(by, { number, verdict, reason: 'I read it all' });
const stored = () => database().appeal.findUniqueOrThrow({ where: { number } });

describe('assignAppeal()', () => {
  it('gives it to somebody uninvolved, says who has it, and freezes what it is against', async () => {
    await take(judge);
    expect(await stored()).toMatchObject({ assigneeId: judge.id, proposalId });
    await expect(take(proposer, null)).rejects.toMatchObject({
      code: 'conflict',
      forPerson: expect.stringContaining('Jo'),
    });
    await take(judge, null);
    expect(await stored()).toMatchObject({ assigneeId: null });
    expect(await auditOf(appealRef(number))).toEqual(['appeal.assign', 'appeal.release']);
  });

  it('refuses whoever proposed, approved or confirmed it, whoever hands it to them; each refusal is written down', async () => {
    const confirmer = await insertUser('analyst');
    await database().decision.create({
      data: {
        clusterId,
        verdict: 'confirm',
        reasonCode: 'distillation',
        reason: 'x',
        authorId: confirmer.id,
      },
    });
    for (const involved of [proposer, approver, confirmer]) {
      await expect(take(involved), involved.name).rejects.toMatchObject({
        code: 'forbidden',
        forPerson: expect.stringContaining('Refused: part in P-'),
      });
      await expect(take(second, involved), involved.name).rejects.toMatchObject({ code: 'forbidden' });
    }
    expect(await stored()).toMatchObject({ assigneeId: null });
    expect(
      (await auditOf(appealRef(number))).filter((verb) => verb === 'appeal.assign refused'),
    ).toHaveLength(6);
  });

  it('refuses whoever confirmed the cluster of this account, also when the list came from no cluster', async () => {
    const confirmer = await insertUser('analyst');
    await database().decision.create({
      data: {
        clusterId,
        verdict: 'confirm',
        reasonCode: 'distillation',
        reason: 'x',
        authorId: confirmer.id,
      },
    });
    await insertAct({
      clusterId,
      accountIds: [accountId],
      proposer,
      approver,
      at: new Date(Date.now() - 60_000),
      proposal: { clusterId: null, source: 'list' },
      item: { clusterId },
    });
    expect((await getAppeal(judge, number)).eligible.map(({ id }) => id)).not.toContain(confirmer.id);
    await expect(take(confirmer)).rejects.toMatchObject({ code: 'forbidden' });
    await take(judge);
    expect(await stored()).toMatchObject({ assigneeId: judge.id });
  });

  it('refuses those who may not decide appeals, disabled people, and machines', async () => {
    for (const role of ['viewer', 'admin', 'auditor'] as const) {
      const other = await insertUser(role);
      await expect(take(other)).rejects.toMatchObject({ code: 'forbidden' });
      await expect(take(judge, other)).rejects.toMatchObject({ code: 'forbidden' });
    }
    const gone = await insertUser('analyst');
    await database().user.update({ where: { id: gone.id }, data: { disabledAt: new Date() } });
    await expect(take(gone)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(take(judge, gone)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(
      assignAppeal({ kind: 'cli', name: 'root' }, { number, toId: judge.id }),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('lets one of many rivals win', async () => {
    const rivals = await Promise.all(Array.from({ length: 4 }, () => insertUser('analyst')));
    const tries = await Promise.allSettled(rivals.map((rival) => take(rival)));
    expect(tries.filter((t) => t.status === 'fulfilled')).toHaveLength(1);
    for (const t of tries) if (t.status === 'rejected') expect(t.reason).toMatchObject({ code: 'conflict' });
  });
});

describe('decideAppeal()', () => {
  it('takes a reason from whoever has taken it up, and is final', async () => {
    await expect(decide(judge)).rejects.toMatchObject({
      code: 'conflict',
      forPerson: expect.stringContaining('Nobody'),
    });
    await take(judge);
    await expect(decide(second)).rejects.toMatchObject({ code: 'conflict' });
    expect(await decide(judge)).toEqual({ restoreId: null });
    expect(await stored()).toMatchObject({
      state: 'upheld',
      reason: 'I read it all',
      decidedById: judge.id,
      restoreId: null,
    });
    await expect(decide(judge, 'grant')).rejects.toMatchObject({ code: 'conflict' });
    await expect(take(second)).rejects.toMatchObject({ code: 'conflict' });
    expect(await auditOf(appealRef(number))).toEqual(['appeal.assign', 'appeal.uphold']);
  });

  it('proposes a restore of this account alone when it is granted; the judge cannot approve it', async () => {
    await take(judge);
    const { restoreId } = await decide(judge, 'grant');
    const restore = await database().proposal.findUniqueOrThrow({
      where: { id: restoreId! },
      include: { items: true },
    });
    expect(restore).toMatchObject({
      action: 'restore',
      status: 'waiting',
      source: 'appeal',
      proposedById: judge.id,
      accountCount: 1,
    });
    expect(restore.items).toMatchObject([
      { accountId, targetStatus: 'active', restoresProposalId: proposalId },
    ]);
    expect((await stored()).restoreId).toBe(restoreId);
    expect(await database().account.findUnique({ where: { id: accountId } })).toMatchObject({
      enforcedStatus: 'banned',
    });
  });

  it('names the restore that is under way instead of proposing a second', async () => {
    await take(judge);
    const { restoreId } = await decide(judge, 'grant');
    const again = await insertAppeal(accountId);
    await assignAppeal(second, { number: again, toId: second.id });
    expect(await decideAppeal(second, { number: again, verdict: 'grant', reason: 'the same' })).toEqual({
      restoreId,
    });
  });

  it('stops somebody who got a part in it after they took it up', async () => {
    await take(judge);
    await database().decision.create({
      data: { clusterId, verdict: 'confirm', reasonCode: 'distillation', reason: 'x', authorId: judge.id },
    });
    await expect(decide(judge)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await stored()).toMatchObject({ state: 'open' });
    expect(await auditOf(appealRef(number))).toContain('appeal.uphold refused');
  });

  it('grants nothing where no act of ours is behind it', async () => {
    const other = await insertCluster(plain(1));
    number = await insertAppeal(other.accountIds[0]!);
    await take(judge);
    await expect(decide(judge, 'grant')).rejects.toMatchObject({ code: 'bad_input' });
    await decide(judge);
    expect(await stored()).toMatchObject({ state: 'upheld', proposalId: null });
  });
});

describe('the database itself', () => {
  const set = (data: object) => database().appeal.update({ where: { number }, data });
  const now = new Date();

  it('refuses the involved as assignee and as judge, whatever the code says', async () => {
    for (const person of [proposer, approver]) {
      await expect(set({ assigneeId: person.id, assignedAt: now })).rejects.toThrow('had part');
      const whole = {
        assigneeId: person.id,
        assignedAt: now,
        state: 'granted',
        reason: 'mine',
        decidedById: person.id,
        decidedAt: now,
      };
      await expect(set(whole)).rejects.toThrow('had part');
      await expect(set({ ...whole, proposalId: null })).rejects.toThrow('had part');
    }
  });

  it('refuses a judge who is not the assignee, half a decision, and any change of a decision', async () => {
    await set({ assigneeId: judge.id, assignedAt: now });
    await expect(
      set({ state: 'upheld', reason: 'x', decidedById: second.id, decidedAt: now }),
    ).rejects.toThrow('appeal_decided_by_assignee');
    await expect(set({ state: 'upheld' })).rejects.toThrow('appeal_decided_whole');
    await set({ state: 'upheld', reason: 'x', decidedById: judge.id, decidedAt: now });
    await expect(set({ state: 'granted' })).rejects.toThrow('is decided');
    await expect(set({ reason: 'y' })).rejects.toThrow('is decided');
    await set({ text: null });
  });
});

describe('listAppeals() and getAppeal()', () => {
  it('show the longest waiting first, those against nothing of ours apart, and refuse by name whoever had a part', async () => {
    const { rows, counts } = await listAppeals(judge, { view: 'open', page: 1 });
    expect(counts.open).toBe(rows.length);
    expect(rows.map((row) => row.receivedAt)).toEqual([...rows.map((row) => row.receivedAt)].sort());
    expect(rows.find((row) => row.number === number)).toMatchObject({
      act: { proposalId, cluster: { id: clusterId }, kinds: ['payment'] },
      refusal: null,
      excerpt: 'It was not me.',
    });
    const mine = (await listAppeals(proposer, { view: 'open', page: 1 })).rows.find(
      (row) => row.number === number,
    );
    expect(mine?.refusal).toContain('Refused: part in');
    expect((await listAppeals(judge, { view: 'other', page: 1 })).rows.every((row) => row.act === null)).toBe(
      true,
    );
  });

  it('tell what spoke for the act and what did not, who had a part, and who may judge', async () => {
    const detail = await getAppeal(judge, number);
    expect(detail.case).toMatchObject({
      proposedBy: { name: 'Pia' },
      answers: [{ verdict: 'approve', person: { name: 'Ada' } }],
      previousState: 'active',
      evidence: [{ kind: 'payment', members: 3 }],
      missing: ['device'],
    });
    const eligible = detail.eligible.map((person) => person.id);
    expect(eligible).toEqual(expect.arrayContaining([judge.id, second.id]));
    for (const involved of [proposer, approver]) expect(eligible).not.toContain(involved.id);
    expect(detail.rate).toEqual({ actedOn: 3, appeals: 1, granted: 0 });
  });

  it('keep the owner’s words from readers who may not see personal data', async () => {
    const auditor = await insertUser('auditor');
    expect(await getAppeal(auditor, number)).toMatchObject({ text: null, excerpt: null, sensitive: false });
    expect(
      (await listAppeals(auditor, { view: 'open', page: 1 })).rows.every((row) => row.excerpt === null),
    ).toBe(true);
  });
});

describe('getWrongActions()', () => {
  it('counts granted appeals against the cluster and each kind of evidence that held the account', async () => {
    await take(judge);
    await decide(judge, 'grant');
    expect(await getWrongActions(judge, clusterId)).toEqual({
      actedOn: 3,
      appeals: 1,
      granted: 1,
      kinds: [{ kind: 'payment', actedOn: 3, granted: 1 }],
    });
    const all = await getWrongActions(judge);
    expect(all.granted).toBeGreaterThanOrEqual(1);
    expect(all.actedOn).toBeGreaterThan(3);
  });
});

it('an appeal against an act whose outcome nobody knows can be granted', async () => {
  const item = {
    state: 'dead',
    unsure: true,
    attempts: 5,
    outcome: 'timeout, given up after 5 tries',
  } as const;
  const [, , other] = (await insertCluster(plain(3), { status: 'confirmed' })).accountIds;
  const id = await insertAct({ clusterId, accountIds: [other!], proposer, approver, item });
  await database().account.update({ where: { id: other! }, data: { enforcedStatus: null } });
  number = await insertAppeal(other!);
  await take(judge);
  await decide(judge, 'grant');
  const restored = await database().proposalItem.findFirst({ where: { restoresProposalId: id } });
  expect(restored).toMatchObject({ accountId: other, targetStatus: 'active' });
});
