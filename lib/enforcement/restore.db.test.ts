/** Taking back: what may be restored, to which state, and what stands in the way. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '@/lib/access/schema';
import { insertUser } from '@/lib/clusters/testing/fixtures';
import { database } from '@/lib/database/client';
import { inTransaction } from '@/lib/database/transaction';
import { addHold } from './add-hold';
import { answerProposal } from './answer-proposal';
import { createRestore, previewRestore, restoreInTransaction } from './create-restore';
import { getProposal } from './get-proposal';
import type { RestorePreview } from './restore-schema';
import type { AccountState } from './rules';
import { insertCluster, plain, propose } from './testing/insert-world';

let analyst: Person;
let approver: Person;
beforeAll(async () => {
  analyst = await insertUser('analyst');
  approver = await insertUser('approver');
});

type Done = { action: 'throttle' | 'ban' | 'countermeasure'; state?: AccountState };
let clock = Date.parse('2026-01-01T00:00:00Z');

/** A proposal for a cluster that was carried out to the last account. @returns its id */
async function carriedOut(clusterId: number, { action, state }: Done): Promise<number> {
  const countermeasure = action === 'countermeasure' ? 'withhold_reasoning' : undefined;
  const { id } = await propose(analyst, { clusterId, action, countermeasure, reason: 'seen it' });
  clock += 1000;
  await database().$executeRaw`
    UPDATE proposal_item i SET state = 'done', done_at = ${new Date(clock)},
      previous_status = COALESCE(a.enforced_status, a.reported_status)
    FROM account a WHERE a.key = i.account_key AND i.proposal_id = ${id}`;
  if (state)
    await database().$executeRaw`
      UPDATE account SET enforced_status = ${state}::account_status
      WHERE key IN (SELECT account_key FROM proposal_item WHERE proposal_id = ${id})`;
  if (countermeasure)
    await database().$executeRaw`
      INSERT INTO account_countermeasure (account_key, countermeasure, proposal_id)
      SELECT account_key, ${countermeasure}, proposal_id FROM proposal_item WHERE proposal_id = ${id}`;
  await database().proposal.update({ where: { id }, data: { status: 'done', startedAt: new Date() } });
  return id;
}

const brief = ({ rows }: RestorePreview) =>
  rows.map((row) => [row.accountId, row.current, row.returnsTo, row.lifts]);

