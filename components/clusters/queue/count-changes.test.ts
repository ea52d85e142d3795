import { describe, expect, test } from 'vitest';
import type { ClusterRow } from '@/lib/clusters/schema';
import { countChanges } from './count-changes';

const row = (id: number, updatedAt: string, statusNote: string | null = null) =>
  ({ id, updatedAt, statusNote }) as ClusterRow;

describe('countChanges', () => {
  test('counts new, gone and changed clusters once each', () => {
    const shown = [row(1, 'a'), row(2, 'a'), row(3, 'a'), row(4, 'a')];
    const latest = [row(2, 'b'), row(1, 'a'), row(4, 'a', 'P-3 waits'), row(5, 'a')];
    expect(countChanges(shown, latest)).toBe(4);
  });

  test('another order alone is no change', () => {
    expect(countChanges([row(1, 'a'), row(2, 'a')], [row(2, 'a'), row(1, 'a')])).toBe(0);
  });
});
