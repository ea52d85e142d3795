import { expect, test } from 'vitest';
import { scoreFindings, type Truth } from './score-findings';

const ids = (prefix: string, n: number) => Array.from({ length: n }, (_, i) => `${prefix}${i}`);
const of = (campaign: string, accounts: readonly string[]) => accounts.map((id) => [id, campaign]);
const truth: Truth = {
  accounts: 30,
  positives: Object.fromEntries([
    ...of('A', ids('a', 10)),
    ...of('B', ids('b', 4)),
    ...of('ungrouped', ['u0']),
  ]),
  segments: Object.fromEntries([...of('course', ids('c', 10)), ...of('people', ids('p', 5))]),
  crowd: ['a0', 'a9', 'b0', 'b1'],
  exchanges: { a0: 60, a9: 30, b0: 10, c0: 1000 },
};

test('precision counts a cluster as right from half guilty on, and accounts by themselves', () => {
  const clusters = [ids('a', 8), ['b0', 'c0'], ['b1', 'c1', 'c2']];
  const { first, flagged, othersFlagged } = scoreFindings(clusters, truth);
  expect(first[20]).toEqual({ clusters: 2 / 3, accounts: 10 / 13 });
  expect(flagged).toBe(13);
  expect(othersFlagged).toBe(3 / 15);
});

test('only the first k clusters count for precision among the first k', () => {
  const clusters = [...Array.from({ length: 20 }, (_, i) => [`a${i % 10}`]), ['c0']];
  expect(scoreFindings(clusters, truth).first[20]).toEqual({ clusters: 1, accounts: 1 });
  expect(scoreFindings(clusters, truth).first[50]!.clusters).toBe(20 / 21);
});

test('a campaign is found wherever it is flagged, and together only in a cluster that is half its own', () => {
  const clusters = [ids('a', 5), [...ids('a', 10).slice(5), ...ids('c', 6)], ['b0', 'b1']];
  expect(scoreFindings(clusters, truth).campaigns).toEqual([
    { campaign: 'A', accounts: 10, found: 1, together: 0.5 },
    { campaign: 'B', accounts: 4, found: 0.5, together: 0.5 },
  ]);
});

test('segments are told worst first, with those that nobody flagged', () => {
  expect(scoreFindings([['c0', 'p0'], ['p1']], truth).segments).toEqual([
    { segment: 'people', accounts: 5, flagged: 2 },
    { segment: 'course', accounts: 10, flagged: 1 },
  ]);
});

test('coverage weighs guilty accounts by exchanges; crowd recall by report', () => {
  const { exchangesCovered, crowdRecall } = scoreFindings([['a0', 'c0'], ['b0']], truth);
  expect(exchangesCovered).toBe(0.7);
  expect(crowdRecall).toBe(0.5);
  const { exchanges: _, crowd: __, ...bare } = truth;
  expect(scoreFindings([['a0']], bare)).toMatchObject({ exchangesCovered: null, crowdRecall: null });
});

test('B-cubed leaves the item itself out: all together is perfect, alone is worth nothing', () => {
  const whole = {
    accounts: 14,
    positives: Object.fromEntries([...of('A', ids('a', 10)), ...of('B', ids('b', 4))]),
  };
  expect(scoreFindings([ids('a', 10), ids('b', 4)], whole).bcubed).toEqual({ precision: 1, recall: 1 });
  expect(
    scoreFindings(
      ids('a', 10).map((id) => [id]),
      whole,
    ).bcubed,
  ).toEqual({ precision: 0, recall: 0 });
  const halves = scoreFindings([ids('a', 5), ids('a', 10).slice(5)], whole).bcubed;
  expect(halves.precision).toBe(1);
  expect(halves.recall).toBeCloseTo((10 * (4 / 9)) / 14);
});

test('nothing found scores nothing and divides by nothing', () => {
  const score = scoreFindings([], truth);
  expect(score.first[20]).toEqual({ clusters: 0, accounts: 0 });
  expect(score.campaigns.map(({ found }) => found)).toEqual([0, 0]);
  expect(score.bcubed).toEqual({ precision: 0, recall: 0 });
});
