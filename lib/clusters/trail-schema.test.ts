import { describe, expect, test } from 'vitest';
import { readTrail, type TrailStep, trailHref, wayFrom } from './trail-schema';

const way: TrailStep[] = [
  { type: 'cluster', id: 5 },
  { type: 'indicator', id: '-123' },
];

describe('the way to a page', () => {
  test('survives its address, whatever an account is called', () => {
    const odd: TrailStep = { type: 'account', id: 'a/b?via=c9&x=\u202e <script>' };
    const href = trailHref({ type: 'cluster', id: 7 }, [...way, odd]);
    expect(readTrail(new URL(href, 'http://desk').searchParams.getAll('via'))).toEqual([...way, odd]);
    expect(trailHref(odd)).toBe('/accounts/a%2Fb%3Fvia%3Dc9%26x%3D%E2%80%AE%20%3Cscript%3E');
  });

  test('leaves out nonsense and loses its oldest steps when it grows', () => {
    expect(readTrail(['c0', 'cx', 'i', 'i1e5', 'a', 'z9', '', 'c12', `a${'x'.repeat(300)}`])).toEqual([
      { type: 'cluster', id: 12 },
    ]);
    expect(readTrail(Array.from({ length: 20 }, (_, i) => `c${i + 1}`)).map((step) => step.id)).toEqual([
      13, 14, 15, 16, 17, 18, 19, 20,
    ]);
  });

  test('a page that was passed before ends the loop', () => {
    expect(trailHref({ type: 'cluster', id: 5 }, wayFrom({ type: 'account', id: 'x' }, way))).toBe(
      '/clusters/5',
    );
    expect(wayFrom({ type: 'indicator', id: '-123' }, way)).toEqual(way);
  });
});
