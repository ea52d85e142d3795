import { beforeAll, describe, expect, test } from 'vitest';
import type { Actor, Person, Role } from '@/lib/access/schema';
import { ROLES } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import type { AppError } from '@/lib/errors';
import { claimMany, dismissMany } from './act-on-many';
import { addComment } from './add-comment';
import { claimCluster } from './claim-cluster';
import { decideCluster } from './decide-cluster';
import { getCluster } from './get-cluster';
import { notePresence } from './presence/note-presence';
import { readPulse } from './presence/read-pulse';
import { claimManySchema } from './queue-schema';
import { releaseCluster } from './release-cluster';
import type { DecideInput } from './schema';
import { insertCluster, insertProposal, insertUser } from './testing/fixtures';
import { undoDecision } from './undo-decision';

let analyst: Person;
let approver: Person;

beforeAll(async () => {
  [analyst, approver] = await Promise.all([
    insertUser('analyst', 'Demo analyst'),
    insertUser('approver', 'Demo approver A'),
  ]);
});

const read = (id: number) => database().cluster.findUniqueOrThrow({ where: { id } });
const audit = (id: number) =>
  database().auditEntry.findMany({
    where: { objectType: 'cluster', objectId: `CL-${id}` },
    orderBy: { id: 'asc' },
  });
const refusal = (work: Promise<unknown>): Promise<AppError> =>
  work.then(
    () => Promise.reject(new Error('was not refused')),
    (error) => error,
  );
const confirm = (clusterId: number): DecideInput => ({
  verdict: 'confirm',
  clusterId,
  reasonCode: 'distillation',
  reason: 'All on one card; three templates.',
});
const dismiss = (clusterId: number): DecideInput => ({
  verdict: 'dismiss',
  clusterId,
  reasonCode: 'university',
  reason: 'A course at one university.',
});
const reopen = (clusterId: number): DecideInput => ({
  verdict: 'reopen',
  clusterId,
  reasonCode: 'person',
  reason: 'New accounts since.',
});

describe('many at once', () => {
  test('what cannot be done to one stops none of the others, and is said for each', async () => {
    const [free, taken, gone] = [await insertCluster(), await insertCluster(), 999_999];
    await claimCluster(approver, { clusterId: taken });
    const claimed = await claimMany(analyst, { clusterIds: [free, taken, gone, free] });
    expect(claimed).toEqual([
      { clusterId: free, refused: null },
      { clusterId: taken, refused: expect.stringMatching(/Demo approver A claimed this/) },
      { clusterId: gone, refused: expect.stringMatching(/no cluster CL-999999/) },
    ]);
    const { reasonCode, reason } = { reasonCode: 'university', reason: 'One course.' } as const;
    const dismissed = await dismissMany(analyst, { clusterIds: [taken, free], reasonCode, reason });
    expect(dismissed.map((each) => each.refused === null)).toEqual([false, true]);
    expect(await read(free)).toMatchObject({ status: 'dismissed' });
    expect(await read(taken)).toMatchObject({ status: 'in_review', assigneeId: approver.id });
    expect((await audit(taken)).map((entry) => [entry.verb, entry.outcome])).toEqual([
      ['cluster.claim', 'done'],
      ['cluster.claim', 'refused'],
      ['cluster.dismiss', 'refused'],
    ]);
  });

  test('ten thousand are refused in words, and so is a role that may not', async () => {
    const clusterIds = Array.from({ length: 10_000 }, (_, index) => index + 1);
    const { error } = claimManySchema.safeParse({ clusterIds });
    expect(error?.issues[0]?.message).toMatch(/At most 500 clusters at once.*select fewer/);
    const viewer = await insertUser('viewer');
    expect((await refusal(claimMany(viewer, { clusterIds: [1] }))).code).toBe('forbidden');
  });
});

