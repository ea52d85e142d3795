import { TOTP } from 'otpauth';
import { beforeEach, describe, expect, test } from 'vitest';
import { database } from '@/lib/database/client';
import { addApiKey } from './add-api-key';
import { addUser } from './add-user';
import { beginCode } from './begin-code';
import { changePassword } from './change-password';
import { confirmCode } from './confirm-code';
import { confirmPerson } from './confirm-person';
import { endSession } from './end-session';
import { endSessions } from './end-sessions';
import { findPerson } from './find-person';
import { getCodeState } from './get-code-state';
import { listSessions } from './list-sessions';
import { readOidcSettings } from './oidc/schema';
import { signInWithProvider } from './oidc/sign-in-with-provider';
import { LISTED_A_MINUTE, sumUpUnknown } from './refuse-unknown';
import { removeCode } from './remove-code';
import { resetPassword } from './reset-password';
import { ACCOUNT_LOCK_AFTER, ADDRESS_LOCK_AFTER, LOCK_AFTER, SESSION_SECONDS } from './rules';
import type { Actor } from './schema';
import { setUserDisabled } from './set-user-disabled';
import { setUserRole } from './set-user-role';
import { type SignInRefused, signIn } from './sign-in';

const HERE = { address: '192.0.2.1', agent: 'Test/1' };
const root: Actor = { kind: 'cli', name: 'root' };
let made = 0;

async function newUser(role: 'analyst' | 'admin' = 'analyst') {
  const email = `person${++made}@example.com`;
  const { user, password } = await addUser(root, { email, name: `Person ${made}`, role });
  return { ...user, password };
}

