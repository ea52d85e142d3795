import { describe, expect, test } from 'vitest';
import { makePassword } from './password';
import { may, type Right, safeNext, signInMessage } from './rules';
import type { Person } from './schema';
import { ROLES } from './schema';

describe('rights', () => {
  const table: [Right, string][] = [
    ['desk.read', 'viewer analyst approver admin auditor'],
    ['desk.read_sensitive', 'viewer analyst approver admin'],
    ['audit.read', 'viewer analyst approver admin auditor'],
    ['audit.export', 'approver admin auditor'],
    ['cluster.claim', 'analyst approver'],
    ['cluster.decide', 'analyst approver'],
    ['cluster.comment', 'analyst approver'],
    ['cluster.assign', 'approver'],
    ['view.share', 'analyst approver admin'],
    ['proposal.create', 'analyst approver'],
    ['proposal.approve', 'approver'],
    ['enforcement.steer', 'approver'],
    ['user.manage', 'admin'],
    ['key.manage', 'admin'],
    ['settings.manage', 'admin'],
  ];
  test.each(table)('%s is for: %s', (right, roles) => {
    const person = { kind: 'user', id: 1, name: 'A', email: 'a@example.com' } as const;
    expect(ROLES.filter((role) => may({ ...person, role } satisfies Person, right)).join(' ')).toBe(roles);
  });
});

describe('after signing in', () => {
  test.each([
    ['/clusters/12?tab=network', '/clusters/12?tab=network'],
    ['', '/'],
    [null, '/'],
    ['https://evil.example', '/'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['/\t/evil.example', '/'],
    ['javascript:alert(1)', '/'],
    ['/login?next=/login', '/'],
  ])('%j leads to %s', (next, target) => expect(safeNext(next)).toBe(target));

  test('an error that is not ours reads as a wrong password', () => {
    expect(signInMessage('<b>call 555</b>')).toBe(signInMessage('wrong'));
    expect(signInMessage('toString')).toBe(signInMessage('wrong'));
  });
});

test('passwords made here differ', () => {
  expect(new Set(Array.from({ length: 1_000 }, makePassword)).size).toBe(1_000);
});