describe('restoring a proposal', () => {
  it('returns every account to the state before, weakest evidence first, and needs a second person', async () => {
    const cluster = await insertCluster([
      {},
      { strength: 0.4, role: 'member' },
      { account: { reportedStatus: 'throttled' } },
    ]);
    const [a, b, c] = cluster.accountIds;
    const ban = await carriedOut(cluster.id, { action: 'ban', state: 'banned' });
    const preview = await previewRestore(analyst, { proposalId: ban });
    expect(brief(preview)).toEqual([
      [b, 'banned', 'active', []],
      [a, 'banned', 'active', []],
      [c, 'banned', 'throttled', []],
    ]);
    const { id } = await createRestore(analyst, {
      proposalId: ban,
      reason: 'wrong list',
      sha256: preview.sha256,
    });
    const items = await database().proposalItem.findMany({
      where: { proposalId: id },
      orderBy: { accountId: 'asc' },
    });
    expect(items.map((i) => [i.targetStatus, i.restoresProposalId])).toEqual([
      ['active', ban],
      ['active', ban],
      ['throttled', ban],
    ]);
    const proposal = await getProposal(approver, id);
    expect(proposal).toMatchObject({
      action: 'restore',
      source: 'restore',
      restoresId: ban,
      approvalsRequired: 1,
    });
    expect(await getProposal(approver, ban)).toMatchObject({ restoredBy: [id] });
    const answer = { proposalId: id, verdict: 'approve', reason: 'indeed', sha256: proposal.sha256 } as const;
    await expect(answerProposal(analyst, answer)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await answerProposal(approver, answer)).toEqual({ status: 'approved' });
  });

  it('takes a subset, and no stranger', async () => {
    const cluster = await insertCluster(plain(3));
    const ban = await carriedOut(cluster.id, { action: 'ban', state: 'banned' });
    const accountIds = [cluster.accountIds[1]!];
    expect(await previewRestore(analyst, { proposalId: ban, accountIds })).toMatchObject({ accountCount: 1 });
    const elsewhere = (await insertCluster(plain(1))).accountIds;
    await expect(previewRestore(analyst, { proposalId: ban, accountIds: elsewhere })).rejects.toMatchObject({
      code: 'bad_input',
      forPerson: expect.stringContaining(`not on P-${ban}`),
    });
  });

  it('leaves out what is restored, being restored, changed by other hands or overtaken by a later action', async () => {
    const cluster = await insertCluster(plain(4));
    const [free, changed, held, restored] = cluster.accountIds;
    const throttle = await carriedOut(cluster.id, { action: 'throttle', state: 'throttled' });
    const admin = await insertUser('admin');
    await addHold(admin, { kind: 'legal_hold', accounts: held!, reason: 'court' });
    const set = (id: string, enforcedStatus: AccountState) =>
      database().account.update({ where: { id }, data: { enforcedStatus } });
    await set(changed!, 'banned');
    await set(restored!, 'active');
    expect(await previewRestore(analyst, { proposalId: throttle })).toMatchObject({
      rows: [{ accountId: free }],
      leftOut: { changed: 1, held: 1, restored: 1 },
    });
    await createRestore(analyst, { proposalId: throttle, reason: 'back again' });
    expect((await previewRestore(analyst, { proposalId: throttle })).leftOut).toMatchObject({ under_way: 1 });
    const other = await insertCluster(plain(1));
    const first = await carriedOut(other.id, { action: 'throttle', state: 'throttled' });
    const later = await carriedOut(other.id, { action: 'ban', state: 'banned' });
    expect((await previewRestore(analyst, { proposalId: first })).leftAccounts).toEqual([
      { accountId: other.accountIds[0], why: 'later', note: `P-${later} came later and stands` },
    ]);
  });

  it('of what was taken back in shadow mode alone nothing is taken back', async () => {
    const cluster = await insertCluster(plain(1));
    const ban = await carriedOut(cluster.id, { action: 'ban', state: 'banned' });
    const { sha256 } = await previewRestore(analyst, { proposalId: ban });
    const { id } = await createRestore(analyst, { proposalId: ban, reason: 'back again', sha256 });
    await database().proposalItem.updateMany({ where: { proposalId: id }, data: { state: 'done' } });
    await database().proposal.update({ where: { id }, data: { status: 'done', shadow: true } });
    expect(brief(await previewRestore(analyst, { proposalId: ban }))).toEqual([
      [cluster.accountIds[0], 'banned', 'active', []],
    ]);
    await database().proposal.update({ where: { id }, data: { shadow: false } });
    expect((await previewRestore(analyst, { proposalId: ban })).leftOut).toMatchObject({ restored: 1 });
  });

  it('refuses an empty list, a list that changed, a restore of a restore and somebody without the right', async () => {
    const cluster = await insertCluster(plain(2));
    const ban = await carriedOut(cluster.id, { action: 'ban', state: 'banned' });
    const { sha256 } = await previewRestore(analyst, { proposalId: ban });
    await database().account.update({
      where: { id: cluster.accountIds[0] },
      data: { enforcedStatus: 'active' },
    });
    const input = { proposalId: ban, reason: 'wrong list' };
    await expect(createRestore(analyst, { ...input, sha256 })).rejects.toMatchObject({ code: 'conflict' });
    await expect(createRestore(await insertUser('admin'), input)).rejects.toMatchObject({
      code: 'forbidden',
    });
    const { id } = await createRestore(analyst, input);
    await expect(createRestore(analyst, input)).rejects.toMatchObject({ code: 'bad_input' });
    await expect(createRestore(analyst, { ...input, proposalId: id })).rejects.toMatchObject({
      code: 'bad_input',
    });
  });
});

