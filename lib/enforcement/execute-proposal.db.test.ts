import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '@/lib/access/schema';
import { insertUser } from '@/lib/clusters/testing/fixtures';
import { database } from '@/lib/database/client';
import { ownerPool } from '@/lib/database/pool';
import { answerProposal } from './answer-proposal';
import { executeProposal } from './execute-proposal';
import { getProgress } from './get-progress';
import { listItems } from './list-items';
import type { ProposeInput } from './propose-schema';
import type { Provider, ProviderCall } from './providers/provider';
import { type SandboxOptions, sandboxProvider } from './providers/sandbox';
import { resumeExecutions } from './resume-executions';
import type { Pace } from './rules';
import { steerProposal } from './steer-proposal';
import {
  auditOf,
  insertCluster,
  plain,
  propose as proposeList,
  type TestMember,
} from './testing/insert-world';
import { makeDue } from './testing/make-due';

let analyst: Person;
let approver: Person;

beforeAll(async () => {
  analyst = await insertUser('analyst');
  approver = await insertUser('approver');
});
afterEach(() => {
  delete process.env.WEIR_CAP_HOUR;
});

const FAST: Pace = { perSecond: 5_000, watchSeconds: 0 };
const sandbox = (trouble: SandboxOptions['trouble'] = () => 'none'): Provider =>
  sandboxProvider({ trouble, latency: () => 0 });

async function approved(members: TestMember[], action: ProposeInput['action'] = 'ban') {
  const cluster = await insertCluster(members);
  return { id: await approvedFor(cluster.id, action), accountIds: cluster.accountIds };
}

/** @returns the proposal's id */
async function approvedFor(clusterId: number, action: ProposeInput['action']): Promise<number> {
  // Each by somebody else: what one person lists within a day counts together.
  const proposer = await insertUser('analyst');
  const { id } = await proposeList(proposer, { clusterId, action, reason: 'agreed', exclude: [] });
  const { sha256 } = await database().proposal.findUniqueOrThrow({ where: { id } });
  await answerProposal(approver, { proposalId: id, verdict: 'approve', reason: 'looked at it', sha256 });
  return id;
}

/** A throttle and a ban of the same accounts, both approved. */
async function rivals(count: number) {
  const cluster = await insertCluster(plain(count));
  const throttle = await approvedFor(cluster.id, 'throttle');
  return { throttle, ban: await approvedFor(cluster.id, 'ban'), accountIds: cluster.accountIds };
}

/** A run that ends with its first call, which the provider does not answer well. */
async function failsOnce(proposalId: number): Promise<void> {
  const ending = new AbortController();
  const inner = sandbox(() => 'unavailable');
  const provider: Provider = { ...inner, act: (call) => noting(() => ending.abort(), inner, call) };
  await executeProposal(proposalId, { provider, pace: FAST, signal: ending.signal });
}

/** A call that is noted before it is made. */
function noting(note: () => unknown, provider: Provider, call: ProviderCall) {
  note();
  return provider.act(call);
}

/** The states of accounts as the sandbox and as we have them. */
async function statesOf(accountIds: string[]): Promise<string[]> {
  const theirs = await database().sandboxAccount.findMany({ where: { accountId: { in: accountIds } } });
  const ours = await database().account.findMany({ where: { id: { in: accountIds } } });
  return accountIds.map((id) => {
    const status = theirs.find((row) => row.accountId === id)?.status;
    return `${status} ${ours.find((row) => row.id === id)?.enforcedStatus}`;
  });
}

/** How often the sandbox changed each account of a list. */
async function effects(accountIds: string[]): Promise<number[]> {
  const rows = await database().sandboxAccount.findMany({ where: { accountId: { in: accountIds } } });
  return accountIds.map((id) => rows.find((row) => row.accountId === id)?.lastKey.split('\n').length ?? 0);
}

const countOf = async (id: number) => (await listItems(approver, id, { offset: 0, limit: 1 })).counts;

