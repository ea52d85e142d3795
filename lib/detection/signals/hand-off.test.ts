import { expect, it } from 'vitest';
import { buildGraph } from '../build-graph';
import { defaultConfig, type Snapshot } from '../schema';
import { World } from '../testing/world';
import { loadBalancing } from './load-balancing';
import type { Reading, SignalWorld } from './signal';
import { taskPartition } from './task-partition';

const QUARTERS_A_DAY = 96;
const DAYS = 40;
const ids = (n: number): string[] => Array.from({ length: n }, (_, i) => `a-${String(i).padStart(2, '0')}`);

/** What a signal says of the accounts a-00.. of the world. */
function read(signal: typeof loadBalancing, snapshot: Snapshot, n: number, repeated = 0): Reading {
  const graph = buildGraph(snapshot, defaultConfig);
  const none = new Int32Array(snapshot.accountIds.length).fill(-1);
  const world: SignalWorld = {
    graph,
    snapshot,
    behaviour: {
      organization: none,
      emailDomain: none,
      paying: new Uint8Array(none.length),
      bannedAt: new Float64Array(none.length).fill(Number.NaN),
      releases: [],
      tasks: {
        sent: new Float64Array(none.length).fill(4),
        repeated: new Float64Array(none.length).fill(repeated),
      },
    },
    config: defaultConfig,
    benign: new Uint8Array(graph.units).fill(1),
  };
  return signal.prepare(world)!(Int32Array.from({ length: n }, (_, i) => i));
}

/** Accounts of which `isOn` says at which hours they work, about four quarters of each six hours. */
function working(n: number, isOn: (account: number, hour: number) => boolean): Snapshot {
  const world = new World(3);
  ids(n).forEach((id, account) => {
    for (let hour = 0; hour < DAYS * 24; hour++)
      if (isOn(account, hour) && world.pick(3) > 0) world.active(id, hour * 4 + world.pick(4));
  });
  return world.snapshot();
}

it('sees accounts that take turns, however they divide the day, and neither machines, people nor a crowd', () => {
  const speaks = (snapshot: Snapshot): number => read(loadBalancing, snapshot, 40).members;
  for (const [team, shift] of [
    [4, 3],
    [6, 2],
    [5, 7],
  ] as const)
    expect(speaks(working(40, (account, hour) => Math.floor(hour / shift) % team === account % team))).toBe(
      40,
    );
  const random = new World(9);
  const phase = ids(40).map(() => random.pick(24));
  expect(speaks(working(40, (account, hour) => (hour + phase[account]!) % 6 === 0))).toBe(0);
  expect(speaks(working(40, (account, hour) => (hour + phase[account]!) % 24 < 8))).toBe(0);
  expect(speaks(working(40, (_, hour) => hour % 24 < 8))).toBe(0);
  expect(speaks(working(40, () => random.pick(5) === 0))).toBe(0);
});

it('takes bought accounts that lay idle for a year for equal shares of one list, and a course that repeats itself for none', () => {
  const world = new World(5);
  const n = 30;
  ids(n).forEach((id, account) => {
    world.exchanges(id, 40, 0);
    for (let form = 0; form < 4; form++) world.seen(id, 'template', `form ${form}`, 4);
    for (let day = 0; day < DAYS; day++) world.active(id, day * QUARTERS_A_DAY + account);
  });
  for (const id of world.people('user', 300)) world.exchanges(id, 40, 0);
  const snapshot = world.snapshot();
  const bought = ids(n).map((_, account) => -account * 20 * 86_400_000);
  snapshot.activity.firstSeen.set(bought);
  const { members, measured } = read(taskPartition, snapshot, n);
  expect([members, measured]).toEqual([n, n]);
  expect(read(taskPartition, snapshot, n, 1).members).toBe(0);
});