describe('taking a decision back', () => {
  const undo = (person: Actor, clusterId: number) => undoDecision(person, { clusterId });

  test('the cluster stands as before, the decision stays and is marked, and its mute ends', async () => {
    const id = await insertCluster({}, [], [{}]);
    await claimCluster(analyst, { clusterId: id });
    const { claimedAt } = await read(id);
    await decideCluster(analyst, { ...dismiss(id), muteDays: 30 } as DecideInput);
    await undo(analyst, id);
    expect(await read(id)).toMatchObject({ status: 'in_review', assigneeId: analyst.id, claimedAt });
    const { decisions } = await getCluster(analyst, id);
    expect(decisions).toMatchObject([
      { verdict: 'dismiss', undoneAt: expect.any(String), undoableUntil: null },
    ]);
    expect(await database().mutedPattern.count({ where: { clusterId: id, endedAt: null } })).toBe(0);
    expect((await audit(id)).at(-1)).toMatchObject({
      verb: 'cluster.undo',
      before: { status: 'dismissed' },
      after: { status: 'in_review', assignee: 'Demo analyst' },
    });
    expect((await refusal(undo(analyst, id))).forPerson).toMatch(/no decision here that can be taken back/);
  });

  test('only by its author, within ten minutes, and only while nothing came after it', async () => {
    const id = await insertCluster();
    await decideCluster(analyst, confirm(id));
    expect((await refusal(undo(approver, id))).forPerson).toMatch(/Demo analyst decided last/);
    await insertProposal(id, analyst);
    expect((await refusal(undo(analyst, id))).forPerson).toMatch(/is not finished/);
    const other = await insertCluster();
    await decideCluster(analyst, dismiss(other));
    await database().cluster.update({
      where: { id: other },
      data: { status: 'open', reopenedCause: 'regrowth' },
    });
    expect((await refusal(undo(analyst, other))).code).toBe('conflict');
    const late = await insertCluster();
    await decideCluster(analyst, dismiss(late));
    await database().decision.updateMany({
      where: { clusterId: late },
      data: { at: new Date(Date.now() - 11 * 60_000) },
    });
    expect((await refusal(undo(analyst, late))).forPerson).toMatch(/for 10 minutes/);
    expect((await read(late)).status).toBe('dismissed');
  });

  test('of two undos at once one wins', async () => {
    const id = await insertCluster();
    await decideCluster(analyst, dismiss(id));
    const results = await Promise.allSettled([undo(analyst, id), undo(analyst, id)]);
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(
      (await audit(id)).filter((entry) => entry.verb === 'cluster.undo' && entry.outcome === 'done'),
    ).toHaveLength(1);
  });
});

describe('two on one cluster', () => {
  test('see each other, hear what the other did, and stop seeing who has gone', async () => {
    const id = await insertCluster();
    expect((await notePresence(analyst, id)).lookers).toEqual([]);
    // A look from the queue's preview sees who is there, and is not seen.
    expect((await readPulse(approver, id)).lookers).toEqual([{ id: analyst.id, name: 'Demo analyst' }]);
    expect((await notePresence(analyst, id)).lookers).toEqual([]);
    expect((await notePresence(approver, id)).lookers).toEqual([{ id: analyst.id, name: 'Demo analyst' }]);
    await claimCluster(approver, { clusterId: id });
    const pulse = await notePresence(analyst, id);
    expect(pulse).toMatchObject({
      lookers: [{ id: approver.id }],
      status: 'in_review',
      assignee: { id: approver.id },
      updatedAt: (await read(id)).updatedAt.toISOString(),
    });
    await database().clusterPresence.updateMany({ data: { seenAt: new Date(Date.now() - 60_000) } });
    expect((await getCluster(analyst, id)).lookers).toEqual([]);
    expect((await refusal(notePresence(analyst, 999_999))).code).toBe('not_found');
  });
});

