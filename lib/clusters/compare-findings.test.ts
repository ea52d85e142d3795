import { describe, expect, it } from 'vitest';
import type { FoundCluster } from '@/lib/detection/schema';
import { compareFindings } from './compare-findings';

const found = (accounts: number[], more: Partial<FoundCluster> = {}): FoundCluster => ({
  members: accounts.map((account) => ({
    account,
    role: 'core',
    strength: 1,
    kinds: [],
    strengthWithout: [],
  })),
  score: 25,
  retention: 1,
  retentionLow: 1,
  coordination: 1,
  extraction: 1,
  extractionMeasured: true,
  quadrant: 'distillation',
  evidence: [],
  ...more,
});
/** The key of account n is 100 + n. */
const KEYS = Int32Array.from({ length: 60 }, (_, n) => 100 + n);
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
const known = (id: number, accounts: number[], active = true) => ({
  id,
  active,
  status: 'open' as const,
  members: new Set(accounts.map((n) => 100 + n)),
});

describe('compareFindings()', () => {
  it('tells what appears, vanishes, is made one, turns and moves, by the queue’s ids', () => {
    const before = [found(range(0, 10)), found(range(10, 20)), found(range(20, 26)), found(range(30, 40))];
    const after = [
      found(range(0, 26)),
      found(range(30, 40), { quadrant: 'reseller_review' }),
      found(range(50, 58)),
    ];
    const queue = [
      known(7, range(0, 10)),
      known(8, range(10, 20)),
      known(4, range(30, 40)),
      known(2, range(50, 58), false),
    ];
    const { clusters, counts, unchanged } = compareFindings(before, after, KEYS, queue);
    expect(counts).toEqual({ appears: 1, vanishes: 0, merged: 2, quadrant: 1, members: 1, severity: 0 });
    expect(unchanged).toBe(0);
    const line = (change: string) => clusters.filter((each) => each.change === change);
    expect(line('members')).toMatchObject([
      { clusterId: 7, gained: { accounts: 16 }, lost: { accounts: 0 } },
    ]);
    expect(line('members')[0]?.gained.some.slice(0, 2)).toEqual([110, 111]);
    expect(line('merged')).toMatchObject([
      { clusterId: 8, otherClusterId: 7, after: null },
      { clusterId: null, otherClusterId: 7 },
    ]);
    expect(line('quadrant')).toMatchObject([{ clusterId: 4, before: { rank: 4 }, after: { rank: 2 } }]);
    expect(line('appears')).toMatchObject([{ clusterId: 2, before: null, after: { accounts: 8 } }]);
  });

  it('counts what the queue shows alike as unchanged; weak members do not count', () => {
    const weak = found(range(0, 10), { score: 26 });
    weak.members.push({ account: 11, role: 'weak', strength: 0.1, kinds: [], strengthWithout: [] });
    const { clusters, unchanged } = compareFindings([found(range(0, 10))], [weak], KEYS, []);
    expect([clusters, unchanged]).toEqual([[], 1]);
    const up = compareFindings([found(range(0, 10))], [found(range(0, 10), { score: 31 })], KEYS, []);
    expect(up.clusters).toMatchObject([{ change: 'severity' }]);
  });
});
