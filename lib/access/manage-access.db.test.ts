import { beforeAll, describe, expect, test } from 'vitest';
import { database } from '@/lib/database/client';
import { addApiKey } from './add-api-key';
import { addUser } from './add-user';
import { authenticateKey, refuseEndedKey } from './authenticate-key';
import { endSessions } from './end-sessions';
import { listApiKeys } from './list-api-keys';
import { listKeysInUse } from './list-keys-in-use';
import { listUsers } from './list-users';
import { revokeApiKey } from './revoke-api-key';
import { rotateApiKey } from './rotate-api-key';
import { type Actor, newUserSchema, type Person, ROLES, type Role } from './schema';
import { setUserDisabled } from './set-user-disabled';
import { setUserRole } from './set-user-role';
import { signIn } from './sign-in';

const root: Actor = { kind: 'cli', name: 'root' };
let admin: Person;

let made = 0;
async function insertUser(role: Role, name = `Test ${role}`): Promise<Person> {
  const email = `${role}${++made}@example.com`;
  const { user } = await addUser(root, { email, name, role });
  return { kind: 'user', id: user.id, name, email, role, provedAt: Date.now() / 1000 };
}

beforeAll(async () => {
  admin = await insertUser('admin', 'Ada');
});

const lastEntry = () => database().auditEntry.findFirstOrThrow({ orderBy: { id: 'desc' } });

