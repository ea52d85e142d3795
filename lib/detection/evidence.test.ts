import { describe, expect, it } from 'vitest';
import { checkExpected } from './bench/check-expected';
import { buildGraph } from './build-graph';
import { collectShared, countDegrees } from './evidence';
import { defaultConfig } from './schema';
import { World } from './testing/world';

/** An operation that is a third of the world, on few cards and devices, beside people and a few families. */
function thirdOfTheWorld(): World {
  const world = new World();
  world.people('user', 400);
  for (let i = 0; i < 60; i++) world.seen(`user-${i}`, 'payment', `family card ${i >> 2}`);
  for (let i = 0; i < 200; i++) {
    const id = `bot-${i}`;
    if (i % 5 > 0) world.seen(id, 'payment', `card ${world.pick(8)}`);
    world.seen(id, 'device', `device ${world.pick(60)}`);
  }
  return world;
}

describe('collectShared()', () => {
  it.each(['payment', 'device'])(
    'finds more of %s than expected in an operation that is a third of all',
    (kind) => {
      const snapshot = thirdOfTheWorld().snapshot();
      const graph = buildGraph(snapshot, defaultConfig);
      const members = Int32Array.from({ length: graph.units }, (_, unit) => unit).filter((unit) =>
        snapshot.accountIds[graph.unitAccounts[graph.unitOffsets[unit]!]!]!.startsWith('bot'),
      );
      const row = collectShared(graph, members, countDegrees(graph), undefined, 1, defaultConfig).find(
        (shared) => shared.kind.kind === kind,
      )!;
      expect(row.members).toBeGreaterThan(150);
      // large because a third of every card's holders are members by chance, and still far from what is seen
      expect(row.expected).toBeGreaterThan(members.length / 6);
      expect(row.expected).toBeLessThan(row.members / 1.5);
    },
  );
});

describe('expected', () => {
  it('is what groups drawn at random share, and they hardly pass for more than chance', () => {
    const world = thirdOfTheWorld();
    world.university('campus', 40);
    // everybody has one of few: dealt out without minding that, many would have none
    for (let i = 0; i < 400; i++)
      world.seen(`user-${i}`, 'email_pattern', `form ${Math.floor(8 * world.random() ** 2)}`);
    const alpha = 0.01;
    const found = checkExpected(world.snapshot(), defaultConfig, {
      sizes: [20, 80],
      groups: 150,
      alpha,
      seed: 7,
    });
    expect(new Set(found.map(({ kind }) => kind))).toEqual(
      new Set(['payment', 'device', 'ip', 'email_pattern', 'prefix', 'template']),
    );
    for (const { kind, observed, expected, past } of found) {
      if (expected > 2) expect(observed / expected, kind).toBeLessThan(1.1);
      // the same students share one address after another: chance deals days out to different people
      if (expected > 2 && kind !== 'ip') expect(observed / expected, kind).toBeGreaterThan(0.9);
      // those who share come in pairs, which Poisson does not know: up to four times α where pairs are all there is
      expect(past, kind).toBeLessThan(6 * alpha);
    }
  });
});