describe('executeProposal()', () => {
  it('acts on every account once, stage by stage, and changes its state with what it was before', async () => {
    const proposal = await approved([...plain(149), { account: { enforcedStatus: 'throttled' } }]);
    const order: string[] = [];
    const inner = sandbox();
    const provider: Provider = {
      ...inner,
      act: (call) => noting(() => order.push(call.accountId), inner, call),
    };
    expect(await executeProposal(proposal.id, { provider, pace: FAST })).toEqual({ ended: 'done' });
    expect(await effects(proposal.accountIds)).toEqual(Array(150).fill(1));
    const items = await database().proposalItem.findMany({ where: { proposalId: proposal.id } });
    const stageOf = new Map(items.map((item) => [item.accountId, item.stage]));
    const stages = order.map((id) => stageOf.get(id));
    expect(stages).toEqual([...stages].sort());
    expect(items.find((i) => i.accountId === proposal.accountIds[149])?.previousStatus).toBe('throttled');
    expect(items.filter((i) => i.previousStatus === 'active')).toHaveLength(149);
    const accounts = await database().account.findMany({ where: { id: { in: proposal.accountIds } } });
    expect(accounts.every((a) => a.enforcedStatus === 'banned' && a.enforcedAt !== null)).toBe(true);
    const progress = await getProgress(approver, proposal.id);
    expect(progress).toMatchObject({ status: 'done', done: 150, total: 150 });
    expect(progress.stages.map((s) => [s.name, s.done])).toEqual([
      ['Canary', 2],
      ['Second', 13],
      ['Rest', 135],
    ]);
    expect(progress.recent[0]).toMatchObject({ state: 'done', outcome: 'first try' });
  });

  it('writes start, every batch and the end into the audit', async () => {
    const proposal = await approved(plain(30));
    await executeProposal(proposal.id, { provider: sandbox(), pace: FAST });
    const verbs = await auditOf(`P-${proposal.id}`);
    expect(verbs.slice(0, 3)).toEqual(['proposal.create', 'proposal.approve', 'enforcement.start']);
    expect(verbs.at(-1)).toBe('enforcement.finish');
    const batches = await database().auditEntry.findMany({
      where: { objectId: `P-${proposal.id}`, verb: 'enforcement.apply' },
    });
    const listed = batches.flatMap((b) => (b.detail as { accounts: string[] }).accounts);
    expect(listed.sort()).toEqual([...proposal.accountIds].sort());
    expect(batches.every((b) => b.actor === 'system:worker')).toBe(true);
  });

  it('does nothing for a proposal that nobody approved', async () => {
    const cluster = await insertCluster(plain(2));
    const { id } = await proposeList(analyst, {
      clusterId: cluster.id,
      action: 'ban',
      reason: 'agreed',
      exclude: [],
    });
    expect(await executeProposal(id, { provider: sandbox(), pace: FAST })).toEqual({ ended: 'waiting' });
    expect(await effects(cluster.accountIds)).toEqual([0, 0]);
  });

  it('does nothing for a list that was changed after its approval', async () => {
    const proposal = await approved(plain(2));
    const other = await database().account.create({ data: { id: `acct_slipped_${proposal.id}` } });
    await ownerPool().query(`BEGIN; SET LOCAL session_replication_role = replica;
      INSERT INTO proposal_item (proposal_id, account_key, account_id, strength, stage)
      VALUES (${proposal.id}, ${other.key}, '${other.id}', 1, 0); COMMIT`);
    expect(await executeProposal(proposal.id, { provider: sandbox(), pace: FAST })).toEqual({
      ended: 'paused',
    });
    expect(await effects([...proposal.accountIds, other.id])).toEqual([0, 0, 0]);
  });

  it('skips accounts that came into the state by other hands', async () => {
    const proposal = await approved(plain(3));
    await database().account.update({
      where: { id: proposal.accountIds[1]! },
      data: { reportedStatus: 'banned' },
    });
    expect(await executeProposal(proposal.id, { provider: sandbox(), pace: FAST })).toEqual({
      ended: 'done',
    });
    expect(await effects(proposal.accountIds)).toEqual([1, 0, 1]);
    expect(await countOf(proposal.id)).toMatchObject({ done: 2, skipped: 1 });
    const [item] = (await listItems(approver, proposal.id, { state: 'skipped', offset: 0, limit: 5 })).rows;
    expect(item).toMatchObject({ accountId: proposal.accountIds[1], outcome: 'already banned', attempts: 0 });
  });

  it('throttles and asks to verify as well', async () => {
    for (const [action, status] of [
      ['throttle', 'throttled'],
      ['require_verification', 'verification_required'],
    ] as const) {
      const proposal = await approved(plain(1), action);
      await executeProposal(proposal.id, { provider: sandbox(), pace: FAST });
      const account = await database().account.findUniqueOrThrow({ where: { id: proposal.accountIds[0]! } });
      expect(account.enforcedStatus).toBe(status);
    }
  });
});

