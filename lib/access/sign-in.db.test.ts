import { beforeAll, describe, expect, test } from 'vitest';
import { database } from '@/lib/database/client';
import { addUser } from './add-user';
import { findPerson } from './find-person';
import { LOCK_AFTER, SESSION_SECONDS } from './rules';
import type { Actor } from './schema';
import { setUserDisabled } from './set-user-disabled';
import { type SignInRefused, signIn, sumUpUnknown } from './sign-in';
import { LISTED_A_MINUTE } from './unknown-sign-ins';

const root: Actor = { kind: 'cli', name: 'root' };
let made = 0;

async function newUser(role: 'analyst' | 'admin' = 'analyst') {
  const email = `person${++made}@example.com`;
  const { user, password } = await addUser(root, { email, name: `Person ${made}`, role });
  return { ...user, password };
}

const reasonOf = (input: unknown): Promise<string> =>
  signIn(input).then(
    () => 'in',
    (error: SignInRefused) => error.reason ?? Promise.reject(error),
  );
const entries = (objectId: string) =>
  database().auditEntry.findMany({ where: { verb: 'user.sign_in', objectId }, orderBy: { id: 'asc' } });

describe('signing in', () => {
  test('with the right password is noted in the same step as its audit entry', async () => {
    const { id, email, password, name } = await newUser();
    expect(await signIn({ email: `  ${email.toUpperCase()} `, password })).toMatchObject({
      id,
      sessionVersion: 1,
    });
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
  let admin: Awaited<ReturnType<typeof newUser>>;
  const now = () => Math.floor(Date.now() / 1000);
  beforeAll(async () => {
    admin = await newUser('admin');
  });

  test('stands for its user with the role of now', async () => {
    const { id, email, name } = await newUser();
    await database().user.update({ where: { id }, data: { role: 'viewer' } });
    const signedInAt = now();
    expect(await findPerson({ userId: id, sessionVersion: 1, signedInAt })).toEqual({
      kind: 'user',
      id,
      email,
      name,
      role: 'viewer',
      signedInAt,
    });
  });

  test('ends at the next request when its user is disabled, and stays ended when they are enabled again', async () => {
    const { id, email, password } = await newUser();
    const session = { userId: id, sessionVersion: 1, signedInAt: now() };
    expect(await findPerson(session)).not.toBeNull();
    await setUserDisabled(root, { userId: id, disabled: true });
    expect(await findPerson(session)).toBeNull();
    expect(await reasonOf({ email, password })).toBe('disabled');
    expect(await reasonOf({ email, password: 'wrong' })).toBe('wrong');
    await setUserDisabled(root, { userId: id, disabled: false });
    expect(await findPerson(session)).toBeNull();
    expect(await signIn({ email, password })).toMatchObject({ sessionVersion: 2 });
  });

  test('ends twelve hours after signing in, however busy', async () => {
    const claim = { userId: admin.id, sessionVersion: 1 };
    expect(await findPerson({ ...claim, signedInAt: now() - SESSION_SECONDS + 60 })).not.toBeNull();
    expect(await findPerson({ ...claim, signedInAt: now() - SESSION_SECONDS - 1 })).toBeNull();
  });

  test.each([
    {},
    { userId: Number.NaN, sessionVersion: 1, signedInAt: 1 },
    { userId: 999_999, sessionVersion: 1, signedInAt: now() },
  ])('that names nobody is none: %j', async (claim) => expect(await findPerson(claim)).toBeNull());
});
