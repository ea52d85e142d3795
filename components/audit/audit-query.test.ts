import { describe, expect, test } from 'vitest';
import { auditFilterSchema } from '@/lib/audit/schema';
import { auditHref, objectHref } from './audit-query';

describe('auditHref', () => {
  test('leaves out what is the default and can be read back', () => {
    expect(auditHref(auditFilterSchema.parse({}))).toBe('/audit');
    const filter = auditFilterSchema.parse({
      view: 'refused',
      q: 'heron & co',
      day: '2026-09-24',
      before: '120',
    });
    const href = auditHref(filter);
    const query = Object.fromEntries(new URL(href, 'http://desk').searchParams);
    expect(auditFilterSchema.parse(query)).toEqual(filter);
  });
});

describe('objectHref', () => {
  test('leads to the object’s page', () => {
    expect(objectHref({ objectType: 'cluster', objectId: 'CL-12' })).toBe('/clusters/12');
    expect(objectHref({ objectType: 'proposal', objectId: 'P-3' })).toBe('/approvals/3');
    expect(objectHref({ objectType: 'account', objectId: 'a/../b?c' })).toBe('/accounts/a%2F..%2Fb%3Fc');
  });

  test('is null for objects without a page', () => {
    expect(objectHref({ objectType: 'user', objectId: '7' })).toBeNull();
    expect(objectHref({ objectType: 'cluster', objectId: 'unknown' })).toBeNull();
  });
});