describe('when the worker is killed', () => {
  /** A run whose process dies at the k-th call: nothing after it comes back, nothing after it is written. */
  async function killedAfter(proposalId: number, calls: number, actsFirst: boolean): Promise<void> {
    const inner = sandbox();
    let seen = 0;
    await new Promise<void>((died) => {
      const provider: Provider = {
        ...inner,
        timeoutMs: 1e8,
        async act(call: ProviderCall) {
          if (seen++ < calls) return inner.act(call);
          if (actsFirst) await inner.act(call);
          died();
          return new Promise(() => {});
        },
      };
      void executeProposal(proposalId, { provider, pace: FAST });
    });
  }

  it.each([
    [0, false],
    [0, true],
    [1, true],
    [20, false],
    [37, true],
    [99, true],
  ])(
    'after %i calls, the last one done: %s, the next run acts on each account exactly once',
    async (calls, acts) => {
      const proposal = await approved(plain(100));
      await killedAfter(proposal.id, calls, acts);
      const stuck = await countOf(proposal.id);
      expect(stuck.sent).toBeGreaterThan(0);
      await makeDue(proposal.id);
      expect(await executeProposal(proposal.id, { provider: sandbox(), pace: FAST })).toEqual({
        ended: 'done',
      });
      expect(await effects(proposal.accountIds)).toEqual(Array(100).fill(1));
      expect((await countOf(proposal.id)).done).toBe(100);
      expect(await auditOf(`P-${proposal.id}`)).toContain('enforcement.finish');
    },
  );

  it('and the action is stopped, what was sent is given up as unknown, not sent again and not left open', async () => {
    const proposal = await approved(plain(100));
    await killedAfter(proposal.id, 20, true);
    const before = await countOf(proposal.id);
    await steerProposal(approver, { proposalId: proposal.id, to: 'stop', reason: 'appeals came in' });
    expect((await countOf(proposal.id)).sent).toBe(before.sent);
    const acted = await effects(proposal.accountIds);
    await makeDue(proposal.id);
    await resumeExecutions();
    expect(await countOf(proposal.id)).toEqual({ ...before, sent: 0, dead: before.sent });
    const filter = { state: 'dead', offset: 0, limit: 100 } as const;
    const { rows } = await listItems(approver, proposal.id, filter);
    expect(new Set(rows.map((row) => row.outcome))).toEqual(
      new Set(['outcome unknown at the provider: stopped before its answer']),
    );
    expect(await effects(proposal.accountIds)).toEqual(acted);
    const entries = await database().auditEntry.findMany({
      where: { objectId: `P-${proposal.id}`, verb: 'enforcement.apply' },
      orderBy: { id: 'desc' },
    });
    const listed = entries.flatMap(({ detail }) => (detail as { accounts: { id: string }[] }).accounts);
    const ids = new Set(listed.map((account) => account.id));
    expect(rows.every((row) => ids.has(row.accountId))).toBe(true);
  });

  it('leaves claims of others alone until they run out', async () => {
    const proposal = await approved(plain(1));
    await killedAfter(proposal.id, 0, true);
    const again = await executeProposal(proposal.id, { provider: sandbox(), pace: FAST });
    expect(again).toMatchObject({ ended: 'later' });
    const { seconds } = again as { seconds: number };
    expect(seconds).toBeGreaterThan(80);
    expect(seconds).toBeLessThan(91);
  });

  it('two runs at once share the list and act once', async () => {
    const proposal = await approved(plain(120));
    const runs = await Promise.all(
      [1, 2, 3].map(() => executeProposal(proposal.id, { provider: sandbox(), pace: FAST })),
    );
    // Who finds everything claimed by the others comes back later; it is not needed any more then.
    expect(runs.map((run) => run.ended)).toContain('done');
    expect(await effects(proposal.accountIds)).toEqual(Array(120).fill(1));
    const verbs = await auditOf(`P-${proposal.id}`);
    expect(verbs.filter((verb) => verb === 'enforcement.start')).toHaveLength(1);
    expect(verbs.filter((verb) => verb === 'enforcement.finish')).toHaveLength(1);
  });

  it('a running proposal without a job is handed to the worker again', async () => {
    const proposal = await approved(plain(1));
    await database().$executeRaw`SELECT graphile_worker.remove_job(${`execute:P-${proposal.id}`})`;
    expect(await resumeExecutions()).toContain(proposal.id);
    expect(await resumeExecutions()).not.toContain(proposal.id);
  });

  it('the signal ends a run between two calls; what was not called waits as before', async () => {
    const proposal = await approved(plain(60));
    const ending = new AbortController();
    const inner = sandbox();
    let calls = 0;
    const provider: Provider = {
      ...inner,
      act(call) {
        if (++calls === 20) ending.abort();
        return inner.act(call);
      },
    };
    const run = await executeProposal(proposal.id, { provider, pace: FAST, signal: ending.signal });
    expect(run).toEqual({ ended: 'interrupted' });
    const counts = await countOf(proposal.id);
    expect(counts.sent).toBe(0);
    expect(counts.done).toBe(calls);
    expect(counts.waiting).toBe(60 - calls);
    expect(await executeProposal(proposal.id, { provider: inner, pace: FAST })).toEqual({ ended: 'done' });
    expect(await effects(proposal.accountIds)).toEqual(Array(60).fill(1));
  });
});

