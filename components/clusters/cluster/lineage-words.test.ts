import { expect, it } from 'vitest';
import type { LineageEvent } from '@/lib/clusters/schema';
import { lineageWords } from './lineage-words';

const said = (event: LineageEvent, otherClusterId: number | null, before: number, after: number) => {
  const words = lineageWords({ event, otherClusterId, before, after, at: '2026-09-24T12:00:00Z' });
  return words.other === null ? words.before : `${words.before} CL-${words.other}, ${words.after}`;
};

it('says in a sentence what became of a cluster, from either side of a merge, a split and a regrowth', () => {
  expect(said('grew', null, 1_200, 1_320)).toBe('Grew from 1,200 to 1,320 accounts');
  expect(said('merged', 5, 120, 180)).toBe('Took in CL-5, and went from 120 to 180 accounts');
  expect(said('merged_into', 2, 120, 180)).toBe('Became part of CL-2, which has 180 accounts');
  expect(said('split_off', 9, 180, 40)).toBe('Lost a part to CL-9, which has 40 accounts');
  expect(said('regrew', null, 35, 22)).toBe('Regrew: 22 young accounts hold what its 35 banned ones shared');
  expect(said('regrew_as', 9, 0, 1)).toBe('Came back as CL-9, with 1 account');
});
