import { describe, expect, it } from 'vitest';
import { buildGraph } from './build-graph';
import { findCandidates } from './find-candidates';
import { leiden } from './leiden';
import { linkGraph } from './link-graph';
import { createCounter } from './retention';
import { defaultConfig } from './schema';
import { suppressPopular } from './suppress';
import { World } from './testing/world';

/** The proposed account ids of each candidate that more than wording holds together. */
function candidatesIn(world: World): string[][] {
  const snapshot = world.snapshot();
  const graph = buildGraph(snapshot, defaultConfig);
  const counter = createCounter(graph);
  suppressPopular(graph, counter, defaultConfig);
  return findCandidates(graph, snapshot.bins, counter, defaultConfig)
    .candidates.filter(({ counts }) => !counts)
    .map(({ proposed }) =>
      Array.from(proposed, (unit) => snapshot.accountIds[graph.unitAccounts[graph.unitOffsets[unit]!]!]!),
    );
}

/** Rings of 60 on cards and devices, in a crowd that shares addresses and system prompts at random. */
function gluedWorld(rings: number, crowd: number): World {
  const world = new World(3);
  const mixWithEverybody = (id: string): void => {
    for (let day = 0; day < 4; day++) world.seen(id, 'ip', `nat ${world.pick(crowd / 3)} day ${day}`);
    world.seen(id, 'system_prompt', `prompt ${Math.floor(world.random() ** 3 * 300)}`);
  };
  for (let i = 0; i < crowd; i++) {
    for (const kind of ['payment', 'phone', 'device']) world.seen(`user-${i}`, kind, `own ${i}`);
    mixWithEverybody(`user-${i}`);
  }
  for (let ring = 0; ring < rings; ring++) {
    for (let i = 0; i < 60; i++) {
      const id = `ring${ring}-${i}`;
      world.seen(id, 'payment', `card ${ring} ${world.pick(3)}`);
      world.seen(id, 'phone', `own ${id}`);
      world.seen(id, 'device', `device ${ring} ${world.pick(8)}`);
      mixWithEverybody(id);
    }
  }
  return world;
}

describe('findCandidates()', () => {
  it('tells rings from the crowd and from each other although addresses and prompts glue all of them', () => {
    const world = gluedWorld(12, 3000);
    const snapshot = world.snapshot();
    const graph = buildGraph(snapshot, defaultConfig);
    const labels = leiden(linkGraph(graph), { seed: 1, resolution: 1, iterations: 10 });
    // what Leiden alone does here: users and ring members in one community
    const mixed = (ids: string[]) => new Set(ids.map((id) => id.split('-')[0])).size > 1;
    const groups = new Map<number, string[]>();
    snapshot.accountIds.forEach((id, account) => {
      const label = labels[graph.unitAccounts.indexOf(account)]!;
      groups.set(label, [...(groups.get(label) ?? []), id]);
    });
    expect([...groups.values()].some(mixed)).toBe(true);

    const found = candidatesIn(world);
    expect(found.filter(mixed)).toEqual([]);
    expect(found.flat().filter((id) => id.startsWith('user'))).toEqual([]);
    expect(new Set(found.flat()).size).toBeGreaterThan(0.95 * 12 * 60);
  });

  it('does not let an operation swallow another one that it brushes', () => {
    const world = new World();
    world.people('user', 500);
    for (const name of ['a', 'b']) {
      for (let i = 0; i < 60; i++) {
        world.seen(`${name}-${i}`, 'payment', `${name} card ${world.pick(2)}`);
        world.seen(`${name}-${i}`, 'device', `${name} device ${world.pick(6)}`);
        world.seen(`${name}-${i}`, 'ip', i < 10 ? `exit ${i}` : `own ${name}-${i}`);
      }
    }
    world.seen('a-0', 'device', 'b device 0');
    const found = candidatesIn(world);
    expect(found).toHaveLength(2);
    for (const ids of found) expect(new Set(ids.map((id) => id[0])).size).toBe(1);
  });

  it('puts halves of one operation together although wording and network hold each of them fully already', () => {
    const world = new World();
    world.people('user', 200);
    for (let i = 0; i < 90; i++) {
      const half = i % 2;
      // each half has two cards and four phones for itself, and one of each that both use
      const shared = world.pick(4) === 0;
      world.seen(`bot-${i}`, 'payment', shared ? 'card of both' : `card ${half} ${world.pick(2)}`);
      world.seen(
        `bot-${i}`,
        'phone',
        world.pick(4) === 0 ? 'phone of both' : `phone ${half} ${world.pick(4)}`,
      );
      for (let t = 0; t < 3; t++) world.seen(`bot-${i}`, 'template', `wording ${world.pick(6)}`, 20);
      for (let day = 0; day < 3; day++) world.seen(`bot-${i}`, 'ip', `exit ${world.pick(3)} day ${day}`, 9);
      world.seen(`bot-${i}`, 'prefix', 'hosting');
    }
    const found = candidatesIn(world);
    expect(found.map((ids) => ids.length)).toEqual([90]);
  });

  it('takes groups of five and leaves groups of four', () => {
    const world = new World();
    for (let i = 0; i < 100; i++) world.seen(`user-${i}`, 'payment', `pm-${i}`);
    for (let i = 0; i < 4; i++) world.seen(`four-${i}`, 'payment', 'card of four');
    for (let i = 0; i < 5; i++) world.seen(`five-${i}`, 'payment', 'card of five');
    expect(candidatesIn(world)).toEqual([['five-0', 'five-1', 'five-2', 'five-3', 'five-4']]);
  });
});