describe('trouble at the provider', () => {
  it('tries again after a while, with the same key, and says how it came out', async () => {
    const proposal = await approved(plain(4));
    const [, lost, busy] = proposal.accountIds;
    const provider = sandbox(({ accountId, attempt }) => {
      if (attempt > 1) return 'none';
      return accountId === lost ? 'lost_answer' : accountId === busy ? 'unavailable' : 'none';
    });
    expect(await executeProposal(proposal.id, { provider, pace: FAST })).toEqual({ ended: 'done' });
    expect(await effects(proposal.accountIds)).toEqual([1, 1, 1, 1]);
    const { rows } = await listItems(approver, proposal.id, { offset: 0, limit: 10 });
    expect(rows.find((r) => r.accountId === lost)).toMatchObject({
      attempts: 2,
      outcome: 'an earlier try had done it, same key: no second effect',
    });
    expect(rows.find((r) => r.accountId === busy)).toMatchObject({ attempts: 2, outcome: '2nd try' });
  });

  it('gives an account up after five tries and pauses, because the canary failed', async () => {
    const proposal = await approved(plain(3));
    const items = await database().proposalItem.findMany({ where: { proposalId: proposal.id, stage: 0 } });
    const canary = items[0]!.accountId;
    const provider = sandbox(({ accountId }) => (accountId === canary ? 'unavailable' : 'none'));
    for (let run = 0; run < 5; run++) {
      await makeDue(proposal.id);
      const ending = new AbortController();
      const once: Provider = { ...provider, act: (call) => noting(() => ending.abort(), provider, call) };
      await executeProposal(proposal.id, { provider: once, pace: FAST, signal: ending.signal });
    }
    const progress = await getProgress(approver, proposal.id);
    expect(progress).toMatchObject({ status: 'paused', note: expect.stringContaining('Paused by itself') });
    expect(progress.recent[0]).toMatchObject({
      accountId: canary,
      state: 'dead',
      attempts: 5,
      outcome: '503 from provider, given up after 5 tries',
    });
    expect(await auditOf(`P-${proposal.id}`)).toContain('enforcement.pause');

    await steerProposal(approver, { proposalId: proposal.id, to: 'resume', reason: 'the provider is back' });
    expect(await executeProposal(proposal.id, { provider, pace: FAST })).toEqual({ ended: 'done' });
    expect(await countOf(proposal.id)).toMatchObject({ done: 2, dead: 1 });
    const account = await database().account.findUniqueOrThrow({ where: { id: canary } });
    expect(account.enforcedStatus).toBeNull();
  });

  it('pauses in an outage after one batch, long before accounts are given up', async () => {
    const proposal = await approved(plain(1_000));
    let calls = 0;
    const provider = sandbox(({ attempt }) => (attempt > 0 && ++calls > 30 ? 'unavailable' : 'none'));
    expect(await executeProposal(proposal.id, { provider, pace: FAST })).toEqual({ ended: 'paused' });
    expect(calls).toBeLessThan(120);
    expect(await countOf(proposal.id)).toMatchObject({ dead: 0, done: 30 });
  });

  it('does not try again what the provider refuses', async () => {
    const proposal = await approved(plain(1));
    await executeProposal(proposal.id, { provider: sandbox(() => 'refused'), pace: FAST });
    expect(await countOf(proposal.id)).toMatchObject({ dead: 1 });
    const [item] = (await getProgress(approver, proposal.id)).recent;
    expect(item).toMatchObject({ attempts: 1, outcome: 'the provider does not know this account' });
  });

  it('counts a call without an answer as failed when its time is over', async () => {
    const proposal = await approved(plain(1));
    const ending = new AbortController();
    const provider: Provider = {
      ...sandbox(),
      timeoutMs: 20,
      act: () => {
        setTimeout(() => ending.abort(), 30);
        return new Promise(() => {});
      },
    };
    await executeProposal(proposal.id, { provider, pace: FAST, signal: ending.signal });
    const [item] = (await getProgress(approver, proposal.id)).recent;
    expect(item).toMatchObject({ state: 'retrying', outcome: 'timeout, 2nd try in 2 s' });
  });

  it('writes down what a provider throws', async () => {
    const proposal = await approved(plain(1));
    const ending = new AbortController();
    const provider: Provider = {
      ...sandbox(),
      act: () => {
        ending.abort();
        return Promise.reject(new Error('ECONNREFUSED'));
      },
    };
    await executeProposal(proposal.id, { provider, pace: FAST, signal: ending.signal });
    const [item] = (await getProgress(approver, proposal.id)).recent;
    expect(item?.outcome).toBe('no answer: ECONNREFUSED, 2nd try in 2 s');
  });
});

