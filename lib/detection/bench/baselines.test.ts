import { expect, test } from 'vitest';
import { World } from '../testing/world';
import { louvainOnCappedLinks, shareComponents } from './baselines';

function twoRings(): World {
  const world = new World();
  for (let i = 0; i < 30; i++) world.seen(`card-${i}`, 'payment', 'one card');
  for (let i = 0; i < 8; i++) world.seen(`text-${i}`, 'template', 'one text');
  for (let i = 0; i < 4; i++) world.seen(`few-${i}`, 'device', 'four hold it');
  for (let i = 0; i < 9; i++) {
    world.account(`seat-${i}`, 'verified');
    world.seen(`seat-${i}`, 'payment', 'a company card');
  }
  return world;
}

test('components follow identities over any number of holders, and nothing else', () => {
  const groups = shareComponents(twoRings().snapshot());
  expect(groups.map((ids) => [ids[0]!.split('-')[0], ids.length])).toEqual([['card', 30]]);
});

test('Louvain follows any hard kind, and loses what more than 20 share', () => {
  const groups = louvainOnCappedLinks(twoRings().snapshot());
  expect(groups.map((ids) => [ids[0]!.split('-')[0], ids.length])).toEqual([['text', 8]]);
});

test('a value that names an account links it with those who hold the value', () => {
  const world = new World();
  world.account('hub');
  for (let i = 0; i < 5; i++) world.seen(`leaf-${i}`, 'counterparty', 'hub');
  expect(shareComponents(world.snapshot())[0]).toHaveLength(6);
});
