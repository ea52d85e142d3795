import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkSettings } from './check-settings';

const oidc = {
  WEIR_OIDC_ISSUER: 'https://id.example.org/realms/x',
  WEIR_OIDC_CLIENT_ID: 'weir',
  WEIR_OIDC_CLIENT_SECRET: 'a secret',
  WEIR_OIDC_ROLES: 'weir-admins=admin,cn=team=analyst',
};

describe('checkSettings()', () => {
  it.each([
    ['PORT', '80x'],
    ['PORT', '70000'],
    ['DATABASE_URL', 'mysql://x'],
    ['NEXTAUTH_URL', 'weir.example.org'],
    ['NEXTAUTH_URL', 'https://weir.example.org/desk'],
    ['NEXTAUTH_SECRET', 'short'],
    ['WEIR_DEMO', 'no'],
    ['WEIR_SEAL_KEY', 'c2hvcnQ='],
    ['WEIR_FORGET_KEY', 'abc'],
    ['WEIR_CAP_PAYING_PERCENT', '101'],
    ['WEIR_RATE', '-3'],
    ['WEIR_SIEM_URL', 'file:///etc/passwd'],
    ['WEIR_MAIL_FROM', 'Weir <weir@example.org>\r\nBcc: x@example.org'],
    ['WEIR_OIDC_ISSUER', 'http://id.example.org'],
    ['WEIR_OIDC_ROLES', 'weir-team=owner'],
  ])('names %s=%s in one line that does not repeat it', (name, value) => {
    const lines = checkSettings({ ...oidc, [name]: value }).wrong;
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(new RegExp(`^${name} is to `));
    expect(lines[0]).not.toContain(` ${value}`);
  });

  it('wants the address that mail comes from beside the server', () => {
    const lines = checkSettings({ WEIR_SMTP_URL: 'smtps://me:secret@mail.example.org' }).wrong;
    expect(lines).toEqual([expect.stringMatching(/^WEIR_MAIL_FROM is missing/)]);
  });

  it('takes what is right, and what is empty as not set', () => {
    const fine = {
      ...oidc,
      PORT: '3000',
      NEXTAUTH_URL: 'https://weir.example.org',
      WEIR_SEAL_KEY: Buffer.alloc(32).toString('base64'),
      WEIR_RATE: '0.5',
      WEIR_POOL: '',
      PATH: '/bin',
    };
    expect(checkSettings(fine)).toEqual({ wrong: [], unknown: [] });
  });

  it('wants sign-in at an identity provider set whole or not at all', () => {
    const { WEIR_OIDC_CLIENT_SECRET: _, WEIR_OIDC_ROLES: __, ...half } = oidc;
    expect(checkSettings(half).wrong).toEqual([
      'WEIR_OIDC_CLIENT_SECRET, WEIR_OIDC_ROLES are to be set with the other WEIR_OIDC_ settings.',
    ]);
  });

  it('finds a name that nothing reads', () => {
    expect(checkSettings({ WEIR_OUTGOING_ALOW: '10.0.0.1' })).toEqual({
      wrong: [],
      unknown: ['WEIR_OUTGOING_ALOW is no setting of Weir: nothing reads it.'],
    });
  });

  it('knows every name that the sources read', () => {
    const root = path.resolve(import.meta.dirname, '../..');
    const files = ['lib', 'app'].flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.tsx?$/.test(name) && !/\.test\.|testing|bench|generated/.test(name))
        .map((name) => readFileSync(path.join(root, folder, name), 'utf8')),
    );
    const names = new Set(files.flatMap((text) => text.match(/\bWEIR_[A-Z_]*[A-Z]\b/g) ?? []));
    const set = Object.fromEntries([...names].map((name) => [name, '']));
    expect(checkSettings(set)).toEqual({ wrong: [], unknown: [] });
  });
});
