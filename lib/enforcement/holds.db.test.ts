/** The never-ban list and legal holds, at every door. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '@/lib/access/schema';
import { insertUser } from '@/lib/clusters/testing/fixtures';
import { database } from '@/lib/database/client';
import { addHold } from './add-hold';
import { answerProposal } from './answer-proposal';
import { endHold } from './end-hold';
import { getProposal } from './get-proposal';
import { listHolds } from './list-holds';
import { previewProposal } from './preview-proposal';
import { holdsAgainst, recheckProposal } from './recheck-proposal';
import { auditOf, insertCluster, plain, propose } from './testing/insert-world';

let admin: Person;
let analyst: Person;
let approver: Person;
beforeAll(async () => {
  admin = await insertUser('admin');
  analyst = await insertUser('analyst');
  approver = await insertUser('approver');
});
const hold = (accounts: string, kind: 'never_ban' | 'legal_hold' = 'never_ban', until?: string) =>
  addHold(admin, { kind, accounts, reason: 'evaluation lab', until });

describe('an account under a hold', () => {
  it.each(['never_ban', 'legal_hold'] as const)(
    'of kind %s is left out of every list and said so',
    async (kind) => {
      const cluster = await insertCluster(plain(3));
      await hold(cluster.accountIds[0]!, kind);
      const preview = await previewProposal(analyst, { clusterId: cluster.id, action: 'throttle' });
      expect(preview).toMatchObject({ accountCount: 2, leftOut: { held: 1 } });
      expect(preview.guardrails.find((check) => check.id === 'held')).toMatchObject({ ok: false });
    },
  );

  it('is kept off lists by the database itself', async () => {
    const cluster = await insertCluster(plain(2), { status: 'confirmed' });
    const [free, held] = cluster.accountIds;
    await hold(held!);
    const accounts = await database().account.findMany({ where: { id: { in: [free!, held!] } } });
    const insert = (action: string) =>
      database().$transaction(async (tx) => {
        const [row] = await tx.$queryRaw<{ id: number }[]>`
          INSERT INTO proposal (action, cluster_id, reason, sha256, account_count, evidence, impact,
            approvals_required, proposed_by_id, expires_at)
          VALUES (${action}::enforcement_action, ${cluster.id}, 'x', 'x', 2, '[]', '{}', 1, ${analyst.id}, now())
          RETURNING id`;
        for (const { key, id } of accounts)
          await tx.$executeRaw`INSERT INTO proposal_item (proposal_id, account_key, account_id, strength, stage)
            VALUES (${row!.id}, ${key}, ${id}, 1, 0)`;
      });
    await expect(insert('ban')).rejects.toThrow(`account ${held} may not be on a list: never_ban`);
    await expect(insert('restore')).resolves.toBeUndefined();
    await hold(held!, 'legal_hold');
    await expect(insert('restore')).rejects.toThrow('legal_hold');
  });

  it('that came under it after the list was frozen stops its approval, and is told apart at execution', async () => {
    const cluster = await insertCluster(plain(2));
    const { id } = await propose(analyst, { clusterId: cluster.id, action: 'ban', reason: 'seen' });
    await hold(cluster.accountIds[1]!);
    const { sha256, guardrails } = await getProposal(approver, id);
    expect(guardrails[0]).toMatchObject({ id: 'held_since', ok: false, blocks: true });
    const answer = { proposalId: id, verdict: 'approve', reason: 'fine', sha256 } as const;
    await expect(answerProposal(approver, answer)).rejects.toMatchObject({
      code: 'conflict',
      forPerson: expect.stringContaining('came under a hold since'),
    });
    const keys = (await database().proposalItem.findMany({ where: { proposalId: id } })).map(
      (i) => i.accountKey,
    );
    expect([...(await holdsAgainst(database(), 'ban', keys)).values()]).toEqual(['never_ban']);
    expect((await holdsAgainst(database(), 'restore', keys)).size).toBe(0);
    expect(await recheckProposal(database(), id)).toMatch('0 of 1 approvals still hold');
  });
});

describe('a hold', () => {
  it('is added with a reason, listed, and ended with another; each is in the audit', async () => {
    const cluster = await insertCluster(plain(2));
    const ids = cluster.accountIds;
    expect(await hold(ids.join('\n'))).toEqual({ added: 2, already: 0 });
    expect(await hold(ids.join(', '))).toEqual({ added: 0, already: 2 });
    const [row] = (await listHolds(analyst, ids[0])).rows;
    expect(row).toMatchObject({
      kind: 'never_ban',
      reason: 'evaluation lab',
      createdBy: admin.name,
      lastDay: null,
    });
    await endHold(admin, { holdId: row!.id, reason: 'not theirs any more' });
    await expect(endHold(admin, { holdId: row!.id, reason: 'again' })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect((await listHolds(analyst, ids[0])).total).toBe(0);
    expect(await auditOf(ids[0]!)).toEqual(['hold.add', 'hold.end']);
    // One administrator may do that: whoever proposes or approves the account is told.
    const { guardrails } = await previewProposal(analyst, { clusterId: cluster.id, action: 'ban' });
    expect(guardrails.find((check) => check.id === 'lifted')).toMatchObject({
      ok: false,
      note: expect.stringContaining('1 account: an administrator ended the hold'),
    });
  });

  it('that ran out holds no more and can be set anew', async () => {
    const cluster = await insertCluster(plain(1));
    const [id] = cluster.accountIds;
    await hold(id!, 'never_ban', '2999-01-01');
    await database().accountHold.updateMany({
      where: { account: { id: id! } },
      data: { expiresAt: new Date(Date.now() - 1000) },
    });
    expect(await previewProposal(analyst, { clusterId: cluster.id, action: 'ban' })).toMatchObject({
      accountCount: 1,
    });
    expect(await hold(id!)).toEqual({ added: 1, already: 0 });
    expect(await previewProposal(analyst, { clusterId: cluster.id, action: 'ban' })).toMatchObject({
      accountCount: 0,
    });
  });

  it('is refused for unknown accounts, a day that is over and everybody but administrators', async () => {
    await expect(hold('nobody_1\nnobody_2')).rejects.toMatchObject({ code: 'bad_input' });
    const [id] = (await insertCluster(plain(1))).accountIds;
    await expect(hold(id!, 'never_ban', '2020-01-01')).rejects.toMatchObject({ code: 'bad_input' });
    await expect(
      addHold(approver, { kind: 'never_ban', accounts: id!, reason: 'because' }),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });
});
