import { beforeAll, describe, expect, test } from 'vitest';
import type { Person } from '@/lib/access/schema';
import { bringLogUpToDate } from '@/lib/audit/run-sequencer';
import { writeAudit } from '@/lib/audit/write-audit';
import { addComment } from '@/lib/clusters/add-comment';
import { assignCluster } from '@/lib/clusters/assign-cluster';
import { decideCluster } from '@/lib/clusters/decide-cluster';
import { getWorkload } from '@/lib/clusters/get-workload';
import { insertCluster, insertProposal, insertUser } from '@/lib/clusters/testing/fixtures';
import { database } from '@/lib/database/client';
import { inTransaction } from '@/lib/database/transaction';
import { gatherNotifications } from './gather-notifications';
import { listNotifications } from './list-notifications';
import { readNotifications } from './read-notifications';
import { switchNotification } from './switch-notification';

let ann: Person;
let bo: Person;
let cy: Person;

beforeAll(async () => {
  [ann, bo, cy] = await Promise.all([
    insertUser('analyst', 'Ann'),
    insertUser('analyst', 'Bo'),
    insertUser('approver', 'Cy'),
  ]);
});

/** Other databases' transactions on the same server hold the log's order up: one round may take nothing yet. */
const gather = async () => {
  await bringLogUpToDate();
  return gatherNotifications();
};
const told = async (person: Person) => (await listNotifications(person)).rows.map((row) => row.kind);

describe('handing over', () => {
  test('by whoever has it or by an approver, to somebody who may claim; all others lose with a clear message', async () => {
    const id = await insertCluster();
    const give = (actor: Person, to: Person) =>
      assignCluster(actor, { clusterId: id, userId: to.id, note: '' });
    await expect(give(ann, bo)).rejects.toMatchObject({ code: 'forbidden' });
    await give(cy, ann);
    expect(await database().cluster.findUnique({ where: { id } })).toMatchObject({
      status: 'in_review',
      assigneeId: ann.id,
    });
    await expect(give(bo, bo)).rejects.toMatchObject({
      forPerson: expect.stringMatching(/Ann claimed this/),
    });
    await expect(give(ann, await insertUser('viewer'))).rejects.toMatchObject({ code: 'bad_input' });
    const both = await Promise.allSettled([give(ann, bo), give(cy, cy)]);
    expect(both.some((result) => result.status === 'fulfilled')).toBe(true);
    const entries = await database().auditEntry.findMany({
      where: { verb: 'cluster.assign', objectId: `CL-${id}` },
    });
    const done = entries.filter((entry) => entry.outcome === 'done');
    expect(done.at(-1)?.after).toMatchObject({ assignee: expect.stringMatching(/^(Bo|Cy)$/) });
    expect(entries.some((entry) => entry.outcome === 'refused')).toBe(true);
  });
});

describe('notifications', () => {
  test('come from the log once each, to those concerned, never to the actor, and follow the switches', async () => {
    await gather();
    await database().notification.deleteMany();
    const id = await insertCluster();
    await addComment(ann, { clusterId: id, body: '@Bo, see 198.51.100.7; @Ann too' });
    await assignCluster(cy, { clusterId: id, userId: ann.id, note: 'Please finish it.' });
    await switchNotification(cy, { kind: 'approval', on: false });
    const proposal = await insertProposal(id, ann);
    await inTransaction((tx) =>
      writeAudit(tx, ann, { verb: 'proposal.create', object: { type: 'proposal', id: `P-${proposal}` } }),
    );
    await inTransaction((tx) =>
      writeAudit(
        tx,
        { kind: 'system', name: 'worker' },
        {
          verb: 'enforcement.stop',
          object: { type: 'proposal', id: `P-${proposal}` },
          reason: 'too many errors',
        },
      ),
    );
    expect(await gather()).toBe(4);
    expect(await gather()).toBe(0);
    expect(await told(bo)).toEqual(['mention']);
    expect(await told(ann)).toEqual(['stopped', 'assigned']);
    expect(await told(cy)).toEqual(['stopped']);
    const [newest] = (await listNotifications(ann)).rows;
    expect(newest).toMatchObject({ note: 'too many errors', read: false, objectId: `P-${proposal}` });
    await readNotifications(ann, { id: newest?.id ?? '0' });
    expect((await listNotifications(ann)).unread).toBe(0);
    expect((await listNotifications(bo)).unread).toBe(1);
    expect((await listNotifications(cy)).off).toEqual(['approval']);
  });

  test('of two that gather at once nobody is told twice', async () => {
    const id = await insertCluster();
    await addComment(ann, { clusterId: id, body: '@Bo again' });
    await bringLogUpToDate();
    const made = await Promise.all([gatherNotifications(), gatherNotifications()]);
    expect(made.reduce((sum, each) => sum + each, 0)).toBe(1);
  });
});

describe('the workload', () => {
  test('counts what people have, what is late, and what they decided and did not take back', async () => {
    const id = await insertCluster();
    await assignCluster(cy, { clusterId: id, userId: bo.id, note: '' });
    const before = (await getWorkload(cy)).people.find((row) => row.id === bo.id);
    const later = await getWorkload(cy, new Date(Date.now() + 121 * 3_600_000));
    expect(later.people.find((row) => row.id === bo.id)?.late).toBe(before?.inReview);
    await decideCluster(bo, {
      verdict: 'confirm',
      clusterId: id,
      reasonCode: 'distillation',
      reason: 'One card.',
    });
    const after = (await getWorkload(cy)).people.find((row) => row.id === bo.id);
    expect(after).toMatchObject({ confirmed: 1, inReview: (before?.inReview ?? 0) - 1, judged: 0 });
    expect(after?.medianSeconds).toBeGreaterThanOrEqual(0);
  });
});
