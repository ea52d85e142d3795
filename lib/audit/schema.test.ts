import { describe, expect, it } from 'vitest';
import { auditFilterSchema } from './schema';

describe('the day of the audit', () => {
  it.each(['2000-01-01', '2026-02-28', '2100-12-31'])('%s is one', (day) => {
    expect(auditFilterSchema.parse({ day }).day).toBe(day);
  });

  it.each(['0000-01-01', '1999-12-31', '2101-01-01', '9999-12-31', '2026-02-30'])('%s is none', (day) => {
    expect(auditFilterSchema.parse({ day }).day).toBeUndefined();
  });
});
