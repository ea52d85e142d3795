import { describe, expect, it } from 'vitest';
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
    'expects of %s what dealing its values out at random gives, though the members are a third of all',
    (kind) => {
      const world = thirdOfTheWorld();
      const snapshot = world.snapshot();
      const graph = buildGraph(snapshot, defaultConfig);
      const members = Int32Array.from({ length: graph.units }, (_, unit) => unit).filter((unit) =>
        snapshot.accountIds[graph.unitAccounts[graph.unitOffsets[unit]!]!]!.startsWith('bot'),
      );
      const row = collectShared(graph, members, countDegrees(graph), undefined, 1, defaultConfig).find(
        (shared) => shared.kind.kind === kind,
      )!;
      expect(row.members).toBeGreaterThan(150);

      const inside = new Set(members);
      const rounds = 600;
      let sum = 0;
      for (let round = 0; round < rounds; round++) {
        const sharing = new Set<number>();
        for (let v = 0; v < graph.values; v++) {
          if (graph.kinds[graph.valueKind[v]!]!.kind !== kind) continue;
          const holders = new Set<number>();
          while (holders.size < graph.df[v]!) holders.add(world.pick(graph.units));
          const dealt = [...holders].filter((unit) => inside.has(unit));
          if (dealt.length > 1) for (const unit of dealt) sharing.add(unit);
        }
        sum += sharing.size;
      }
      const dealt = sum / rounds;
      expect(Math.abs(row.expected - dealt)).toBeLessThan(0.03 * dealt);
      // large because a third of every card's holders are members by chance, and still far from what is seen
      expect(row.expected).toBeGreaterThan(members.length / 6);
      expect(row.expected).toBeLessThan(row.members / 1.5);
    },
  );
});
