import { describe, expect, it } from 'vitest';
import { matchClusters } from './match-clusters';

const set = (from: number, to: number) => new Set(Array.from({ length: to - from }, (_, i) => from + i));
const known = (id: number, from: number, to: number, active = true) => ({
  id,
  active,
  status: 'open' as const,
  members: set(from, to),
});

describe('matchClusters', () => {
  it('keeps the id of a cluster that grew', () => {
    const match = matchClusters([set(0, 30)], [known(7, 0, 20)]);
    expect(match.keeps).toEqual([7]);
    expect(match.gone).toEqual([]);
  });

  it('gives the id to the heir with most members and calls the other a split', () => {
    const match = matchClusters([set(0, 8), set(8, 30)], [known(7, 0, 30)]);
    expect(match.keeps).toEqual([null, 7]);
    expect(match.splitFrom).toEqual([7, null]);
  });

  it('keeps the larger id in a merge and names the one that went into it', () => {
    const match = matchClusters([set(0, 50)], [known(3, 0, 20), known(4, 20, 50)]);
    expect(match.keeps).toEqual([4]);
    expect(match.merged).toEqual([[3]]);
    expect(match.gone).toEqual([]);
  });

  it('says which active cluster nothing continues, and leaves dormant ones alone', () => {
    const match = matchClusters([set(100, 110)], [known(1, 0, 20), known(2, 30, 40, false)]);
    expect(match.keeps).toEqual([null]);
    expect(match.gone).toEqual([1]);
  });

  it('wakes a dormant cluster that is found again', () => {
    expect(matchClusters([set(0, 20)], [known(5, 0, 20, false)]).keeps).toEqual([5]);
  });

  it('does not take a few shared members for the same cluster', () => {
    const match = matchClusters([set(0, 20)], [known(1, 17, 60)]);
    expect(match.keeps).toEqual([null]);
  });

  it('answers the same whatever the order of the known clusters', () => {
    const clusters = [known(1, 0, 20), known(2, 20, 40), known(3, 40, 60)];
    const found = [set(0, 22), set(22, 60)];
    expect(matchClusters(found, [...clusters].reverse())).toEqual({ ...matchClusters(found, clusters) });
  });

  it('lets a wave that regrew after a ban continue the banned cluster, and names it where another does', () => {
    const banned = { ...known(7, 0, 20, false), regrown: set(100, 110) };
    const alone = matchClusters([set(100, 112)], [banned]);
    expect(alone.keeps).toEqual([7]);
    const beside = matchClusters([set(0, 20), set(100, 112)], [banned]);
    expect(beside.keeps).toEqual([7, null]);
    expect(beside.regrewFrom).toEqual([null, 7]);
  });
});
