import { describe, expect, it } from 'vitest';
import { buildGraph } from './build-graph';
import {
  combineAll,
  correctedForSize,
  createCounter,
  measureRetention,
  median,
  wilsonLow,
} from './retention';
import { defaultConfig } from './schema';
import { World } from './testing/world';

/** r_i of the accounts named, as one cluster, in the order of their ids. */
function retentionOf(world: World, ids: string[]): number[] {
  const snapshot = world.snapshot();
  const graph = buildGraph(snapshot, defaultConfig);
  const units = ids.map((id) => graph.unitAccounts.indexOf(snapshot.accountIds.indexOf(id)));
  const held = measureRetention(graph, Int32Array.from(units).sort(), createCounter(graph));
  return [...combineAll(held, defaultConfig)];
}

describe('measureRetention()', () => {
  it('is the mean over values of the share of other holders that are members', () => {
    const world = new World();
    for (const id of ['a', 'b', 'c', 'x']) world.seen(id, 'wallet', 'shared');
    world.seen('a', 'wallet', 'own');
    world.seen('b', 'wallet', 'of a and b');
    world.seen('a', 'wallet', 'of a and b');
    const [a, b, c] = retentionOf(world, ['a', 'b', 'c']);
    expect(a).toBeCloseTo((2 / 3 + 1) / (2 + defaultConfig.ownWeight));
    expect(b).toBeCloseTo((2 / 3 + 1) / 2);
    expect(c).toBeCloseTo(2 / 3);
  });

  it("stays for sure at a value that is a member's id, and not at one that is an outsider's", () => {
    const world = new World();
    world.seen('a', 'wallet', 'b');
    world.seen('b', 'wallet', 'x');
    world.account('x');
    expect(retentionOf(world, ['a', 'b'])).toEqual([1, 0]);
  });

  it('does not count what only accounts of one organization share', () => {
    const world = new World();
    for (const id of ['a', 'b']) {
      world.account(id, 'acme');
      world.seen(id, 'payment', 'company card');
    }
    world.seen('c', 'payment', 'other');
    const graph = buildGraph(world.snapshot(), defaultConfig);
    expect(graph.units).toBe(2);
    expect(graph.values).toBe(0);
  });

  it('adds weak kinds and never lets them dilute', () => {
    const hard = new World();
    for (const id of ['a', 'b']) hard.seen(id, 'ip', 'address');
    hard.seen('c', 'ip', 'address');
    const mixed = new World();
    for (const id of ['a', 'b', 'c']) mixed.seen(id, 'ip', 'address');
    for (const id of ['a', 'b']) mixed.seen(id, 'prefix', 'net');
    mixed.seen('a', 'user_agent', 'curl');
    const [before] = retentionOf(hard, ['a', 'b']);
    const [after] = retentionOf(mixed, ['a', 'b']);
    expect(before).toBeCloseTo(0.5);
    expect(after).toBeCloseTo(0.5 + 0.15 / 0.5);
  });

  it('lets own values of further kinds dilute only up to the cap', () => {
    const world = new World();
    for (const id of ['a', 'b', 'c']) {
      world.seen(id, 'payment', 'card');
      for (const kind of ['phone', 'device', 'ip', 'template']) world.seen(id, kind, `own ${id}`);
    }
    expect(retentionOf(world, ['a', 'b', 'c'])[0]).toBeCloseTo(1 / defaultConfig.retentionCap);
  });
});

describe('correctedForSize()', () => {
  it('is 0 for what chance gives a cluster of its size, 1 for full retention, 0 for everybody', () => {
    expect(correctedForSize(0.25, 25, 100)).toBe(0);
    expect(correctedForSize(1, 25, 100)).toBe(1);
    expect(correctedForSize(1, 100, 100)).toBe(0);
  });
});

describe('wilsonLow()', () => {
  it('gives the published bound for 9 of 10 at z = 1.96', () => {
    expect(wilsonLow(0.9, 10, 1.96)).toBeCloseTo(0.5958, 3);
  });

  it('rises with the number seen and stays within 0 and 1', () => {
    expect(wilsonLow(1, 5, 2)).toBeLessThan(wilsonLow(1, 50, 2));
    expect(wilsonLow(-0.2, 5, 2)).toBe(0);
    expect(wilsonLow(1, 1e9, 2)).toBeLessThanOrEqual(1);
  });
});

describe('median()', () => {
  it('is the middle, or the mean of the two middles', () => {
    expect(median(Float64Array.from([3, 1, 2]))).toBe(2);
    expect(median(Float64Array.from([4, 1, 2, 3]))).toBe(2.5);
    expect(median(new Float64Array(0))).toBe(0);
  });
});
