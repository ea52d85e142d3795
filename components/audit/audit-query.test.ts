import { describe, expect, test } from 'vitest';
import { formatDay } from '@/components/ui/format';
import { auditFilterSchema } from '@/lib/audit/filter-schema';
import { aboutHref, auditHref, objectHref, rangeWords } from './audit-query';

const readBack = (href: string) =>
  auditFilterSchema.parse(Object.fromEntries(new URL(href, 'http://desk').searchParams));

describe('auditHref', () => {
  test('leaves out what is the default and can be read back', () => {
    expect(auditHref(auditFilterSchema.parse({}))).toBe('/audit');
    const filter = auditFilterSchema.parse({
      view: 'refused',
      q: 'heron & co',
      from: '2026-09-24',
      to: '2026-09-25T08:30',
      order: 'oldest',
      object: 'account:a/../b?c',
      cursor: '120',
    });
    expect(readBack(auditHref(filter))).toEqual(filter);
  });

  test('everything of an object begins at its beginning, whatever its id holds', () => {
    expect(readBack(aboutHref('account', 'a&order=newest'))).toMatchObject({
      about: 'account:a&order=newest',
      order: 'oldest',
    });
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

describe('rangeWords', () => {
  test.each([
    [{}, undefined],
    [{ from: '2026-09-24', to: '2026-09-24' }, '24 Sep 2026'],
    [{ from: '2026-09-24T08:30' }, 'from 24 Sep 2026 08:30'],
    [{ to: '2026-09-25' }, 'to 25 Sep 2026'],
    [{ from: '2026-09-24', to: '2026-09-25T08:30' }, '24 Sep 2026 – 25 Sep 2026 08:30'],
  ])('%o', (range, words) => {
    expect(rangeWords(range, formatDay)).toBe(words);
  });
});