const reasonOf = (input: unknown): Promise<string> =>
  signIn(input, HERE, null, 0).then(
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
  const from = (address: string, device: string | null = null) => ({
    try: (email: string, password: string) =>
      signIn({ email, password }, { address, agent: '' }, device, 0).then(
        () => 'in',
        (error: SignInRefused) => error.reason ?? Promise.reject(error),
      ),
  });
  const fail = async (email: string, times: number, at = from('198.51.100.9')) => {
    const answers: string[] = [];
    for (let n = 0; n < times; n++) answers.push(await at.try(email, 'wrong'));
    return answers;
  };
  const asIf = (failures: number, where: object = {}) =>
    database().signInCounter.updateMany({ where, data: { failures, lockedUntil: null } });
  beforeEach(() => database().signInCounter.deleteMany());

  test('comes with the tenth failure from one address, reads the same for an e-mail of nobody, and holds nobody else up', async () => {
    const { id, email, password } = await newUser();
    const told = [...Array(LOCK_AFTER - 1).fill('wrong'), 'locked', 'locked'];
    expect(await fail(email, LOCK_AFTER + 1)).toEqual(told);
    expect(await fail('nobody@example.com', LOCK_AFTER + 1)).toEqual(told);
    expect(await from('198.51.100.9').try(email, password)).toBe('locked');
    expect((await entries(String(id))).at(-1)?.reason).toBe('Wrong password; locked for a while');
    // Its owner, at the same moment: from elsewhere, and from the same address in a browser of their own.
    expect(await from('192.0.2.7').try(email, password)).toBe('in');
    await fail(email, LOCK_AFTER);
    expect(await from('198.51.100.9', 'own-browser').try(email, password)).toBe('in');
  });

  test('counts failures that arrive at the same moment, and doubles with each further one up to an hour', async () => {
    const { email } = await newUser();
    const counter = () => database().signInCounter.findFirstOrThrow({ where: { free: LOCK_AFTER } });
    const minutes = async () => ((await counter()).lockedUntil!.getTime() - Date.now()) / 60_000;
    await Promise.all(Array.from({ length: LOCK_AFTER }, () => from('192.0.2.1').try(email, 'wrong')));
    expect((await counter()).failures).toBe(LOCK_AFTER);
    expect(await minutes()).toBeCloseTo(1, 0);
    await asIf(LOCK_AFTER + 2);
    await fail(email, 1, from('192.0.2.1'));
    expect(await minutes()).toBeCloseTo(8, 0);
    await asIf(LOCK_AFTER + 500);
    await fail(email, 1, from('192.0.2.1'));
    expect(await minutes()).toBeCloseTo(60, 0);
  });

  test('also comes for an e-mail tried from everywhere, for unknown browsers alone; an administrator lifts it', async () => {
    const { id, email, password } = await newUser();
    await fail(email, 1);
    await asIf(ACCOUNT_LOCK_AFTER - 1, { free: ACCOUNT_LOCK_AFTER });
    expect(await from('203.0.113.5').try(email, 'wrong')).toBe('locked');
    expect(await from('203.0.113.6').try(email, password)).toBe('locked');
    expect(await from('203.0.113.5', 'own-browser').try(email, password)).toBe('in');
    await fail(email, 1);
    await asIf(ACCOUNT_LOCK_AFTER - 1, { free: ACCOUNT_LOCK_AFTER });
    expect(await from('203.0.113.7').try(email, 'wrong')).toBe('locked');
    const made = await resetPassword(root, { userId: id });
    expect(await from('203.0.113.8').try(email, made.password)).toBe('in');
  });

  test('also comes for an address that tries many, a whole /64 of IPv6 as one', async () => {
    await fail('a@example.com', 1, from('2001:db8:1:2::5'));
    await asIf(ADDRESS_LOCK_AFTER - 1, { free: ADDRESS_LOCK_AFTER });
    expect(await from('2001:db8:1:2:ffff::1').try('b@example.com', 'wrong')).toBe('locked');
    expect(await from('2001:db8:1:3::5').try('c@example.com', 'wrong')).toBe('wrong');
  });

  test('is not earned by nine failures before a success, nor by those of yesterday', async () => {
    const { email, password } = await newUser();
    const here = from('192.0.2.1');
    await fail(email, LOCK_AFTER - 1, here);
    expect(await here.try(email, password)).toBe('in');
    expect(await fail(email, 2, here)).toEqual(['wrong', 'wrong']);
    await database().signInCounter.updateMany({
      data: { failures: 50, lastAt: new Date(Date.now() - 25 * 3_600_000) },
    });
    expect(await here.try(email, 'wrong')).toBe('wrong');
  });

  test('and every refusal are told no sooner than their time, whether or not there is such a user', async () => {
    const { email } = await newUser();
    for (const each of [email, 'nobody@example.com', 'not an e-mail']) {
      const began = performance.now();
      await expect(signIn({ email: each, password: 'wrong' }, HERE, null, 150)).rejects.toThrow();
      expect(performance.now() - began, each).toBeGreaterThanOrEqual(149);
    }
  });
});

describe('a password', () => {
  const open = async (user: { email: string; password: string }) => {
    const { sessionId } = await signIn(user, HERE);
    return (await findPerson(sessionId, HERE))!;
  };

  test('made by an administrator is for once; the one that takes its place is long and strange', async () => {
    const user = await newUser();
    const person = await open(user);
    expect(person.hasOneTimePassword).toBe(true);
    for (const [password, words] of [
      ['short one', /at least 15/],
      ['passwordpassword', /tried first/],
      ['Password!!!!!!!!!2026', /tried first/],
      [user.password, /the password you have now/],
    ] as const)
      await expect(changePassword(person, { password })).rejects.toMatchObject({
        code: 'bad_input',
        forPerson: expect.stringMatching(words),
      });
    const elsewhere = await open(user);
    await changePassword(person, { password: 'seven grey herons at dusk' });
    expect((await findPerson(person.sessionId, HERE))?.hasOneTimePassword).toBe(false);
    expect(await findPerson(elsewhere.sessionId, HERE)).toBeNull();
    expect(await reasonOf(user)).toBe('wrong');
    // Typed on another keyboard: full-width letters are the same ones.
    expect(await reasonOf({ ...user, password: 'ｓｅｖｅｎ grey herons at dusk' })).toBe('in');
  });

  test('that is reset ends sessions and takes the second factor away', async () => {
    const user = await newUser();
    const person = await open(user);
    const { password } = await resetPassword(root, { userId: user.id });
    expect(await findPerson(person.sessionId, HERE)).toBeNull();
    expect(await reasonOf(user)).toBe('wrong');
    expect((await open({ email: user.email, password })).hasOneTimePassword).toBe(true);
  });
});

