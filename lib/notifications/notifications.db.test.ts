import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
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
import { verify } from '@/lib/enforcement/providers/testing/receivers';
import { serve } from '@/lib/outgoing/testing/serve';
import { changeNotificationWebhook } from './change-notification-webhook';
import { deliverNotifications } from './deliver-notifications';
import { gatherNotifications } from './gather-notifications';
import { getDeliveryStandings } from './get-delivery';
import { listNotifications } from './list-notifications';
import { readNotifications } from './read-notifications';
import { rotateNotificationSecret } from './rotate-notification-secret';
import { switchNotification } from './switch-notification';
import { testDelivery } from './test-delivery';
import { receiveMail } from './testing/receive-mail';

let ann: Person;
let bo: Person;
let cy: Person;

beforeAll(async () => {
  [ann, bo, cy] = await Promise.all([
    insertUser('analyst', 'Ann'),
    insertUser('analyst', 'Bo'),
    insertUser('approver', 'Cy'),
  ]);
  // What stands in the log before the first look is nobody's news.
  await gather();
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
    await switchNotification(cy, { kind: 'approval', channel: 'desk', on: false });
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
    expect((await listNotifications(cy)).off).toEqual([{ kind: 'approval', channel: 'desk' }]);
  });

  test('of two that gather at once nobody is told twice', async () => {
    const id = await insertCluster();
    await addComment(ann, { clusterId: id, body: '@Bo again' });
    await bringLogUpToDate();
    const made = await Promise.all([gatherNotifications(), gatherNotifications()]);
    expect(made.reduce((sum, each) => sum + each, 0)).toBe(1);
  });
});