describe('users', () => {
  test('get a readable one-time password that works and stands nowhere but in the answer', async () => {
    const input = newUserSchema.parse({ email: ' New@Example.com', name: ' New ', role: 'analyst' });
    const { user, password } = await addUser(root, input);
    expect(password).toMatch(/^([a-hjkm-np-tv-z2-9]{5}-){3}[a-hjkm-np-tv-z2-9]{5}$/);
    expect(user).toMatchObject({ email: 'new@example.com', name: 'New', role: 'analyst', disabledAt: null });
    expect(user).not.toHaveProperty('passwordHash');
    await expect(
      signIn({ email: user.email, password }, { address: '192.0.2.1', agent: '' }),
    ).resolves.toMatchObject({ id: user.id });
    const stored = await database().user.findUniqueOrThrow({ where: { id: user.id } });
    expect(stored.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    const rows = await database().$queryRaw<
      { text: string }[]
    >`SELECT audit_entry::text AS text FROM audit_entry`;
    expect(rows.some(({ text }) => text.includes(password))).toBe(false);
  });

  test('have one e-mail each; the second is refused and leaves no entry', async () => {
    const input = { email: 'twice@example.com', name: 'Twice', role: 'viewer' } as const;
    await addUser(root, input);
    const before = await database().auditEntry.count();
    await expect(addUser(root, input)).rejects.toMatchObject({ code: 'conflict' });
    expect(await database().auditEntry.count()).toBe(before);
  });

  test('nobody disables themselves', async () => {
    await expect(setUserDisabled(admin, { userId: admin.id, disabled: true })).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  test('the last administrator stays, even when two disable each other at the same moment', async () => {
    const other = await insertUser('admin', 'Bea');
    const outcomes = await Promise.allSettled([
      setUserDisabled(admin, { userId: other.id, disabled: true }),
      setUserDisabled(other, { userId: admin.id, disabled: true }),
    ]);
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
    expect(await database().user.count({ where: { role: 'admin', disabledAt: null } })).toBe(1);
    await setUserDisabled(root, { userId: admin.id, disabled: false });
    await setUserDisabled(root, { userId: other.id, disabled: true });
    const last = { forPerson: 'Ada is the last administrator. Add another one first.' };
    await expect(setUserDisabled(root, { userId: admin.id, disabled: true })).rejects.toMatchObject(last);
    await expect(setUserRole(root, { userId: admin.id, role: 'viewer' })).rejects.toMatchObject(last);
  });

  test('disabling twice changes nothing and writes one entry', async () => {
    const person = await insertUser('viewer');
    await setUserDisabled(admin, { userId: person.id, disabled: true });
    expect(await lastEntry()).toMatchObject({
      verb: 'user.disable',
      objectId: String(person.id),
      after: { disabled: true },
    });
    const before = await database().auditEntry.count();
    await setUserDisabled(admin, { userId: person.id, disabled: true });
    expect(await database().auditEntry.count()).toBe(before);
  });
});

describe('API keys', () => {
  test('are shown once, kept as a hash, and name the machine that sends them', async () => {
    const { row, key } = await addApiKey(admin, { name: ' Log shipper ' });
    expect(key).toMatch(/^weir_[A-Za-z0-9_-]{43}$/);
    expect(row).toMatchObject({
      name: 'Log shipper',
      prefix: key.slice(0, 11),
      createdBy: 'Ada',
      lastUsedAt: null,
    });
    const stored = await database().$queryRaw<{ text: string }[]>`SELECT api_key::text || coalesce((
      SELECT string_agg(audit_entry::text, '') FROM audit_entry), '') AS text FROM api_key`;
    expect(stored.some(({ text }) => text.includes(key))).toBe(false);
    expect(await authenticateKey(`Bearer ${key}`)).toEqual({
      kind: 'key',
      id: row.id,
      name: 'Log shipper',
      door: 'records',
    });
    expect(await authenticateKey(`bearer  ${key} `)).toMatchObject({ id: row.id });
  });

  test('note their use at most once a minute', async () => {
    const { row, key } = await addApiKey(admin, { name: 'Busy' });
    const used = async () =>
      (await database().apiKey.findUniqueOrThrow({ where: { id: row.id } })).lastUsedAt;
    await authenticateKey(`Bearer ${key}`);
    const first = await used();
    await authenticateKey(`Bearer ${key}`);
    expect(await used()).toEqual(first);
    const earlier = new Date(Date.now() - 61_000);
    await database().apiKey.update({ where: { id: row.id }, data: { lastUsedAt: earlier } });
    await authenticateKey(`Bearer ${key}`);
    expect((await used())?.getTime()).toBeGreaterThan(earlier.getTime());
  });

  test('that are missing, malformed, unknown or revoked are each told what to do', async () => {
    const { row, key } = await addApiKey(admin, { name: 'Old' });
    await revokeApiKey(admin, { keyId: row.id });
    expect(await lastEntry()).toMatchObject({ verb: 'key.revoke', objectLabel: 'Old' });
    const cases: [string | null, RegExp][] = [
      [null, /^Send an API key/],
      ['Basic abc', /holds no API key/],
      [`Bearer ${key}x`, /holds no API key/],
      [`Bearer weir_${'A'.repeat(43)}`, /is not known here/],
      [`Bearer ${key}`, /"Old" was revoked/],
    ];
    for (const [header, words] of cases) {
      await expect(authenticateKey(header)).rejects.toMatchObject({
        code: 'not_signed_in',
        forPerson: expect.stringMatching(words),
      });
    }
    await expect(revokeApiKey(admin, { keyId: row.id })).rejects.toMatchObject({ code: 'conflict' });
    expect((await listApiKeys(admin)).find((listed) => listed.id === row.id)?.revokedAt).not.toBeNull();
  });
});

describe('an API key', () => {
  test('opens only its own doors, until it expires', async () => {
    const { row, key } = await addApiKey(admin, { name: 'Partner', scopes: ['taxii'], days: 30 });
    expect(row).toMatchObject({ scopes: ['taxii'], expiresAt: expect.any(String), replaced: false });
    const header = `Bearer ${key}`;
    await expect(authenticateKey(header)).rejects.toMatchObject({
      code: 'forbidden',
      forPerson: expect.stringContaining('sends no records'),
    });
    await expect(authenticateKey(header, 'metrics')).rejects.toMatchObject({
      code: 'forbidden',
      forPerson: expect.stringContaining('reads no metrics'),
    });
    const actor = await authenticateKey(header, 'taxii');
    await database().apiKey.update({ where: { id: row.id }, data: { expiresAt: new Date() } });
    const over = { code: 'not_signed_in', forPerson: expect.stringContaining('has expired') };
    await expect(authenticateKey(header, 'taxii')).rejects.toMatchObject(over);
    await expect(refuseEndedKey(actor)).rejects.toMatchObject(over);
    await expect(addApiKey(admin, { name: 'x', scopes: [] })).rejects.toThrow('at least one door');
    await expect(addApiKey(admin, { name: 'x', days: 0 })).rejects.toThrow();
    expect((await listKeysInUse(admin)).map(({ id }) => id)).not.toContain(row.id);
  });

  test('is replaced with a time in which both open the door, once', async () => {
    const { row, key } = await addApiKey(admin, { name: 'Shipper', perMinute: 1_000 });
    const both = await Promise.allSettled([
      rotateApiKey(admin, { keyId: row.id, keepHours: 24 }),
      rotateApiKey(admin, { keyId: row.id, keepHours: 24 }),
    ]);
    const made = both.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    expect(made).toHaveLength(1);
    expect(made[0]?.row).toMatchObject({ name: 'Shipper', scopes: ['records'], perMinute: 1_000 });
    expect(await lastEntry()).toMatchObject({ verb: 'key.rotate', before: { prefix: key.slice(0, 11) } });
    expect(await authenticateKey(`Bearer ${key}`)).toMatchObject({ id: row.id });
    expect(await authenticateKey(`Bearer ${made[0]?.key}`)).toMatchObject({ id: made[0]?.row.id });
    const hours = (await listApiKeys(admin)).find(({ id }) => id === row.id);
    expect(hours?.replaced).toBe(true);
    expect((Date.parse(hours?.expiresAt ?? '') - Date.now()) / 3_600_000).toBeCloseTo(24, 1);
    const next = await rotateApiKey(admin, { keyId: made[0]!.row.id, keepHours: 0 });
    await expect(authenticateKey(`Bearer ${made[0]?.key}`)).rejects.toMatchObject({ code: 'not_signed_in' });
    expect(await authenticateKey(`Bearer ${next.key}`)).toMatchObject({ id: next.row.id });
  });
});

describe('rights', () => {
  const verbs: [string, (actor: Actor) => Promise<unknown>][] = [
    ['add users', (actor) => addUser(actor, { email: 'x@example.com', name: 'X', role: 'admin' })],
    ['list users', listUsers],
    ['disable users', (actor) => setUserDisabled(actor, { userId: 1, disabled: true })],
    ['give roles', (actor) => setUserRole(actor, { userId: 1, role: 'admin' })],
    ['sign others out', (actor) => endSessions(actor, { userId: 999_999 })],
    ['add keys', (actor) => addApiKey(actor, { name: 'X' })],
    ['list keys', listApiKeys],
    ['replace keys', (actor) => rotateApiKey(actor, { keyId: 1, keepHours: 0 })],
    ['revoke keys', (actor) => revokeApiKey(actor, { keyId: 1 })],
  ];
  const others = ROLES.filter((role) => role !== 'admin');
  test.each(verbs.flatMap(([verb, run]) => others.map((role) => ({ verb, role, run }))))(
    '$role may not $verb',
    async ({ run, role }) => {
      await expect(run({ ...admin, role })).rejects.toMatchObject({ code: 'forbidden' });
    },
  );
  test.each(verbs)('a key may not %s', async (_, run) => {
    await expect(run({ kind: 'key', id: 1, name: 'Shipper' })).rejects.toMatchObject({ code: 'forbidden' });
  });
});
