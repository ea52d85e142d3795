import { describe, expect, it } from 'vitest';
import { findPath } from './find-path';
import { insideLasso } from './inside-lasso';
import { FIRST_VIEW, stepView, togglePicked } from './network-view';

describe('stepView()', () => {
  it('takes back one step at a time, and an undo too many does nothing', () => {
    const folded = stepView(FIRST_VIEW, { change: { expand: 'g:1' } });
    const hidden = stepView(folded, { change: { hidden: ['ip'] } });
    expect(hidden.now).toMatchObject({ expand: 'g:1', hidden: ['ip'] });
    const back = stepView(stepView(hidden, { undo: true }), { undo: true });
    expect(back).toEqual(FIRST_VIEW);
    expect(stepView(back, { undo: true })).toBe(back);
  });

  it('keeps no step for a change that changes nothing, and no way without two ends', () => {
    expect(stepView(FIRST_VIEW, { change: { focused: false } })).toBe(FIRST_VIEW);
    const way = stepView(FIRST_VIEW, { change: { picked: ['a', 'b'], path: true } });
    expect(way.now.path).toBe(true);
    expect(stepView(way, { change: { picked: ['a', 'b', 'c'] } }).now.path).toBe(false);
  });

  it('takes the chosen node into the first pick, and drops one that is picked again', () => {
    expect(togglePicked([], 'b', 'a')).toEqual(['a', 'b']);
    expect(togglePicked(['a', 'b'], 'a', 'a')).toEqual(['b']);
  });
});

describe('findPath()', () => {
  const edge = (source: string, target: string, accounts: number) => ({
    id: `${source} ${target}`,
    source,
    target,
    accounts,
  });
  const edges = [
    edge('g:1', 'v:1', 10),
    edge('g:1', 'v:2', 3),
    edge('g:2', 'v:2', 5),
    edge('g:3', 'v:1', 90),
    edge('g:3', 'v:2', 80),
    edge('g:4', 'v:9', 1),
  ];

  it('goes the fewest steps, by the edges that stand for most accounts', () => {
    expect(findPath({ edges }, 'g:1', 'g:2')).toEqual({
      nodes: ['g:1', 'v:2', 'g:2'],
      edges: ['g:1 v:2', 'g:2 v:2'],
    });
    expect(findPath({ edges }, 'v:1', 'v:2')?.nodes).toEqual(['v:1', 'g:3', 'v:2']);
  });

  it('says when nothing drawn joins them', () => {
    expect(findPath({ edges }, 'g:1', 'g:4')).toBeNull();
    expect(findPath({ edges }, 'g:1', 'g:1')).toEqual({ nodes: ['g:1'], edges: [] });
  });
});

describe('insideLasso()', () => {
  const notch = [
    { x: 0, y: 0 },
    { x: 10, y: 0 },
    { x: 10, y: 10 },
    { x: 5, y: 2 },
    { x: 0, y: 10 },
  ];

  it('holds what lies inside a loop and not what lies in its notch', () => {
    expect(insideLasso(notch, { x: 1, y: 4 })).toBe(true);
    expect(insideLasso(notch, { x: 5, y: 8 })).toBe(false);
    expect(insideLasso(notch.slice(0, 2), { x: 1, y: 0 })).toBe(false);
  });
});
