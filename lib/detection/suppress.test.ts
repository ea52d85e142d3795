import { describe, expect, it } from 'vitest';
import { buildGraph } from './build-graph';
import { createCounter } from './retention';
import { defaultConfig, type Snapshot } from './schema';
import { suppressPopular } from './suppress';
import { World } from './testing/world';

/** What is left of each value's weight, by value id. */
function factorsOf(snapshot: Snapshot): { factors: Record<string, number>; suppressed: unknown } {
  const graph = buildGraph(snapshot, defaultConfig);
  const suppressed = suppressPopular(graph, createCounter(graph), defaultConfig);
  return {
    factors: Object.fromEntries(graph.valueIds.map((id, v) => [id, graph.factor[v]!])),
    suppressed,
  };
}

/** A thousand accounts with cards of their own, the first `n` of which share a value. */
function sharedBy(n: number, kind: string): World {
  const world = new World();
  for (let i = 0; i < 1000; i++) {
    world.seen(`user-${i}`, 'payment', `pm-${i}`);
    if (i < n) world.seen(`user-${i}`, kind, 'shared');
  }
  return world;
}

describe('suppressPopular()', () => {
  it.each(['ip', 'client_fingerprint', 'system_prompt', 'template'])(
    'takes all weight from a popular %s',
    (kind) => {
      const { factors, suppressed } = factorsOf(sharedBy(300, kind).snapshot());
      expect(factors.shared).toBe(0);
      const strongest = [{ valueId: 'shared', population: 300 }];
      expect(suppressed).toEqual([{ kind, values: 1, reason: 'popular', strongest }]);
    },
  );

  it('takes part of the weight of what is on the way to popular, and none of what is rare', () => {
    expect(factorsOf(sharedBy(60, 'ip').snapshot()).factors.shared).toBeCloseTo(0.5);
    expect(factorsOf(sharedBy(15, 'ip').snapshot()).factors.shared).toBe(1);
  });

  it.each(['payment', 'phone', 'device', 'referral_code'])(
    'never touches %s, however many share it',
    (kind) => {
      expect(factorsOf(sharedBy(600, kind).snapshot()).factors.shared).toBe(1);
    },
  );

  it('leaves a popular template to an operation that cards hold together', () => {
    const world = sharedBy(0, 'template');
    for (let i = 0; i < 400; i++) {
      world.seen(`bot-${i}`, 'payment', `bot card ${i % 4}`);
      world.seen(`bot-${i}`, 'template', `bot template ${i % 3}`);
    }
    expect(factorsOf(world.snapshot()).factors['bot template 0']).toBe(1);
  });

  it('lists what the accounts of one organization alone share, by how many of them', () => {
    const world = sharedBy(3, 'ip');
    for (const id of ['b', 'a', 'c']) {
      world.account(id, 'org');
      world.seen(id, 'payment', 'company card');
      if (id !== 'c') world.seen(id, 'payment', 'second card');
    }
    const snapshot = world.snapshot();
    const { suppressed } = factorsOf(snapshot);
    const holder = snapshot.accountIds.indexOf('a');
    expect(suppressed).toEqual([
      {
        kind: 'payment',
        reason: 'one_entity',
        values: 2,
        strongest: [
          { valueId: 'company card', population: 3, holder },
          { valueId: 'second card', population: 2, holder },
        ],
      },
    ]);
  });

  it.each(['listed', 'muted'] as const)('takes all weight from %s values and says by what', (reason) => {
    const snapshot = sharedBy(10, 'ip').snapshot();
    const value = snapshot.valueIds.indexOf('shared');
    const { factors, suppressed } = factorsOf({
      ...snapshot,
      listedValues: [
        { value, reason, source: 'VPN exits' },
        { value, reason: 'listed', source: 'a later list' },
      ],
    });
    expect(factors.shared).toBe(0);
    const strongest = [{ valueId: 'shared', population: 10 }];
    expect(suppressed).toEqual([{ kind: 'ip', values: 1, reason, source: 'VPN exits', strongest }]);
  });
});
