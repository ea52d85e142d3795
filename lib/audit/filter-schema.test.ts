import { describe, expect, it } from 'vitest';
import { auditFilterSchema } from './filter-schema';

describe('a moment of the audit', () => {
  it.each(['2000-01-01', '2026-02-28', '2100-12-31', '2026-09-24T08:30'])('%s is one', (from) => {
    expect(auditFilterSchema.parse({ from }).from).toBe(from);
  });

  it.each([
    '0000-01-01',
    '1999-12-31',
    '2101-01-01',
    '9999-12-31',
    '2026-02-30',
    '2026-09-24T25:00',
    '2026-09-24 08:30',
    '2026-9-4',
    'yesterday',
  ])('%s is none', (to) => {
    expect(auditFilterSchema.parse({ to }).to).toBeUndefined();
  });
});

describe('an address that somebody mistyped', () => {
  it('falls back on its defaults, field by field', () => {
    const filter = auditFilterSchema.parse({
      view: 'nothing',
      order: 'sideways',
      cursor: '-3',
      outcome: 'maybe',
      verb: 'x'.repeat(100),
      about: '',
      actor: 'user:7',
    });
    expect(filter).toEqual({ view: 'all', q: '', order: 'newest', actor: 'user:7' });
  });
});
