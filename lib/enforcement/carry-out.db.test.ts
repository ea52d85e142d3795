/** What an execution does beside bans that go well: dead letters, appeals, restores, countermeasures, shadow mode, a
 * stopped worker, clocks that jump and a full disk. */
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { insertUser } from '@/lib/clusters/testing/fixtures';
import { database } from '@/lib/database/client';
import { ownerPool } from '@/lib/database/pool';
import { addHold } from './add-hold';
import { answerProposal } from './answer-proposal';
import { createRestore, previewRestore } from './create-restore';
import { executeProposal } from './execute-proposal';
import { listItems } from './list-items';
import { finishExecution } from './move-execution';
import type { Provider, ProviderCall } from './providers/provider';
import { type SandboxOptions, sandboxProvider } from './providers/sandbox';
import { retryDead } from './retry-dead';
import { steerProposal } from './steer-proposal';
import { approvedList, insertTeam, type Team } from './testing/approve-list';
import { insertAppeal } from './testing/insert-act';
import { auditOf, insertCluster, plain, propose } from './testing/insert-world';
import { makeDue } from './testing/make-due';

const pace = { perSecond: 5_000, watchSeconds: 0 };
const reason = 'looked into it';
let team: Team;

beforeAll(async () => {
  team = await insertTeam();
});
afterEach(() => {
  delete process.env.WEIR_CAP_PAYING_PERCENT;
  delete process.env.WEIR_CAP_PERSON_DAY;
  delete process.env.WEIR_CAP_ACTION;
});

const sandbox = (trouble: SandboxOptions['trouble'] = () => 'none'): Provider =>
  sandboxProvider({ trouble, latency: () => 0 });
const run = (id: number, provider = sandbox()) => executeProposal(id, { provider, pace });
const countsOf = async (id: number) => (await listItems(team.approver, id, { offset: 0, limit: 1 })).counts;
const noteOf = async (id: number) => (await database().proposal.findUniqueOrThrow({ where: { id } })).note;
const accountOf = (id: string) => database().account.findUniqueOrThrow({ where: { id } });
const sandboxOf = (accountId: string) => database().sandboxAccount.findUnique({ where: { accountId } });

async function approve(id: number): Promise<number> {
  const { sha256 } = await database().proposal.findUniqueOrThrow({ where: { id } });
  await answerProposal(team.approver, { proposalId: id, verdict: 'approve', reason, sha256 });
  return id;
}

/** A provider that does something before its first answer. */
function first(act: (call: ProviderCall) => Promise<unknown>, inner = sandbox()): Provider {
  let done = false;
  return {
    ...inner,
    async act(call) {
      if (!done) {
        done = true;
        await act(call);
      }
      return inner.act(call);
    },
  };
}

/** A provider whose calls are noted. */
function noted(note: (call: ProviderCall) => unknown, inner: Provider): Provider {
  return {
    ...inner,
    act(call) {
      note(call);
      return inner.act(call);
    },
  };
}

