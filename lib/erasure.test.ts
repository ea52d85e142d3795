import { describe, expect, it } from 'vitest';
import { makeErasure, scrubJson } from './erasure';

const of = (id: string, traces: string[] = []) =>
  makeErasure({ key: 1, id, name: 'forgotten:ab', soleIndicators: new Set() }, traces);

describe('makeErasure', () => {
  it('finds the id and the other traces as whole words, whatever their case and characters', () => {
    const { scrub } = of('acct_1.x+y', ['Maria Lopez', '203.0.113.7']);
    expect(scrub('ban acct_1.x+y, who is MARIA LOPEZ at 203.0.113.7.')).toBe(
      'ban [forgotten], who is [forgotten] at [forgotten].',
    );
    expect(scrub('acct_1.x+y0, xacct_1.x+y and 203.0.113.70 are others')).toBe(
      'acct_1.x+y0, xacct_1.x+y and 203.0.113.70 are others',
    );
  });

  it('looks for no text that would be found in others’ words', () => {
    for (const id of ['12', 'bob', '20240101']) {
      expect(of(id).patterns).toEqual([]);
      expect(of(id).scrub(`${id} of ${id}`)).toBe(`${id} of ${id}`);
    }
  });

  it('makes patterns in which % and _ stand for themselves', () => {
    expect(of('a_b%c\\d').patterns).toEqual(['%a\\_b\\%c\\\\d%']);
  });

  it('scrubs JSON through and through', () => {
    const { scrub } = of('acct_1234');
    expect(scrubJson({ acct_1234: ['acct_1234', 7, null, { a: 'by acct_1234!' }] }, scrub)).toEqual({
      '[forgotten]': ['[forgotten]', 7, null, { a: 'by [forgotten]!' }],
    });
  });
});