describe('steering a running action', () => {
  it.each([
    ['pause', 'paused'],
    ['stop', 'stopped'],
  ] as const)('%s is seen in the middle of a batch; nothing is sent after it', async (to, status) => {
    const proposal = await approved(plain(200));
    const inner = sandbox();
    let calls = 0;
    const provider: Provider = {
      ...inner,
      async act(call) {
        if (++calls === 30) {
          await steerProposal(approver, { proposalId: proposal.id, to, reason: 'appeals came in' });
        }
        return inner.act(call);
      },
    };
    const pace = { perSecond: 100, watchSeconds: 0 };
    expect(await executeProposal(proposal.id, { provider, pace })).toEqual({ ended: status });
    const done = (await countOf(proposal.id)).done;
    expect(done).toBe(calls);
    expect(done).toBeLessThan(90);
    expect(await executeProposal(proposal.id, { provider: inner, pace: FAST })).toEqual({ ended: status });
    expect((await countOf(proposal.id)).done).toBe(done);
  });

  it('stop gives up what waits for another try', async () => {
    const proposal = await approved(plain(1));
    await failsOnce(proposal.id);
    expect((await countOf(proposal.id)).retrying).toBe(1);
    await steerProposal(approver, { proposalId: proposal.id, to: 'stop', reason: 'appeals came in' });
    const [item] = (await listItems(approver, proposal.id, { offset: 0, limit: 1 })).rows;
    expect(item).toMatchObject({
      state: 'dead',
      outcome: 'outcome unknown at the provider: stopped before the next try',
    });
    expect((await auditOf(`P-${proposal.id}`)).slice(-2)).toEqual(['enforcement.stop', 'enforcement.apply']);
  });

  it('stop gives up a call that fails after it', async () => {
    const proposal = await approved(plain(1));
    const inner = sandbox(() => 'lost_answer');
    const provider: Provider = {
      ...inner,
      async act(call) {
        await steerProposal(approver, { proposalId: proposal.id, to: 'stop', reason: 'appeals came in' });
        return inner.act(call);
      },
    };
    expect(await executeProposal(proposal.id, { provider, pace: FAST })).toEqual({ ended: 'stopped' });
    expect(await countOf(proposal.id)).toMatchObject({ dead: 1, retrying: 0, sent: 0 });
  });

  it('resumes where it stood', async () => {
    const proposal = await approved(plain(40));
    const ending = new AbortController();
    const inner = sandbox();
    const provider: Provider = { ...inner, act: (call) => noting(() => ending.abort(), inner, call) };
    await executeProposal(proposal.id, { provider, pace: FAST, signal: ending.signal });
    await steerProposal(approver, { proposalId: proposal.id, to: 'pause', reason: 'a look first' });
    expect(await steerProposal(approver, { proposalId: proposal.id, to: 'resume', reason: 'fine' })).toEqual({
      status: 'running',
    });
    expect(await executeProposal(proposal.id, { provider: inner, pace: FAST })).toEqual({ ended: 'done' });
    expect(await effects(proposal.accountIds)).toEqual(Array(40).fill(1));
  });
});