describe('accounts that were given up', () => {
  it('are tried again by a person, all or some, and the finished action goes on for them', async () => {
    const list = await approvedList(team, 200);
    const last = await database().proposalItem.findMany({
      where: { proposalId: list.id, stage: 2 },
      take: 2,
      select: { accountId: true },
    });
    const lost = last.map((item) => item.accountId);
    await run(
      list.id,
      sandbox(({ accountId }) => (lost.includes(accountId) ? 'refused' : 'none')),
    );
    expect(await countsOf(list.id)).toMatchObject({ done: 198, dead: 2 });
    expect(await retryDead(team.approver, { proposalId: list.id, reason, accountIds: [lost[0]!] })).toEqual({
      accounts: 1,
    });
    expect(await run(list.id)).toEqual({ ended: 'done' });
    expect(await countsOf(list.id)).toMatchObject({ done: 199, dead: 1 });
    await retryDead(team.approver, { proposalId: list.id, reason });
    expect(await run(list.id)).toEqual({ ended: 'done' });
    expect(await countsOf(list.id)).toMatchObject({ done: 200, dead: 0 });
    expect((await auditOf(`P-${list.id}`)).filter((verb) => verb === 'enforcement.retry')).toHaveLength(2);
    await expect(retryDead(team.approver, { proposalId: list.id, reason })).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  it('return to what they were before the try that succeeded', async () => {
    const cluster = await insertCluster(plain(1));
    const [accountId] = cluster.accountIds as [string];
    const propose1 = (action: 'ban' | 'throttle') =>
      propose(team.analyst, { clusterId: cluster.id, action, reason });
    const ban = await approve((await propose1('ban')).id);
    await run(
      ban,
      sandbox(() => 'refused'),
    );
    await run(await approve((await propose1('throttle')).id));
    await retryDead(team.approver, { proposalId: ban, reason });
    await steerProposal(team.approver, { proposalId: ban, to: 'resume', reason });
    await run(ban);
    expect(await accountOf(accountId)).toMatchObject({ enforcedStatus: 'banned' });
    const { id } = await createRestore(team.analyst, { proposalId: ban, reason });
    await run(await approve(id));
    expect(await accountOf(accountId)).toMatchObject({ enforcedStatus: 'throttled' });
  });

  it('are not lost when somebody has them tried again at the very end', async () => {
    const list = await approvedList(team, 1);
    await run(
      list.id,
      sandbox(() => 'refused'),
    );
    await retryDead(team.approver, { proposalId: list.id, reason });
    await steerProposal(team.approver, { proposalId: list.id, to: 'resume', reason });
    expect(await finishExecution({ kind: 'system', name: 'worker' }, list.id)).toBe('running');
    expect(await run(list.id)).toEqual({ ended: 'done' });
    expect(await countsOf(list.id)).toMatchObject({ done: 1 });
  });

  it('are tried again also where the list is as long as an action may be: each is counted once', async () => {
    const list = await approvedList(team, 3);
    process.env.WEIR_CAP_ACTION = '3';
    await run(
      list.id,
      sandbox(() => 'refused'),
    );
    await retryDead(team.approver, { proposalId: list.id, reason });
    await steerProposal(team.approver, { proposalId: list.id, to: 'resume', reason });
    expect(await run(list.id)).toEqual({ ended: 'done' });
    expect(await countsOf(list.id)).toMatchObject({ done: 3 });
  });

  it('and may have been acted on stay so when the next try is refused', async () => {
    const list = await approvedList(team, 1);
    const refuses = () =>
      run(
        list.id,
        sandbox(() => 'refused'),
      );
    await refuses();
    await database().proposalItem.updateMany({ where: { proposalId: list.id }, data: { unsure: true } });
    await retryDead(team.approver, { proposalId: list.id, reason });
    await steerProposal(team.approver, { proposalId: list.id, to: 'resume', reason });
    await refuses();
    expect(await previewRestore(team.analyst, { proposalId: list.id })).toMatchObject({
      rows: [{ accountId: list.accountIds[0], unsure: true }],
    });
  });

  it('are not for analysts to try again, nor after a stop', async () => {
    const list = await approvedList(team, 2);
    await run(
      list.id,
      sandbox(() => 'refused'),
    );
    const retry = { proposalId: list.id, reason };
    await expect(retryDead(team.analyst, retry)).rejects.toMatchObject({ code: 'forbidden' });
    await steerProposal(team.approver, { proposalId: list.id, to: 'stop', reason });
    await expect(retryDead(team.approver, retry)).rejects.toMatchObject({ code: 'conflict' });
    expect(await auditOf(`P-${list.id}`)).toContain('enforcement.retry refused');
  });
});

describe('what pauses an execution', () => {
  it('appeals of the owners above the limit, once', async () => {
    const list = await approvedList(team, 100);
    const [canary] = list.accountIds;
    const appeals = first(async () => {
      const item = { state: 'done' as const, sentAt: new Date(), doneAt: new Date() };
      await database().proposalItem.updateMany({
        where: { proposalId: list.id, stage: { gt: 1 } },
        data: item,
      });
      for (const id of list.accountIds.slice(50, 53)) await insertAppeal(id);
    });
    expect(canary).toBeDefined();
    expect(await run(list.id, appeals)).toEqual({ ended: 'paused' });
    expect(await noteOf(list.id)).toContain('owners appealed');
    await steerProposal(team.approver, { proposalId: list.id, to: 'resume', reason });
    expect(await run(list.id)).toEqual({ ended: 'done' });
  });

  it('more paying accounts than the deployment allows, whatever they were when it was approved', async () => {
    const list = await approvedList(team, 40);
    await database().account.updateMany({
      where: { id: { in: list.accountIds } },
      data: { monthlySpendUsd: 20 },
    });
    process.env.WEIR_CAP_PAYING_PERCENT = '40';
    expect(await run(list.id)).toEqual({ ended: 'paused' });
    expect(await noteOf(list.id)).toContain('40 %');
    expect((await countsOf(list.id)).done).toBeLessThanOrEqual(16);
  });

  it('the cap for a person and a day, over all their lists and however they are split', async () => {
    const mine = await insertTeam();
    const lists = [];
    for (let n = 0; n < 10; n++) lists.push(await approvedList(mine, 20));
    process.env.WEIR_CAP_PERSON_DAY = '100';
    // The lists were made under a higher cap; what counts is what is acted on.
    // All at once, by two workers each.
    await Promise.all(lists.flatMap(({ id }) => [run(id), run(id)]));
    const done = await database().proposalItem.count({
      where: { proposalId: { in: lists.map(({ id }) => id) }, state: 'done' },
    });
    expect(done).toBeLessThanOrEqual(100);
    const held = await database().proposal.findMany({
      where: { id: { in: lists.map(({ id }) => id) }, status: 'paused' },
      select: { id: true },
    });
    expect(held.length).toBeGreaterThanOrEqual(5);
    for (const { id } of held) {
      expect(await auditOf(`P-${id}`)).toContain('enforcement.pause');
      // A second worker that takes it up finds it closed.
      expect(await run(id)).not.toEqual({ ended: 'done' });
    }
    const effects = await database().sandboxAccount.count({
      where: { accountId: { in: lists.flatMap(({ accountIds }) => accountIds) } },
    });
    expect(effects).toBe(done);
  });
});

describe('accounts that came under a hold since', () => {
  it('are left out one by one, the others are acted on', async () => {
    const list = await approvedList(team, 3);
    const admin = await insertUser('admin');
    await addHold(admin, { kind: 'never_ban', accounts: list.accountIds[1]!, reason: 'press' });
    expect(await run(list.id)).toEqual({ ended: 'done' });
    expect(await countsOf(list.id)).toMatchObject({ done: 2, skipped: 1 });
    expect(await sandboxOf(list.accountIds[1]!)).toBeNull();
  });
});

describe('restores and countermeasures', () => {
  it('bring back the state before, with its own key, and leave what a later action holds', async () => {
    const cluster = await insertCluster([...plain(2), { account: { reportedStatus: 'throttled' } }]);
    const [a, b, c] = cluster.accountIds as [string, string, string];
    const ban = await approve(
      (await propose(team.analyst, { clusterId: cluster.id, action: 'ban', reason })).id,
    );
    await run(ban);
    const restore = await approve((await createRestore(team.analyst, { proposalId: ban, reason })).id);
    // Somebody else's action reaches b in between.
    await database()
      .$executeRaw`UPDATE account SET reported_status = 'banned', reported_at = now() + interval '1 hour',
      enforced_status = 'throttled' WHERE id = ${b}`;
    expect(await run(restore)).toEqual({ ended: 'done' });
    expect(await accountOf(a)).toMatchObject({ enforcedStatus: 'active' });
    expect(await accountOf(c)).toMatchObject({ enforcedStatus: 'throttled' });
    expect(await sandboxOf(a)).toMatchObject({
      status: 'active',
      lastKey: `P-${ban}:${a}\nP-${restore}:${a}`,
    });
    expect(await sandboxOf(b)).toMatchObject({ status: 'banned' });
    expect(await countsOf(restore)).toMatchObject({ done: 2, skipped: 1 });
  });

  it('a countermeasure is in force afterwards, the state stays, and a restore lifts it', async () => {
    const cluster = await insertCluster(plain(2));
    const [a] = cluster.accountIds as [string];
    const calls: ProviderCall[] = [];
    const noting = noted((call) => calls.push(call), sandbox());
    const input = {
      clusterId: cluster.id,
      action: 'countermeasure',
      countermeasure: 'cap_output',
      reason,
    } as const;
    const measure = await approve((await propose(team.analyst, input)).id);
    expect(await run(measure, noting)).toEqual({ ended: 'done' });
    expect(calls[0]).toMatchObject({
      state: 'active',
      countermeasure: { id: 'cap_output', name: 'Cap output' },
    });
    const { key } = await accountOf(a);
    const inForce = () => database().accountCountermeasure.count({ where: { accountKey: key } });
    expect(await inForce()).toBe(1);
    const restore = await approve((await createRestore(team.analyst, { proposalId: measure, reason })).id);
    expect(await run(restore, noting)).toEqual({ ended: 'done' });
    expect(calls.at(-1)).toMatchObject({ action: 'restore', lifts: [{ id: 'cap_output' }] });
    expect(await inForce()).toBe(0);
  });
});

describe('before each stage', () => {
  it('asks again whether its approvals hold, and pauses with words when one does not', async () => {
    const mine = await insertTeam();
    const list = await approvedList(mine, 200);
    const disable = (disabledAt: Date | null) =>
      database().user.update({ where: { id: mine.approver.id }, data: { disabledAt } });
    expect(
      await run(
        list.id,
        first(() => disable(new Date())),
      ),
    ).toEqual({ ended: 'paused' });
    expect(await noteOf(list.id)).toContain('0 of 1 approvals still hold');
    expect(await countsOf(list.id)).toMatchObject({ done: 2, waiting: 198 });
    await disable(null);
    await steerProposal(team.approver, { proposalId: list.id, to: 'resume', reason });
    expect(await run(list.id)).toEqual({ ended: 'done' });
  });

  it('asks again whether its proposer may still propose', async () => {
    const mine = await insertTeam();
    const list = await approvedList(mine, 20);
    const demote = () => database().user.update({ where: { id: mine.analyst.id }, data: { role: 'viewer' } });
    expect(await run(list.id, first(demote))).toEqual({ ended: 'paused' });
    expect(await noteOf(list.id)).toContain('may not propose any more');
    expect(await countsOf(list.id)).toMatchObject({ done: 1, waiting: 19 });
  });

  it('asks again whether its cluster is confirmed', async () => {
    const list = await approvedList(team, 20);
    const { clusterId } = await database().proposal.findUniqueOrThrow({ where: { id: list.id } });
    const dismiss = () =>
      database().cluster.update({ where: { id: clusterId! }, data: { status: 'dismissed' } });
    expect(await run(list.id, first(dismiss))).toEqual({ ended: 'paused' });
    expect(await noteOf(list.id)).toContain('no longer confirmed');
    expect(await countsOf(list.id)).toMatchObject({ done: 1, waiting: 19 });
  });
});

describe('what paused by itself', () => {
  it('is not resumed or tried again by its proposer, but by another approver', async () => {
    const proposer = await insertUser('approver');
    const list = await approvedList({ analyst: proposer, approver: team.approver }, 1);
    expect(
      await run(
        list.id,
        sandbox(() => 'refused'),
      ),
    ).toEqual({ ended: 'paused' });
    const retry = { proposalId: list.id, reason };
    const resume = { ...retry, to: 'resume' } as const;
    const refused = { code: 'forbidden', forPerson: expect.stringContaining('Another approver') };
    await expect(retryDead(proposer, retry)).rejects.toMatchObject(refused);
    await expect(steerProposal(proposer, resume)).rejects.toMatchObject(refused);
    expect((await auditOf(`P-${list.id}`)).slice(-2)).toEqual([
      'enforcement.retry refused',
      'enforcement.resume refused',
    ]);
    await retryDead(team.approver, retry);
    await steerProposal(team.approver, resume);
    // What they paused themselves they may resume.
    await steerProposal(proposer, { ...retry, to: 'pause' });
    await steerProposal(proposer, resume);
    expect(await run(list.id)).toEqual({ ended: 'done' });
  });
});

describe('shadow mode', () => {
  it('does everything but the call, and changes no account', async () => {
    const list = await approvedList(team, 5);
    const provider: Provider = { ...sandbox(), act: () => Promise.reject(new Error('called')) };
    expect(await executeProposal(list.id, { provider, shadow: true, pace })).toEqual({ ended: 'done' });
    expect(await countsOf(list.id)).toMatchObject({ done: 5 });
    expect(await accountOf(list.accountIds[0]!)).toMatchObject({ enforcedStatus: null });
    expect(await database().proposal.findUniqueOrThrow({ where: { id: list.id } })).toMatchObject({
      shadow: true,
    });
  });
});

describe('a worker that stood still beyond its lease', () => {
  it('sends nothing more and records nothing, since others hold its accounts by then', async () => {
    const list = await approvedList(team, 30);
    const inner = sandbox();
    // While its first call is under way the others give it up and carry the list out.
    const slow = first(async () => {
      await makeDue(list.id);
      expect(await run(list.id, inner)).toEqual({ ended: 'done' });
      await database().account.updateMany({
        where: { id: { in: list.accountIds } },
        data: { enforcedStatus: 'active' },
      });
    });
    await run(list.id, slow);
    for (const id of list.accountIds) expect((await sandboxOf(id))?.lastKey).toBe(`P-${list.id}:${id}`);
    // Had it recorded its answers, it would have set them back to banned.
    expect(await accountOf(list.accountIds[0]!)).toMatchObject({ enforcedStatus: 'active' });
  });

  it('is told so when it asks for more', async () => {
    const list = await approvedList(team, 3);
    expect(await executeProposal(list.id, { provider: sandbox(), pace, workerId: 999_999 })).toEqual({
      ended: 'interrupted',
    });
    expect(await countsOf(list.id)).toMatchObject({ waiting: 3 });
  });
});

describe('when the clock of the database jumps back an hour', () => {
  it('leases, retries and watches are not an hour longer, and nobody is acted on twice', async () => {
    const list = await approvedList(team, 200);
    const [lost] = list.accountIds;
    const ending = new AbortController();
    const provider = first(
      async () => ending.abort(),
      sandbox(() => 'lost_answer'),
    );
    const watching = { perSecond: 5_000, watchSeconds: 900 };
    await executeProposal(list.id, { provider, pace: watching, signal: ending.signal });
    expect((await countsOf(list.id)).retrying).toBeGreaterThan(0);
    // All that was written lies an hour ahead of the clock now.
    await database()
      .$executeRaw`UPDATE proposal_item SET next_attempt_at = next_attempt_at + interval '1 hour',
      sent_at = sent_at + interval '1 hour' WHERE proposal_id = ${list.id}`;
    expect(await executeProposal(list.id, { provider: sandbox(), pace: watching })).toMatchObject({
      ended: 'later',
    });
    await database()
      .$executeRaw`UPDATE proposal SET watch_until = watch_until + interval '1 hour' WHERE id = ${list.id}`;
    const again = await executeProposal(list.id, { provider: sandbox(), pace: watching });
    expect((again as { seconds: number }).seconds).toBeLessThanOrEqual(900);
    expect(await run(list.id)).toEqual({ ended: 'done' });
    expect((await sandboxOf(lost!))?.lastKey).toBe(`P-${list.id}:${lost}`);
    expect(await countsOf(list.id)).toMatchObject({ done: 200 });
  });
});

describe('a full disk', () => {
  /** Postgres answers as it does then: 53100, on every write of a row that the condition names. */
  async function full(table: string, when: string): Promise<() => Promise<void>> {
    await ownerPool().query(`
      CREATE OR REPLACE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$;
      CREATE TRIGGER no_room BEFORE INSERT OR UPDATE ON ${table} FOR EACH ROW WHEN (${when}) EXECUTE FUNCTION no_room()`);
    return async () => void (await ownerPool().query(`DROP TRIGGER IF EXISTS no_room ON ${table}`));
  }

  it('before anything is sent: paused with clear words, and nothing was sent', async () => {
    const list = await approvedList(team, 20);
    const clear = await full('enforcement_claim', 'NEW.lease_until IS NOT NULL');
    try {
      expect(await run(list.id)).toEqual({ ended: 'paused' });
    } finally {
      await clear();
    }
    expect(await noteOf(list.id)).toContain('disk of the database is full');
    expect(await countsOf(list.id)).toMatchObject({ waiting: 20 });
    await steerProposal(team.approver, { proposalId: list.id, to: 'resume', reason });
    expect(await run(list.id)).toEqual({ ended: 'done' });
  });

  it('when answers are to be written down: they are kept and written once there is room', async () => {
    const list = await approvedList(team, 20);
    const clear = await full('account', 'NEW.enforced_status IS NOT NULL');
    setTimeout(() => void clear(), 700);
    expect(await run(list.id)).toEqual({ ended: 'done' });
    for (const id of list.accountIds) expect((await sandboxOf(id))?.lastKey).toBe(`P-${list.id}:${id}`);
    expect(await countsOf(list.id)).toMatchObject({ done: 20 });
  });
});

describe('a call whose answer was lost', () => {
  it('is not left out as if nothing had happened when a hold comes before the next try, and can be taken back', async () => {
    const list = await approvedList(team, 1);
    const accountId = list.accountIds[0]!;
    const admin = await insertUser('admin');
    const lost = sandbox(({ attempt, action }) =>
      action === 'ban' && attempt === 1 ? 'lost_answer' : 'none',
    );
    await run(
      list.id,
      first(() => addHold(admin, { kind: 'never_ban', accounts: accountId, reason }), lost),
    );
    const [item] = (await listItems(team.approver, list.id, { offset: 0, limit: 1 })).rows;
    expect(item).toMatchObject({
      state: 'dead',
      outcome:
        'an earlier call may have taken effect; since then on the never-ban list: restore it or check at the provider',
    });
    expect(await sandboxOf(accountId)).toMatchObject({ status: 'banned' });
    const [act] = await database().$queryRaw<{ id: number }[]>`
      SELECT proposal_id AS id FROM appealed_act((SELECT key FROM account WHERE id = ${accountId}), now())`;
    expect(act).toEqual({ id: list.id });
    const { id } = await createRestore(team.analyst, { proposalId: list.id, reason });
    expect(await run(await approve(id))).toEqual({ ended: 'done' });
    expect(await countsOf(id)).toMatchObject({ done: 1 });
    expect(await sandboxOf(accountId)).toMatchObject({ status: 'active' });
  });
});
