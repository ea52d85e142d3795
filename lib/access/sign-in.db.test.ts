import { describe, expect, test } from 'vitest';
import { database } from '@/lib/database/client';
import { addApiKey } from './add-api-key';
import { addUser } from './add-user';
import { confirmPerson } from './confirm-person';
import { endSession } from './end-session';
import { endSessions } from './end-sessions';
import { findPerson } from './find-person';
import { listSessions } from './list-sessions';
import { LOCK_AFTER, SESSION_SECONDS } from './rules';
import type { Actor } from './schema';
import { setUserDisabled } from './set-user-disabled';
import { setUserRole } from './set-user-role';
import { type SignInRefused, signIn, sumUpUnknown } from './sign-in';
import { LISTED_A_MINUTE } from './unknown-sign-ins';

const HERE = { address: '192.0.2.1', agent: 'Test/1' };
const root: Actor = { kind: 'cli', name: 'root' };
let made = 0;

async function newUser(role: 'analyst' | 'admin' = 'analyst') {
  const email = `person${++made}@example.com`;
  const { user, password } = await addUser(root, { email, name: `Person ${made}`, role });
  return { ...user, password };
}

const reasonOf = (input: unknown): Promise<string> =>
  signIn(input, HERE).then(
    () => 'in',
    (error: SignInRefused) => error.reason ?? Promise.reject(error),
  );
const entries = (objectId: string) =>
  database().auditEntry.findMany({ where: { verb: 'user.sign_in', objectId }, orderBy: { id: 'asc' } });

describe('signing in', () => {
  test('with the right password is noted in the same step as its audit entry', async () => {
    const { id, email, password, name } = await newUser();
    expect(await signIn({ email: `  ${email.toUpperCase()} `, password }, HERE)).toMatchObject({ id });
    const user = await database().user.findUniqueOrThrow({ where: { id } });
    expect(user.lastSignInAt).not.toBeNull();
    expect(await entries(String(id))).toMatchObject([
      { actor: `user:${id}`, actorName: name, outcome: 'done' },
    ]);
  });

  test('with a wrong one is refused and written down, without what was typed', async () => {
    const { id, email } = await newUser();
    expect(await reasonOf({ email, password: 'hunter2-hunter2' })).toBe('wrong');
    const [entry] = await entries(String(id));
    expect(entry).toMatchObject({ actor: 'system:sign_in', outcome: 'refused', reason: 'Wrong password' });
    expect(JSON.stringify(entry, (_, v) => (typeof v === 'bigint' ? Number(v) : v))).not.toContain('hunter2');
  });

  test.each([
    ['nothing', undefined],
    ['no password', { email: 'a@example.com', password: '' }],
    ['no e-mail', { email: 'not an address', password: 'x' }],
    ['objects', { email: { contains: '' }, password: {} }],
    ['an e-mail longer than mail allows', { email: `a@${'b.'.repeat(200)}example.com`, password: 'x' }],
    ['a very long password', { email: 'a@example.com', password: 'x'.repeat(5_000) }],
  ])('with %s reads as a wrong password and leaves no trace', async (_, input) => {
    const before = await database().auditEntry.count();
    expect(await reasonOf(input)).toBe('wrong');
    expect(await database().auditEntry.count()).toBe(before);
  });

  test('with ever new e-mails grows the audit by so many entries a minute and one sum, exactly', async () => {
    const before = (await entries('unknown')).length;
    const emails = Array.from({ length: LISTED_A_MINUTE + 5 }, (_, n) => `stranger${n}@example.net`);
    for (const email of emails) expect(await reasonOf({ email, password: 'wrong' })).toBe('wrong');
    await sumUpUnknown();
    await sumUpUnknown();
    const written = (await entries('unknown')).slice(before);
    expect(written.map((entry) => entry.objectLabel)).toEqual([...emails.slice(0, LISTED_A_MINUTE), null]);
    expect(written.at(-2)?.reason).toBe('No such user; further ones of this minute are summed up');
    expect(written.at(-1)).toMatchObject({ outcome: 'refused', detail: { attempts: 5 } });
  });
});