describe('two actions on the same account', () => {
  const done = { ended: 'done' };

  it('a retried throttle does not loosen the ban that came in between', async () => {
    const { throttle, ban, accountIds } = await rivals(1);
    await failsOnce(throttle);
    expect(await executeProposal(ban, { provider: sandbox(), pace: FAST })).toEqual(done);
    await makeDue(throttle);
    expect(await executeProposal(throttle, { provider: sandbox(), pace: FAST })).toEqual(done);
    expect(await statesOf(accountIds)).toEqual(['banned banned']);
    const [item] = (await listItems(approver, throttle, { offset: 0, limit: 1 })).rows;
    expect(item).toMatchObject({
      state: 'dead',
      attempts: 1,
      outcome: expect.stringContaining('an earlier call may have taken effect; since then already banned'),
    });
  });

  it('an account is not claimed while the call of another action is under way', async () => {
    const { throttle, ban, accountIds } = await rivals(1);
    const inner = sandbox();
    const rival: Awaited<ReturnType<typeof executeProposal>>[] = [];
    const provider: Provider = {
      ...inner,
      async act(call) {
        rival.push(await executeProposal(ban, { provider: inner, pace: FAST }));
        return inner.act(call);
      },
    };
    expect(await executeProposal(throttle, { provider, pace: FAST })).toEqual(done);
    expect(rival).toMatchObject([{ ended: 'later' }]);
    expect(await statesOf(accountIds)).toEqual(['throttled throttled']);
    expect(await executeProposal(ban, { provider: inner, pace: FAST })).toEqual(done);
    expect(await statesOf(accountIds)).toEqual(['banned banned']);
  });

  it('a ban that is to be tried again goes before a throttle', async () => {
    const { throttle, ban, accountIds } = await rivals(1);
    await failsOnce(ban);
    expect(await executeProposal(throttle, { provider: sandbox(), pace: FAST })).toMatchObject({
      ended: 'later',
    });
    await makeDue(ban);
    expect(await executeProposal(ban, { provider: sandbox(), pace: FAST })).toEqual(done);
    expect(await executeProposal(throttle, { provider: sandbox(), pace: FAST })).toEqual(done);
    expect(await countOf(throttle)).toMatchObject({ skipped: 1, done: 0 });
    expect(await effects(accountIds)).toEqual([1]);
  });

  it('what is written down never loosens a state', async () => {
    const proposal = await approved(plain(1), 'throttle');
    const [id] = proposal.accountIds;
    const inner = sandbox();
    const provider: Provider = {
      ...inner,
      async act(call) {
        await database().account.update({ where: { id: id! }, data: { enforcedStatus: 'banned' } });
        return inner.act(call);
      },
    };
    expect(await executeProposal(proposal.id, { provider, pace: FAST })).toEqual(done);
    const account = await database().account.findUniqueOrThrow({ where: { id: id! } });
    expect(account.enforcedStatus).toBe('banned');
  });

  it('both at once end with every account in the stricter state, here and at the provider', async () => {
    const { throttle, ban, accountIds } = await rivals(120);
    const provider = sandboxProvider({ trouble: () => 'none', latency: () => 2 });
    const untilDone = async (id: number) => {
      for (;;) if ((await executeProposal(id, { provider, pace: FAST })).ended === 'done') return;
    };
    await Promise.all([untilDone(throttle), untilDone(ban)]);
    expect(await statesOf(accountIds)).toEqual(Array(120).fill('banned banned'));
  });
});

describe('pace', () => {
  it('leaves a long watch between stages to the queue', async () => {
    const proposal = await approved(plain(20));
    const run = await executeProposal(proposal.id, {
      provider: sandbox(),
      pace: { ...FAST, watchSeconds: 900 },
    });
    expect(run).toMatchObject({ ended: 'later' });
    expect((run as { seconds: number }).seconds).toBeGreaterThan(890);
    expect((await countOf(proposal.id)).done).toBe(1);
  });

  it('sends no more than it may a second', async () => {
    const proposal = await approved(plain(30));
    const times: number[] = [];
    const inner = sandbox();
    const provider: Provider = {
      ...inner,
      act: (call) => noting(() => times.push(performance.now()), inner, call),
    };
    const started = performance.now();
    await executeProposal(proposal.id, { provider, pace: { perSecond: 100, watchSeconds: 0 } });
    expect(times).toHaveLength(30);
    expect(times.at(-1)! - started).toBeGreaterThanOrEqual(290);
  });

  it('holds the cap for an hour over all actions', async () => {
    const [row] = await database().$queryRaw<{ used: number }[]>`
      SELECT sum(accounts)::int AS used FROM enforcement_claim`;
    process.env.WEIR_CAP_HOUR = String(row!.used + 7);
    const proposal = await approved(plain(20));
    expect(await executeProposal(proposal.id, { provider: sandbox(), pace: FAST })).toMatchObject({
      ended: 'later',
    });
    expect((await countOf(proposal.id)).done).toBe(7);
  });
});