describe('restoring accounts by themselves', () => {
  it('takes back the last action that stands, and says of those that nothing was done to', async () => {
    const cluster = await insertCluster(plain(1));
    await carriedOut(cluster.id, { action: 'throttle', state: 'throttled' });
    await carriedOut(cluster.id, { action: 'ban', state: 'banned' });
    const untouched = (await insertCluster(plain(1))).accountIds[0]!;
    const preview = await previewRestore(analyst, { accountIds: [cluster.accountIds[0]!, untouched] });
    expect(brief(preview)).toEqual([[cluster.accountIds[0], 'banned', 'throttled', []]]);
    expect(preview.leftOut.untouched).toBe(1);
  });

  it('lifts a countermeasure and leaves the state as it is', async () => {
    const cluster = await insertCluster(plain(1));
    await carriedOut(cluster.id, { action: 'countermeasure' });
    const preview = await previewRestore(analyst, { accountIds: cluster.accountIds });
    expect(brief(preview)).toEqual([[cluster.accountIds[0], 'active', null, ['withhold_reasoning']]]);
  });

  it('in the transaction of a caller, comes and goes with it', async () => {
    const cluster = await insertCluster(plain(1));
    await carriedOut(cluster.id, { action: 'ban', state: 'banned' });
    const made = inTransaction(async (tx) => {
      const { id } = await restoreInTransaction(tx, analyst, {
        accountIds: cluster.accountIds,
        reason: 'the appeal is right',
        source: 'appeal',
        detail: { appeal: 'ap_1' },
      });
      expect(await tx.proposal.findUniqueOrThrow({ where: { id } })).toMatchObject({ source: 'appeal' });
      throw new Error('undone');
    });
    await expect(made).rejects.toThrow('undone');
    expect((await previewRestore(analyst, { accountIds: cluster.accountIds })).accountCount).toBe(1);
  });
});

describe('what nobody has an answer to', () => {
  const unanswered = async (item: object, status: 'done' | 'stopped' = 'done') => {
    const cluster = await insertCluster(plain(1));
    const { id } = await propose(analyst, { clusterId: cluster.id, action: 'ban', reason: 'seen it' });
    await database().proposalItem.updateMany({
      where: { proposalId: id },
      data: { attempts: 5, sentAt: new Date(), previousStatus: 'active', ...item },
    });
    await database().proposal.update({ where: { id }, data: { status, startedAt: new Date() } });
    return { id, accountId: cluster.accountIds[0]! };
  };

  it.each([
    ['given up', { state: 'dead', unsure: true, outcome: 'timeout, given up after 5 tries' }, 'done'],
    ['stopped', { state: 'dead', unsure: true, attempts: 1, outcome: 'outcome unknown' }, 'done'],
    ['under way when it was stopped', { state: 'sent', attempts: 1 }, 'stopped'],
    ['to be tried again when it was stopped', { state: 'retrying', attempts: 1 }, 'stopped'],
  ] as const)('can be taken back: %s', async (_, item, status) => {
    const { id, accountId } = await unanswered(item, status);
    const preview = await previewRestore(analyst, { proposalId: id });
    expect(preview.rows).toMatchObject([{ accountId, of: id, returnsTo: 'active', unsure: true }]);
    await createRestore(analyst, { proposalId: id, reason: 'to be sure', sha256: preview.sha256 });
  });

  it('is not what the provider refused at once, nor what may still be answered', async () => {
    const refused = await unanswered({ state: 'dead', attempts: 1, outcome: 'the provider refused' });
    expect((await previewRestore(analyst, { proposalId: refused.id })).leftOut).toMatchObject({
      untouched: 1,
    });
    const open = await unanswered({ state: 'retrying', attempts: 1 });
    expect((await previewRestore(analyst, { proposalId: open.id })).leftOut).toMatchObject({ untouched: 1 });
  });
});