describe('the lock', () => {
  test('comes with the tenth failure in a row, and then even the right password is refused', async () => {
    const { id, email, password } = await newUser();
    const answers: string[] = [];
    for (let n = 0; n < LOCK_AFTER; n++) answers.push(await reasonOf({ email, password: 'wrong' }));
    expect(answers).toEqual([...Array(LOCK_AFTER - 1).fill('wrong'), 'locked']);
    expect(await reasonOf({ email, password })).toBe('locked');
    expect((await entries(String(id))).at(-1)?.reason).toBe('Wrong password; locked for 15 minutes');
    const { lockedUntil } = await database().user.findUniqueOrThrow({ where: { id } });
    const minutes = ((lockedUntil?.getTime() ?? 0) - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(14);
    expect(minutes).toBeLessThanOrEqual(15);
  });

  test('reads exactly the same for an e-mail that belongs to nobody', async () => {
    const email = 'nobody@example.com';
    const answers: string[] = [];
    for (let n = 0; n <= LOCK_AFTER; n++) answers.push(await reasonOf({ email, password: 'wrong' }));
    expect(answers).toEqual([...Array(LOCK_AFTER - 1).fill('wrong'), 'locked', 'locked']);
  });

  test('counts failures that arrive at the same moment', async () => {
    const { id, email } = await newUser();
    await Promise.all(Array.from({ length: 6 }, () => reasonOf({ email, password: 'wrong' })));
    expect((await database().user.findUniqueOrThrow({ where: { id } })).failedSignIns).toBe(6);
  });

  test('ends by itself, and the count starts again', async () => {
    const { id, email, password } = await newUser();
    const passed = { failedSignIns: LOCK_AFTER, lockedUntil: new Date(Date.now() - 1) };
    await database().user.update({ where: { id }, data: passed });
    expect(await reasonOf({ email, password: 'wrong' })).toBe('wrong');
    expect(await database().user.findUniqueOrThrow({ where: { id } })).toMatchObject({
      failedSignIns: 1,
      lockedUntil: null,
    });
    expect(await reasonOf({ email, password })).toBe('in');
    expect((await database().user.findUniqueOrThrow({ where: { id } })).failedSignIns).toBe(0);
  });

  test('is not earned by nine failures before a success', async () => {
    const { email, password } = await newUser();
    for (let n = 0; n < LOCK_AFTER - 1; n++) await reasonOf({ email, password: 'wrong' });
    expect(await reasonOf({ email, password })).toBe('in');
    expect(await reasonOf({ email, password: 'wrong' })).toBe('wrong');
  });
});

describe('a session', () => {
  const entriesOf = (verb: string, objectId: number) =>
    database().auditEntry.findMany({ where: { verb, objectId: String(objectId) }, orderBy: { id: 'asc' } });
  /** Signed in from a browser; `ask` is its next request. */
  async function open(user: { email: string; password: string }) {
    const { sessionId } = await signIn(user, HERE);
    const ask = () => findPerson(sessionId, HERE);
    return { sessionId, ask, person: (await ask())! };
  }
  const age = (id: string, data: object) => database().userSession.update({ where: { id }, data });
  const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

  test('stands for its user with the role of now', async () => {
    const user = await newUser();
    const { ask, person, sessionId } = await open(user);
    expect(person).toMatchObject({
      kind: 'user',
      id: user.id,
      email: user.email,
      role: 'analyst',
      sessionId,
    });
    await setUserRole(root, { userId: user.id, role: 'viewer' });
    expect((await ask())?.role).toBe('viewer');
    expect((await entriesOf('user.set_role', user.id))[0]).toMatchObject({
      before: { role: 'analyst' },
      after: { role: 'viewer' },
    });
  });

  test('ends at the next request when its user is disabled, and stays ended when they are enabled again', async () => {
    const user = await newUser();
    const { ask } = await open(user);
    await setUserDisabled(root, { userId: user.id, disabled: true });
    expect(await ask()).toBeNull();
    expect(await reasonOf(user)).toBe('disabled');
    expect(await reasonOf({ ...user, password: 'wrong' })).toBe('wrong');
    await setUserDisabled(root, { userId: user.id, disabled: false });
    expect(await ask()).toBeNull();
    expect((await open(user)).person.id).toBe(user.id);
  });

  test('signed out is refused with its cookie, wherever that is; what comes back later is written down once', async () => {
    const user = await newUser();
    const here = await open(user);
    const there = await open(user);
    expect((await listSessions(here.person)).map(({ current }) => current)).toEqual([true, false]);
    await endSession(here.person, { sessionId: here.sessionId });
    expect(await here.ask()).toBeNull();
    expect(await there.ask()).not.toBeNull();
    // A tab that was still open is no theft.
    expect(await entriesOf('user.use_session', user.id)).toEqual([]);
    await age(here.sessionId, { endedAt: minutesAgo(5) });
    const thief = { address: '203.0.113.66', agent: 'curl/8' };
    for (let n = 0; n < 3; n++) expect(await findPerson(here.sessionId, thief)).toBeNull();
    expect(await entriesOf('user.use_session', user.id)).toMatchObject([
      {
        outcome: 'refused',
        reason: 'A cookie came back after its owner had signed out',
        detail: { address: '203.0.113.66', agent: 'curl/8' },
      },
    ]);
  });

  test('is ended from another one, but never by somebody else', async () => {
    const user = await newUser();
    const [here, there] = [await open(user), await open(user)];
    const stranger = await open(await newUser());
    await expect(endSession(stranger.person, { sessionId: there.sessionId })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(endSessions(stranger.person, { userId: user.id })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await endSession(here.person, { sessionId: there.sessionId });
    expect([await here.ask(), await there.ask()]).toMatchObject([{ id: user.id }, null]);
    const third = await open(user);
    expect(await endSessions(here.person, { userId: user.id })).toBe(2);
    expect([await here.ask(), await third.ask()]).toEqual([null, null]);
    const fourth = await open(user);
    await endSessions(root, { userId: user.id });
    expect(await fourth.ask()).toBeNull();
  });

  test('ends twelve hours after signing in, however busy', async () => {
    const { sessionId, ask } = await open(await newUser());
    const { startedAt, expiresAt } = await database().userSession.findUniqueOrThrow({
      where: { id: sessionId },
    });
    expect(expiresAt.getTime() - startedAt.getTime()).toBe(SESSION_SECONDS * 1_000);
    await age(sessionId, { expiresAt: minutesAgo(1) });
    expect(await ask()).toBeNull();
  });

  test.each([undefined, '', 'x', '1', "' OR true --", '00000000-0000-4000-8000-000000000000'])(
    'that names nobody is none: %j',
    async (id) => expect(await findPerson(id, HERE)).toBeNull(),
  );

  test('of a quarter of an hour ago does not do for dangerous verbs until its person proves who they are', async () => {
    const user = await newUser('admin');
    const { sessionId, ask } = await open(user);
    await age(sessionId, { provedAt: minutesAgo(16) });
    const stale = (await ask())!;
    const input = { email: `by-stale${made}@example.com`, name: 'New', role: 'admin' } as const;
    await expect(addUser(stale, input)).rejects.toMatchObject({ code: 'unproved' });
    await expect(addApiKey(stale, { name: 'x' })).rejects.toMatchObject({ code: 'unproved' });
    await expect(setUserRole(stale, { userId: 1, role: 'admin' })).rejects.toMatchObject({
      code: 'unproved',
    });
    await expect(confirmPerson(stale, { password: 'wrong' })).rejects.toMatchObject({ reason: 'wrong' });
    expect(await entries(String(user.id))).toMatchObject([{ outcome: 'done' }, { outcome: 'refused' }]);
    await expect(addUser((await ask())!, input)).rejects.toMatchObject({ code: 'unproved' });
    await confirmPerson(stale, { password: user.password });
    expect((await addUser((await ask())!, input)).user.role).toBe('admin');
    expect(await entriesOf('user.confirm', user.id)).toHaveLength(1);
  });
});
