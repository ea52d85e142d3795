import { describe, expect, it } from 'vitest';
import { buildGraph } from './build-graph';
import { joinOperations } from './join-operations';
import { defaultConfig } from './schema';
import { World } from './testing/world';

/** Sizes after joining two cells of 30, each on a card of its own, with what `tie` adds. */
function joined(tie: (world: World) => void): number[] {
  const world = new World();
  for (let i = 0; i < 500; i++) world.seen(`user-${i}`, 'payment', `own ${i}`);
  for (const cell of ['a', 'b'])
    for (let i = 0; i < 30; i++) world.seen(`${cell}-${i}`, 'payment', `card ${cell}`);
  tie(world);
  const snapshot = world.snapshot();
  const graph = buildGraph(snapshot, defaultConfig);
  const groups = ['a-', 'b-'].map((prefix) =>
    Int32Array.from(
      Array.from(graph.unitAccounts.keys()).filter((unit) =>
        snapshot.accountIds[graph.unitAccounts[unit]!]!.startsWith(prefix),
      ),
    ),
  );
  return joinOperations(graph, groups, defaultConfig).map((units) => units.length);
}

describe('joinOperations()', () => {
  it('joins cells of which several accounts share phones that nobody else has', () => {
    const ties = joined((world) => {
      for (let i = 0; i < 3; i++)
        for (const cell of ['a', 'b']) world.seen(`${cell}-${i}`, 'phone', `phone ${i}`);
    });
    expect(ties).toEqual([60]);
  });

  it('leaves apart whom one account ties, or a place that many visit, or an address', () => {
    const once = (world: World): void => {
      for (const cell of ['a', 'b']) world.seen(`${cell}-0`, 'phone', 'lent phone');
    };
    const place = (world: World): void => {
      for (let i = 0; i < 30; i++)
        for (const cell of ['a', 'b']) world.seen(`${cell}-${i}`, 'wallet', 'exchange');
    };
    const address = (world: World): void => {
      for (let i = 0; i < 5; i++)
        for (const cell of ['a', 'b']) world.seen(`${cell}-${i}`, 'ip', `exit ${i}`);
    };
    for (const tie of [once, place, address]) expect(joined(tie)).toEqual([30, 30]);
  });
});
