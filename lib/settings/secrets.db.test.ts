import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Person } from '@/lib/access/schema';
import { insertUser } from '@/lib/clusters/testing/fixtures';
import { database } from '@/lib/database/client';
import { inTransaction } from '@/lib/database/transaction';
import type { SecretName } from './schema';
import { seal, unseal } from './seal';
import { keepSecret, listSecrets, readSecrets } from './secrets';

const inAnHour = () => new Date(Date.now() + 3_600_000);
const secretOf = (name: string): SecretName => ({ name: `test.${name}`, title: 'Test secret' });
const keep = (secret: SecretName, text: string, previousEndsAt: Date | null = null) =>
  inTransaction((tx) => keepSecret(tx, admin, secret, { text, reason: 'it leaked', previousEndsAt }));

let admin: Person;
let folder: string;
beforeAll(async () => {
  admin = await insertUser('admin');
});
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'weir-seal-'));
  vi.stubEnv('WEIR_STATE', folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

describe('seal()', () => {
  it('makes a key of its own on first use, for its owner only, and opens what it sealed', () => {
    const sealed = seal('a', 'whsec_1');
    const file = path.join(folder, 'seal.key');
    expect(Buffer.from(readFileSync(file, 'utf8'), 'base64')).toHaveLength(32);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(unseal('a', sealed)).toBe('whsec_1');
    expect(Buffer.from(sealed).toString('latin1')).not.toContain('whsec_1');
    expect(Buffer.from(seal('a', 'whsec_1')).equals(sealed)).toBe(false);
  });

  it('opens nothing with another key, under another name, changed by a byte or cut short', () => {
    const sealed = seal('a', 'whsec_1');
    expect(() => unseal('b', sealed)).toThrow('unsealing');
    expect(() =>
      unseal(
        'a',
        sealed.map((byte, index) => (index === 30 ? byte ^ 1 : byte)),
      ),
    ).toThrow('unsealing');
    expect(() => unseal('a', sealed.subarray(0, 20))).toThrow('unsealing');
    vi.stubEnv('WEIR_SEAL_KEY', Buffer.alloc(32, 7).toString('base64'));
    expect(() => unseal('a', sealed)).toThrow('unsealing');
  });

  it('says so when the key is no key, instead of sealing with less', () => {
    vi.stubEnv('WEIR_SEAL_KEY', 'c2hvcnQ=');
    expect(() => seal('a', 'x')).toThrow('WEIR_SEAL_KEY');
    vi.stubEnv('WEIR_SEAL_KEY', '');
    writeFileSync(path.join(folder, 'seal.key'), '');
    expect(() => seal('a', 'x')).toThrow('seal.key');
  });
});

describe('keepSecret()', () => {
  it('keeps the one before for a while, never more than two, and drops what has ended', async () => {
    const secret = secretOf('rotated');
    await keep(secret, 'one');
    await keep(secret, 'two', inAnHour());
    expect(await readSecrets(secret)).toEqual(['two', 'one']);
    await keep(secret, 'three', inAnHour());
    expect(await readSecrets(secret)).toEqual(['three', 'two']);
    await keep(secret, 'four', null);
    expect(await readSecrets(secret)).toEqual(['four']);
    expect(await database().settingSecret.count({ where: { name: secret.name } })).toBe(1);
  });

  it('stops using the one before when its time is over', async () => {
    const secret = secretOf('ended');
    await keep(secret, 'one');
    await keep(secret, 'two', new Date(Date.now() - 1));
    expect(await readSecrets(secret)).toEqual(['two']);
    expect(await listSecrets(secret)).toMatchObject([{ madeBy: admin.name, endsAt: null }]);
  });

  it('writes fingerprints into the audit, and the text nowhere', async () => {
    const secret = secretOf('audited');
    await keep(secret, 'very-secret-text');
    const [row] = await database().settingSecret.findMany({ where: { name: secret.name } });
    const entries = await database().auditEntry.findMany({ where: { objectId: secret.name } });
    expect(entries).toMatchObject([{ verb: 'setting.change', after: { fingerprint: row?.fingerprint } }]);
    expect(
      JSON.stringify([row, entries], (_, value) => (typeof value === 'bigint' ? String(value) : value)),
    ).not.toContain('very-secret');
  });

  it('lets rivals come one after another: one secret is current', async () => {
    const secret = secretOf('raced');
    await Promise.all(['a', 'b', 'c', 'd'].map((text) => keep(secret, text, inAnHour())));
    expect(await readSecrets(secret)).toHaveLength(2);
    expect(await database().settingSecret.count({ where: { name: secret.name, endsAt: null } })).toBe(1);
  });
});