describe('what leaves the desk', () => {
  const going = new AbortController().signal;
  const deliver = () => deliverNotifications(going);
  /** The time of the next attempt has come: it lies a second back, not at a moment that rounding puts ahead. */
  const due = () =>
    database().notificationDelivery.updateMany({
      where: { sentAt: null, failedAt: null },
      data: { nextAttemptAt: new Date(Date.now() - 1_000) },
    });
  const standing = async (channel: 'mail' | 'webhook') =>
    (await getDeliveryStandings(ann)).find((each) => each.channel === channel);
  const comment = async (author: Person, body: string) => {
    const id = await insertCluster({ name: 'A name that stays' });
    await addComment(author, { clusterId: id, body });
    await gather();
    return `CL-${id}`;
  };

  afterEach(() => vi.unstubAllEnvs());

  test('by mail: one message, tried again until it is taken, with nothing in it but who, what and a link', async () => {
    await using post = await receiveMail();
    vi.stubEnv('WEIR_SMTP_URL', post.url);
    vi.stubEnv('WEIR_MAIL_FROM', 'Weir <weir@desk.example>');
    vi.stubEnv('NEXTAUTH_URL', 'https://weir.example');
    const eve = await insertUser(
      'analyst',
      'Eve\r\nBcc: all@example.org\r\n\r\n\u202e<script>alert(1)</script>',
    );
    await switchNotification(cy, { kind: 'mention', channel: 'mail', on: false });
    post.refuse.push(451);
    const ref = await comment(eve, '@Bo and @Cy: card 4242, 198.51.100.7');
    expect(await told(cy)).toContain('mention');
    expect(await deliver()).toEqual({ sent: 0, failed: 1, givenUp: 0 });
    expect(await standing('mail')).toMatchObject({ target: '127.0.0.1', waiting: 1, retrying: 1, sent: 0 });
    expect((await standing('mail'))?.problem).toMatch(/refused the sender or the address \(451\)/);
    expect(await deliver()).toEqual({ sent: 0, failed: 0, givenUp: 0 });
    await due();
    const rounds = await Promise.all([deliver(), deliver()]);
    expect(rounds.reduce((sum, { sent }) => sum + sent, 0)).toBe(1);
    expect(await standing('mail')).toMatchObject({ waiting: 0, sent: 1, problem: null });
    expect(post.taken.map(({ to }) => to)).toEqual([[bo.email]]);
    const [head = '', body = ''] = (post.taken[0]?.raw ?? '').split(/\r\n\r\n(.*)/s);
    expect(head).toMatch(new RegExp(`^Subject: \\[Weir\\] A comment names you: ${ref}$`, 'm'));
    expect(head).toMatch(/^Message-ID: <weir\.\d+\.\d+@weir\.example>$/im);
    expect(head).not.toMatch(/^(Bcc|Cc):/im);
    const plain = body.replaceAll('=\r\n', '').replaceAll('=3D', '=');
    expect(plain).toContain(`https://weir.example/clusters/${ref.slice(3)}`);
    expect(plain).toContain('Eve Bcc: all@example.org <script>alert(1)</script> named you');
    expect(post.taken[0]?.raw).not.toMatch(/4242|198\.51|A name that stays|\u202e/);
  });

  test('by mail: an address that nobody has is given up at once, the others go on; a wrong password is said', async () => {
    await using post = await receiveMail();
    vi.stubEnv('WEIR_SMTP_URL', post.url);
    vi.stubEnv('WEIR_MAIL_FROM', 'weir@desk.example');
    const admin = await insertUser('admin');
    post.refuse.push(550);
    await comment(cy, '@Ann @Bo');
    expect(await deliver()).toEqual({ sent: 1, failed: 0, givenUp: 1 });
    expect(await standing('mail')).toMatchObject({ givenUp: 1, waiting: 0 });
    expect(await testDelivery(admin, 'mail')).toMatchObject({ ok: true });
    expect(post.taken.at(-1)?.to).toEqual([admin.email]);
    vi.stubEnv('WEIR_SMTP_URL', post.url.replace('weir:', 'stranger:'));
    expect(await testDelivery(admin, 'mail')).toMatchObject({
      ok: false,
      reading: expect.stringMatching(/password/),
    });
    await expect(testDelivery(ann, 'mail')).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('by webhook: signed, the same id at every try, only the kinds asked for, and the address is shown to nobody', async () => {
    const got: { id: unknown; body: string; signed: boolean }[] = [];
    const answers = [503, 200];
    let secret = '';
    await using there = await serve((request, response, body) => {
      got.push({ id: request.headers['webhook-id'], body, signed: verify(secret, request.headers, body) });
      response.writeHead(answers.shift() ?? 200).end();
    });
    const admin = await insertUser('admin');
    const change = (address: string, version = 0) =>
      changeNotificationWebhook(
        admin,
        { address, remove: false, kinds: ['mention'] },
        { reason: 'for the chat', version },
      );
    await expect(change('http://169.254.169.254/latest')).rejects.toMatchObject({ code: 'bad_input' });
    vi.stubEnv('WEIR_OUTGOING_ALLOW', '127.0.0.1');
    vi.stubEnv('NEXTAUTH_URL', 'https://weir.example');
    await change(`${there.url}/hooks/a-token`);
    const ref = await comment(await insertUser('analyst', '<!everybody> & co'), '@Bo');
    expect(await deliver()).toMatchObject({ failed: 1 });
    expect((await standing('webhook'))?.problem).toMatch(/no signing secret/);
    ({ secret } = await rotateNotificationSecret(admin, { reason: 'the first', keepHours: 0 }));
    await due();
    expect(await deliver()).toMatchObject({ failed: 1, sent: 0 });
    await due();
    expect(await deliver()).toMatchObject({ failed: 0, sent: 1 });
    expect(got.map(({ signed }) => signed)).toEqual([true, true]);
    expect(new Set(got.map(({ id }) => id)).size).toBe(1);
    expect(JSON.parse(got[1]?.body ?? '')).toMatchObject({
      type: 'notification.mention',
      text: `&lt;!everybody&gt; &amp; co named somebody in a comment on ${ref}. https://weir.example/clusters/${ref.slice(3)}`,
      data: { object: { type: 'cluster', id: ref }, actor: '<!everybody> & co' },
    });
    await assignCluster(cy, { clusterId: Number(ref.slice(3)), userId: bo.id, note: '' });
    await gather();
    expect(await deliver()).toMatchObject({ sent: 0, failed: 0 });
    const entries = await database().auditEntry.findMany({ where: { verb: 'setting.change' } });
    expect(entries.length).toBeGreaterThan(2);
    expect(JSON.stringify(entries.map(({ before, after }) => [before, after]))).not.toContain('a-token');
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