describe('a second factor', () => {
  test('takes a code beside the password, each once, and recovery codes, each once', async () => {
    const user = await newUser();
    const { sessionId } = await signIn(user, HERE);
    const person = (await findPerson(sessionId, HERE))!;
    const { secret, uri } = await beginCode(person);
    expect(uri).toMatch(/^otpauth:\/\/totp\/Weir:person\d+%40example\.com\?issuer=Weir&secret=[A-Z2-7]{32}/);
    const stored = await database().user.findUniqueOrThrow({ where: { id: user.id } });
    expect(Buffer.from(stored.codeSecret!).toString('latin1')).not.toContain(secret);
    // Not before a code was seen.
    expect(await reasonOf(user)).toBe('in');
    await expect(confirmCode(person, { code: '000000x' })).rejects.toMatchObject({ code: 'bad_input' });
    const codeOf = (steps: number) =>
      new TOTP({ secret }).generate({ timestamp: Date.now() + steps * 30_000 });
    const { recoveryCodes } = await confirmCode(person, { code: codeOf(-1) });
    expect(new Set(recoveryCodes).size).toBe(10);
    expect(await reasonOf(user)).toBe('code');
    expect(await reasonOf({ ...user, password: 'wrong', code: codeOf(0) })).toBe('wrong');
    expect(await reasonOf({ ...user, code: codeOf(-1) })).toBe('wrong_code');
    const now = codeOf(0);
    const both = await Promise.all([reasonOf({ ...user, code: now }), reasonOf({ ...user, code: now })]);
    expect(both.sort()).toEqual(['in', 'wrong_code']);
    expect(await reasonOf({ ...user, code: codeOf(-3) })).toBe('wrong_code');
    const paper = recoveryCodes[3]!;
    expect(await reasonOf({ ...user, code: ` ${paper.toUpperCase()}` })).toBe('in');
    expect(await reasonOf({ ...user, code: paper })).toBe('wrong_code');
    expect(await getCodeState(person)).toMatchObject({ since: expect.any(String), recoveryCodes: 9 });
    await expect(confirmPerson(person, { password: user.password }, HERE)).rejects.toMatchObject({
      reason: 'wrong_code',
    });
    await confirmPerson(person, { password: user.password, code: recoveryCodes[0]! }, HERE);
    await removeCode(person);
    expect(await reasonOf(user)).toBe('in');
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
    await expect(confirmPerson(stale, { password: 'wrong' }, HERE)).rejects.toMatchObject({
      reason: 'wrong',
    });
    expect(await entries(String(user.id))).toMatchObject([{ outcome: 'done' }, { outcome: 'refused' }]);
    await expect(addUser((await ask())!, input)).rejects.toMatchObject({ code: 'unproved' });
    await confirmPerson(stale, { password: user.password }, HERE);
    expect((await addUser((await ask())!, input)).user.role).toBe('admin');
    expect(await entriesOf('user.confirm', user.id)).toHaveLength(1);
  });
});