describe('claiming', () => {
  test('an open cluster is in review and carries the name of who claimed it', async () => {
    const id = await insertCluster();
    await claimCluster(analyst, { clusterId: id });
    expect(await read(id)).toMatchObject({ status: 'in_review', assigneeId: analyst.id });
    expect(await audit(id)).toMatchObject([
      {
        actor: `user:${analyst.id}`,
        actorName: 'Demo analyst',
        verb: 'cluster.claim',
        outcome: 'done',
        before: { status: 'open', assignee: null },
        after: { status: 'in_review', assignee: 'Demo analyst' },
      },
    ]);
  });

  test('of two at the same moment exactly one wins, the other is told who and is kept as refused', async () => {
    for (let round = 0; round < 8; round++) {
      const id = await insertCluster();
      const outcomes = await Promise.allSettled([
        claimCluster(analyst, { clusterId: id }),
        claimCluster(approver, { clusterId: id }),
      ]);
      const lost = outcomes.filter((outcome) => outcome.status === 'rejected');
      expect(lost).toHaveLength(1);
      const winner = outcomes[0]?.status === 'fulfilled' ? analyst : approver;
      expect(lost[0]?.reason).toMatchObject({ code: 'conflict' });
      expect(lost[0]?.reason.forPerson).toMatch(new RegExp(`^${winner.name} claimed this \\d+ s ago\\.$`));
      expect((await read(id)).assigneeId).toBe(winner.id);
      expect((await audit(id)).map((entry) => entry.outcome).sort()).toEqual(['done', 'refused']);
    }
  });

  test('one’s own again changes nothing and writes nothing', async () => {
    const id = await insertCluster();
    await claimCluster(analyst, { clusterId: id });
    await claimCluster(analyst, { clusterId: id });
    expect(await audit(id)).toHaveLength(1);
  });

  test('a dismissed cluster cannot be claimed', async () => {
    const id = await insertCluster();
    await decideCluster(analyst, dismiss(id));
    const error = await refusal(claimCluster(approver, { clusterId: id }));
    expect(error.forPerson).toMatch(
      /^This cluster is dismissed by Demo analyst \d+ s ago, so it cannot be claimed\. Reopen it first\.$/,
    );
  });

  test('releasing gives it back to the queue; only its holder may', async () => {
    const id = await insertCluster();
    await claimCluster(analyst, { clusterId: id });
    expect(await refusal(releaseCluster(approver, { clusterId: id }))).toMatchObject({ code: 'conflict' });
    await releaseCluster(analyst, { clusterId: id });
    expect(await read(id)).toMatchObject({ status: 'open', assigneeId: null, claimedAt: null });
    expect(await refusal(releaseCluster(analyst, { clusterId: id }))).toMatchObject({
      forPerson: 'Nobody has claimed this cluster.',
    });
  });
});

