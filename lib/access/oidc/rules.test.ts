import { describe, expect, test } from 'vitest';
import { judgeClaims } from './rules';
import { readOidcSettings } from './schema';

const NOW = Date.UTC(2026, 5, 1);
const settings = readOidcSettings({
  WEIR_OIDC_ISSUER: 'https://id.example.org',
  WEIR_OIDC_ROLE_CLAIM: 'realm_access.roles',
  WEIR_OIDC_ROLES: 'cn=chiefs=approver, team=analyst',
})!;
const claims = {
  iss: 'https://id.example.org',
  sub: '7',
  email: 'Ada@Example.org',
  email_verified: true,
  name: ' Ada ',
  auth_time: NOW / 1_000 - 60,
  realm_access: { roles: ['other', 'team', 'cn=chiefs'] },
};
const judge = (changed: object) => judgeClaims({ ...claims, ...changed }, settings, NOW);

describe('judgeClaims()', () => {
  test('gives the role of the first pair that the person has, and when they signed in', () => {
    expect(judge({})).toEqual({
      vouched: {
        issuer: claims.iss,
        subject: '7',
        email: 'ada@example.org',
        name: 'Ada',
        role: 'approver',
        provedAt: new Date(NOW - 60_000),
      },
    });
    expect(judge({ realm_access: undefined, 'realm_access.roles': 'team' })).toMatchObject({
      vouched: { role: 'analyst' },
    });
  });

  test.each([
    ['another issuer', { iss: 'https://id.example.org.evil.example' }, 'oidc'],
    ['no subject', { sub: '' }, 'oidc'],
    ['an e-mail that is none', { email: 'x' }, 'oidc'],
    ['no e-mail', { email: undefined }, 'oidc_email'],
    ['an e-mail it does not vouch for', { email_verified: false }, 'oidc_email'],
    ['an e-mail of which it does not say', { email_verified: undefined }, 'oidc_email'],
    ['text in place of its word', { email_verified: 'true' }, 'oidc_email'],
    ['no role', { realm_access: {} }, 'oidc_role'],
    ['a role by the name of what every object has', { realm_access: { roles: 'constructor' } }, 'oidc_role'],
    ['roles that are no text', { realm_access: { roles: [['team']] } }, 'oidc_role'],
  ])('refuses %s', (_, changed, refused) => {
    expect(judge(changed)).toMatchObject({ refused });
  });

  test.each([undefined, NOW / 1_000 + 3_600])('takes a sign-in at %s for one of long ago', (auth_time) => {
    expect(judge({ auth_time })).toMatchObject({ vouched: { provedAt: new Date(0) } });
  });
});