describe('an identity provider', () => {
  const settings = readOidcSettings({
    WEIR_OIDC_ISSUER: 'https://id.example.org',
    WEIR_OIDC_ROLES: 'boss=admin,team=analyst',
  })!;
  const claimsOf = (sub: string, changed: object = {}) => ({
    iss: settings.issuer,
    sub,
    email: `${sub}@example.org`,
    email_verified: true,
    name: sub,
    roles: ['team'],
    auth_time: Math.floor(Date.now() / 1_000),
    ...changed,
  });
  const come = (claims: object, here: Parameters<typeof signInWithProvider>[3] = null) =>
    signInWithProvider(claims, settings, HERE, here);
  const open = async (claims: object) => (await findPerson(await come(claims), HERE))!;

  test('makes its user once, and the claims of each sign-in give role, name and e-mail from then on', async () => {
    const first = await open(claimsOf('ida'));
    expect(first).toMatchObject({ role: 'analyst', email: 'ida@example.org', atProvider: true });
    const boss = await open(claimsOf('ida', { roles: ['boss'], email: 'ida.new@example.org' }));
    expect(boss).toMatchObject({ id: first.id, role: 'admin', email: 'ida.new@example.org' });
    expect((await findPerson(first.sessionId, HERE))?.role).toBe('admin');
    const written = await database().auditEntry.findMany({ where: { objectId: String(first.id) } });
    expect(written.map(({ verb }) => verb)).toEqual([
      'user.add',
      'user.sign_in',
      'user.set_role',
      'user.sign_in',
    ]);
    // No password opens it, none can be made for it, and its role is the provider's.
    expect(await reasonOf({ email: boss.email, password: 'null' })).toBe('wrong');
    for (const act of [
      () => resetPassword(root, { userId: boss.id }),
      () => setUserRole(root, { userId: boss.id, role: 'viewer' }),
      () => changePassword(boss, { password: 'seven grey herons at dusk' }),
      () => beginCode(boss),
    ])
      await expect(act()).rejects.toMatchObject({ code: 'conflict' });
  });

  test('opens no user of ours by an e-mail, and writes the attempt down', async () => {
    const local = await newUser('admin');
    const other = await open(claimsOf('otto'));
    for (const email of [local.email.toUpperCase(), other.email])
      await expect(come(claimsOf('mallory', { email }))).rejects.toMatchObject({ reason: 'oidc_taken' });
    // Nor by way of a user it vouches for, whose e-mail it changes.
    await expect(come(claimsOf('otto', { email: local.email }))).rejects.toMatchObject({
      reason: 'oidc_taken',
    });
    expect(await database().userIdentity.count({ where: { userId: local.id } })).toBe(0);
    expect((await entries('unknown')).at(-1)).toMatchObject({
      outcome: 'refused',
      objectLabel: other.email,
      detail: { provider: settings.issuer, subject: 'mallory', address: HERE.address },
    });
  });

  test('that gives no role any more ends the sessions that are open', async () => {
    const person = await open(claimsOf('rolf'));
    await expect(come(claimsOf('rolf', { roles: [] }))).rejects.toMatchObject({ reason: 'oidc_role' });
    expect(await findPerson(person.sessionId, HERE)).toBeNull();
    expect((await entries(String(person.id))).at(-1)).toMatchObject({
      outcome: 'refused',
      detail: { ended: 1 },
    });
  });

  test('proves somebody anew in their own session, and by the time that it says alone', async () => {
    const hourAgo = Math.floor(Date.now() / 1_000) - 3_600;
    const stale = await open(claimsOf('fay', { roles: ['boss'], auth_time: hourAgo }));
    const add = (by: Actor) => addApiKey(by, { name: 'by Fay' });
    await expect(add(stale)).rejects.toMatchObject({ code: 'unproved' });
    expect(await come(claimsOf('fay', { roles: ['boss'], auth_time: undefined }), stale)).toBe(
      stale.sessionId,
    );
    await expect(add((await findPerson(stale.sessionId, HERE))!)).rejects.toMatchObject({ code: 'unproved' });
    expect(await come(claimsOf('fay', { roles: ['boss'] }), stale)).toBe(stale.sessionId);
    await add((await findPerson(stale.sessionId, HERE))!);
    // Somebody else in the same browser gets a session of their own.
    expect(await come(claimsOf('gil'), stale)).not.toBe(stale.sessionId);
  });
});
