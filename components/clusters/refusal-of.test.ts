import { describe, expect, test } from 'vitest';
import type { Person, Role } from '@/lib/access/schema';
import type { ClusterRow } from '@/lib/clusters/schema';
import { refusalOf } from './refusal-of';

const me = (role: Role = 'analyst'): Person => ({
  kind: 'user',
  id: 1,
  name: 'Ines Marek',
  email: 'i@example.com',
  role,
});
const cluster = (status: ClusterRow['status'], assignee: ClusterRow['assignee'] = null) => ({
  status,
  assignee,
});
const kofi = { id: 2, name: 'Kofi Osei' };

describe('refusalOf', () => {
  test('an unclaimed open cluster can be claimed, confirmed and dismissed', () => {
    for (const verb of ['claim', 'confirm', 'dismiss'] as const) {
      expect(refusalOf(verb, cluster('open'), me())).toBeNull();
    }
  });

  test('what somebody else has claimed is refused with their name', () => {
    expect(refusalOf('claim', cluster('in_review', kofi), me())).toBe('Kofi Osei has claimed this.');
    expect(refusalOf('confirm', cluster('in_review', kofi), me())).toBe('Kofi Osei has claimed this.');
  });

  test('one’s own can be released while it is in review', () => {
    const mine = { id: 1, name: 'Ines Marek' };
    expect(refusalOf('release', cluster('in_review', mine), me())).toBeNull();
    expect(refusalOf('release', cluster('confirmed', mine), me())).toBe('It is confirmed.');
  });

  test('a dismissed cluster says what to do first', () => {
    expect(refusalOf('confirm', cluster('dismissed'), me())).toBe('It is dismissed. Reopen it first.');
    expect(refusalOf('reopen', cluster('dismissed'), me())).toBeNull();
  });

  test('roles that only read are told so', () => {
    expect(refusalOf('claim', cluster('open'), me('auditor'))).toContain('you are signed in as auditor');
  });
});
