/** Data that no provider should send and some will. */
import { describe, expect, it } from 'vitest';
import { detect } from './detect';
import { prepareSignals } from './read-signals';
import { defaultConfig } from './schema';
import type { GroupSignal, SignalWorld } from './signals/signal';
import { proposedOf, World } from './testing/world';

/** Forty accounts on two cards and five devices among 400 people. */
function ringAmongPeople(): World {
  const world = new World(11);
  for (let i = 0; i < 400; i++) world.person(`user-${i}`);
  for (let i = 0; i < 40; i++) {
    world.seen(`ring-${i}`, 'payment', `card ${i % 2}`);
    world.seen(`ring-${i}`, 'device', `device ${i % 5}`);
  }
  return world;
}

const found = (world: World): string[] => {
  const snapshot = world.snapshot();
  return detect(snapshot, defaultConfig).clusters.flatMap((cluster) => proposedOf(cluster, snapshot));
};
const ring = Array.from({ length: 40 }, (_, i) => `ring-${i}`).sort();

describe('detect()', () => {
  it('finds nothing in an empty snapshot, and says that its thresholds are the shipped ones', () => {
    const findings = detect(new World().snapshot(), defaultConfig);
    expect(findings.clusters).toEqual([]);
    expect(findings.baseline).toMatchObject({ accounts: 0, extractionFrom: 'shipped' });
  });

  it('is not misled by a value of identity that everybody has', () => {
    const world = ringAmongPeople();
    for (let i = 0; i < 400; i++) world.seen(`user-${i}`, 'referral_code', 'everybody');
    for (const id of ring) world.seen(id, 'referral_code', 'everybody');
    expect(found(world).sort()).toEqual(ring);
  });

  it('takes an account with 100,000 values, and holds nobody for sharing some with it', () => {
    const world = ringAmongPeople();
    for (let i = 0; i < 100_000; i++) world.seen('collector', 'ip', `address ${i}`);
    for (let i = 0; i < 400; i++) world.seen(`user-${i}`, 'ip', `address ${i * 7}`);
    expect(found(world).sort()).toEqual(ring);
  });

  it('finds the same whatever the clock that all times were read from', () => {
    const world = ringAmongPeople();
    for (const [i, id] of ring.entries())
      for (let hour = 0; hour < 60; hour++) world.active(id, hour * 4 + (i % 2));
    const plain = world.snapshot();
    const skewed = {
      ...plain,
      bins: { offsets: plain.bins!.offsets, bins: plain.bins!.bins.map((bin) => bin + 96) },
    };
    expect(detect(skewed, defaultConfig)).toEqual(detect(plain, defaultConfig));
  });

  it('finds a ring of which half sends times that are a day ahead', () => {
    const world = ringAmongPeople();
    for (const [i, id] of ring.entries())
      for (let hour = 0; hour < 60; hour++) world.active(id, hour * 4 + (i % 2) * 96);
    expect(found(world).sort()).toEqual(ring);
  });
});

describe('a signal that fails', () => {
  const failing = (prepare: GroupSignal['prepare']): GroupSignal => ({
    kind: 'broken_kind',
    label: 'Broken',
    axis: 'coordination',
    family: 'time',
    most: 4,
    prepare,
  });

  it('stops the run with its name, whether it fails at once or at a group', () => {
    const world = {} as SignalWorld;
    const broken = () => {
      throw new Error('no such column');
    };
    expect(() => prepareSignals(world, [failing(broken)])).toThrow(
      'The signal broken_kind failed: no such column',
    );
    const [reader] = prepareSignals(world, [failing(() => broken)]);
    expect(() => reader!.read(new Int32Array())).toThrow('The signal broken_kind failed: no such column');
  });
});
