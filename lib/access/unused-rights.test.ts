import { describe, expect, it } from 'vitest';
import { RIGHTS, type Right } from './rules';
import { findingOfKey, findingsOf, isJudged, proves, unusedRights } from './unused-rights';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const ago = (days: number) => new Date(NOW - days * 86_400_000).toISOString();

describe('unusedRights()', () => {
  it('are those of the role that no verb proves', () => {
    const used = ['proposal.reject', 'cluster.claim', 'cluster.confirm', 'user.sign_in'];
    const unused = unusedRights('approver', used);
    expect(unused).toContain('enforcement.steer');
    expect(unused).toContain('cluster.comment');
    expect(unused).not.toContain('proposal.approve');
    expect(unused).not.toContain('cluster.decide');
    expect(unused).not.toContain('user.manage');
  });

  it('never are rights to read, which leave no entry', () => {
    expect(unusedRights('viewer', [])).toEqual([]);
    expect(isJudged('desk.read')).toBe(false);
  });

  it('a right that nobody described is proved by any verb of its noun', () => {
    expect(proves('account.forget', 'account.forget')).toBe(true);
    expect(proves('key.manage', 'key.revoke')).toBe(true);
    expect(proves('key.manage', 'keyring.open')).toBe(false);
    for (const right of Object.keys(RIGHTS) as Right[]) expect(typeof isJudged(right)).toBe('boolean');
  });
});

describe('findingsOf()', () => {
  const person = {
    role: 'approver' as const,
    state: 'active' as const,
    createdAt: ago(400),
    lastSignInAt: ago(1),
    done: 10,
    refused: 0,
    unused: ['proposal.approve'] as Right[],
  };

  it('names the right that a role is for', () => {
    expect(findingsOf(person, 90, NOW)).toEqual(['approver, nothing approved or rejected in 90 days']);
    expect(findingsOf({ ...person, unused: [] }, 90, NOW)).toEqual([]);
  });

  it('gives the new their time', () => {
    expect(findingsOf({ ...person, createdAt: ago(89) }, 90, NOW)).toEqual([]);
    expect(findingsOf({ ...person, createdAt: ago(6), lastSignInAt: null }, 90, NOW)).toEqual([]);
    expect(findingsOf({ ...person, createdAt: ago(8), lastSignInAt: null }, 90, NOW)).toEqual([
      'never signed in',
    ]);
  });

  it('names absence, locks and many refusals, and nothing of the disabled', () => {
    const absent = { ...person, unused: [], lastSignInAt: ago(91), state: 'locked' as const, refused: 6 };
    expect(findingsOf(absent, 90, NOW)).toEqual([
      'locked after failed sign-ins',
      'no sign-in in 90 days',
      '6 attempts refused',
    ]);
    expect(findingsOf({ ...absent, state: 'disabled' }, 90, NOW)).toEqual([]);
  });
});

describe('findingOfKey()', () => {
  const key = { createdAt: ago(100), lastUsedAt: null, revokedAt: null };
  it.each([
    [key, 'never used'],
    [{ ...key, createdAt: ago(2) }, null],
    [{ ...key, lastUsedAt: ago(91) }, 'not used in 90 days'],
    [{ ...key, lastUsedAt: ago(3) }, null],
    [{ ...key, revokedAt: ago(1) }, null],
  ])('%#', (given, words) => {
    expect(findingOfKey(given, 90, NOW)).toBe(words);
  });
});