describe('deciding', () => {
  test('confirming an unclaimed cluster claims it, keeps the decision and writes one entry with before and after', async () => {
    const id = await insertCluster();
    await decideCluster(analyst, confirm(id));
    expect(await read(id)).toMatchObject({ status: 'confirmed', assigneeId: analyst.id });
    expect(await database().decision.findMany({ where: { clusterId: id } })).toMatchObject([
      { verdict: 'confirm', reasonCode: 'distillation', authorId: analyst.id },
    ]);
    expect(await audit(id)).toMatchObject([
      {
        verb: 'cluster.confirm',
        reason: 'All on one card; three templates.',
        before: { status: 'open', assignee: null },
        after: { status: 'confirmed', assignee: 'Demo analyst', reason_code: 'distillation' },
      },
    ]);
  });

  test('a cluster that someone else holds is theirs to decide', async () => {
    const id = await insertCluster();
    await claimCluster(approver, { clusterId: id });
    const error = await refusal(decideCluster(analyst, confirm(id)));
    expect(error).toMatchObject({ code: 'conflict' });
    expect(error.forPerson).toMatch(/^Demo approver A claimed this/);
    expect(await read(id)).toMatchObject({ status: 'in_review', assigneeId: approver.id });
    expect((await audit(id)).at(-1)).toMatchObject({ verb: 'cluster.confirm', outcome: 'refused' });
  });

  test('confirm and dismiss at the same moment: one decision stands', async () => {
    const id = await insertCluster();
    await Promise.allSettled([decideCluster(analyst, confirm(id)), decideCluster(approver, dismiss(id))]);
    const decisions = await database().decision.findMany({ where: { clusterId: id } });
    expect(decisions).toHaveLength(1);
    expect((await read(id)).status).toBe(decisions[0]?.verdict === 'confirm' ? 'confirmed' : 'dismissed');
    expect((await audit(id)).filter((entry) => entry.outcome === 'done')).toHaveLength(1);
  });

  test('dismissing ends the claim; reopening by anybody makes it open with its cause', async () => {
    const id = await insertCluster();
    await decideCluster(analyst, dismiss(id));
    expect(await read(id)).toMatchObject({ status: 'dismissed', assigneeId: null });
    await decideCluster(approver, reopen(id));
    expect(await read(id)).toMatchObject({ status: 'open', assigneeId: null, reopenedCause: 'person' });
    await decideCluster(approver, confirm(id));
    expect(await read(id)).toMatchObject({ status: 'confirmed', reopenedCause: null });
  });

  test.each([
    ['confirm a confirmed', confirm, confirm],
    ['confirm a dismissed', dismiss, confirm],
    ['dismiss a dismissed', dismiss, dismiss],
  ] as const)('nobody can %s cluster', async (_, first, second) => {
    const id = await insertCluster();
    await decideCluster(analyst, first(id));
    expect(await refusal(decideCluster(analyst, second(id)))).toMatchObject({ code: 'conflict' });
  });

  test('an open cluster cannot be reopened', async () => {
    const id = await insertCluster();
    expect(await refusal(decideCluster(analyst, reopen(id)))).toMatchObject({ code: 'conflict' });
  });

  test('a waiting proposal holds its cluster confirmed', async () => {
    const id = await insertCluster();
    await decideCluster(analyst, confirm(id));
    const proposal = await insertProposal(id, analyst);
    const error = await refusal(decideCluster(analyst, dismiss(id)));
    expect(error.forPerson).toContain(`Withdraw or stop P-${proposal} first`);
    expect((await read(id)).status).toBe('confirmed');
    await database().proposal.update({ where: { id: proposal }, data: { status: 'withdrawn' } });
    await decideCluster(analyst, dismiss(id));
    expect((await read(id)).status).toBe('dismissed');
  });

  test('when the audit entry cannot be written nothing else is', async () => {
    const id = await insertCluster();
    const nameless: Person = { ...analyst, name: '' };
    await expect(decideCluster(nameless, confirm(id))).rejects.toThrow('without an actor');
    expect(await read(id)).toMatchObject({ status: 'open', assigneeId: null });
    expect(await database().decision.count({ where: { clusterId: id } })).toBe(0);
  });

  test('a cluster that does not exist is said so, whatever the number', async () => {
    for (const id of [999_999, 2 ** 40, -1, Number.NaN]) {
      expect(await refusal(decideCluster(analyst, confirm(id)))).toMatchObject({ code: 'not_found' });
    }
  });
});

describe('comments', () => {
  test('keep hostile text as text and replace what the database cannot hold', async () => {
    const id = await insertCluster();
    const body = '<script>alert(1)</script> \u202Egnp.exe \0 \uD800';
    const comment = await addComment(analyst, { clusterId: id, body });
    expect(comment.body).toBe('<script>alert(1)</script> \u202Egnp.exe \uFFFD \uFFFD');
    expect(await audit(id)).toMatchObject([{ verb: 'cluster.comment', detail: { comment: comment.id } }]);
  });
});

describe('rights', () => {
  const verbs: [string, readonly Role[], (actor: Actor, id: number) => Promise<unknown>][] = [
    ['claim', ['analyst', 'approver'], (actor, clusterId) => claimCluster(actor, { clusterId })],
    ['confirm', ['analyst', 'approver'], (actor, id) => decideCluster(actor, confirm(id))],
    ['dismiss', ['analyst', 'approver'], (actor, id) => decideCluster(actor, dismiss(id))],
    ['comment', ['analyst', 'approver'], (actor, clusterId) => addComment(actor, { clusterId, body: 'x' })],
  ];
  test.each(verbs.flatMap(([verb, allowed, run]) => ROLES.map((role) => ({ verb, allowed, run, role }))))(
    '$role and $verb',
    async ({ allowed, run, role }) => {
      const id = await insertCluster();
      const actor = await insertUser(role);
      if (allowed.includes(role)) await run(actor, id);
      else expect(await refusal(run(actor, id))).toMatchObject({ code: 'forbidden' });
    },
  );

  test.each<Actor>([
    { kind: 'cli', name: 'root' },
    { kind: 'key', id: 1, name: 'Shipper' },
    { kind: 'system', name: 'worker' },
  ])('$kind never decides', async (actor) => {
    const id = await insertCluster();
    for (const [, , run] of verbs) expect(await refusal(run(actor, id))).toMatchObject({ code: 'forbidden' });
  });
});
