import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256Of, sortIds } from './hash-list';
import {
  approvalsRequired,
  errorShare,
  isAlready,
  readCaps,
  refusalOf,
  retrySeconds,
  shouldPause,
  stagePlan,
} from './rules';
import type { Impact } from './schema';

const impact = (accounts: number, paying = 0, verified = 0): Impact => ({
  accounts,
  monthlySpendUsd: 0,
  groups: [
    { group: 'paying', accounts: paying, monthlySpendUsd: 0 },
    { group: 'verified', accounts: verified, monthlySpendUsd: 0 },
  ],
  kinds: 2,
  weakest: 0.5,
  heldByOneKind: 0,
});

describe('the hash of a list', () => {
  it('is that of the sorted ids joined by line feeds', () => {
    // printf 'acct_a\nacct_b' | sha256sum
    expect(sha256Of(sortIds(['acct_b', 'acct_a']))).toBe(
      '9ecfaea54c2bbb2f3f8f2af2fdea30ba248220576dd07e4df6e232cb60196b9e',
    );
  });

  it('does not depend on the order in which the ids came', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { maxLength: 50 }), (ids) => {
        expect(sha256Of(sortIds([...ids].reverse()))).toBe(sha256Of(sortIds(ids)));
      }),
    );
  });

  it('differs for an id that holds a line feed and for two ids', () => {
    expect(sha256Of(['a\nb'])).not.toBe(sha256Of(['a', 'b']));
    expect(sha256Of(['a\\nb'])).not.toBe(sha256Of(['a\nb']));
  });
});

describe('approvalsRequired()', () => {
  it.each([
    [impact(1_000), 1],
    [impact(1_001), 2],
    [impact(100, 5), 1],
    [impact(100, 6), 2],
    [impact(100, 0, 1), 2],
  ])(
    'asks for two above 1,000 accounts, above 5 % paying, or with a verified organization',
    (hit, people) => {
      expect(approvalsRequired(hit)).toBe(people);
    },
  );
});

describe('stagePlan()', () => {
  it('takes 1 % but at least one for the canary, goes on to 10 %, then to the rest', () => {
    const sizes = (count: number) =>
      [0, 1, 2].map((stage) => stagePlan(count).filter((s) => s === stage).length);
    expect(sizes(1)).toEqual([1, 0, 0]);
    expect(sizes(5)).toEqual([1, 0, 4]);
    expect(sizes(1_200)).toEqual([12, 108, 1_080]);
  });

  it('places every account, strongest first', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3_000 }), (count) => {
        const plan = stagePlan(count);
        expect(plan).toHaveLength(count);
        expect(plan).toEqual([...plan].sort((a, b) => a - b));
        expect(plan.every((stage) => stage >= 0 && stage <= 2)).toBe(true);
      }),
    );
  });
});

describe('pausing by itself', () => {
  it('counts accounts that were given up from the first on', () => {
    expect(shouldPause({ tried: 12, dead: 1, failing: 0 })).toBe(true);
    expect(shouldPause({ tried: 100, dead: 2, failing: 0 })).toBe(false);
  });

  it('does not count a few slow answers, but an outage', () => {
    expect(shouldPause({ tried: 25, dead: 0, failing: 3 })).toBe(false);
    expect(shouldPause({ tried: 400, dead: 0, failing: 12 })).toBe(false);
    expect(shouldPause({ tried: 12, dead: 0, failing: 12 })).toBe(true);
    expect(errorShare({ tried: 0, dead: 0, failing: 0 })).toBe(0);
  });
});

describe('an account that is already there', () => {
  it('is one in the same state or a stricter one, never a laxer one', () => {
    expect(isAlready('banned', 'ban')).toBe(true);
    expect(isAlready('banned', 'throttle')).toBe(true);
    expect(isAlready('throttled', 'ban')).toBe(false);
    expect(isAlready('active', 'throttle')).toBe(false);
  });
});

it('tries again after 2, 4, 8 and 16 seconds', () => {
  expect([1, 2, 3, 4].map(retrySeconds)).toEqual([2, 4, 8, 16]);
});

it('takes caps from the environment and refuses one that is no number', () => {
  expect(readCaps({})).toEqual({ action: 5_000, personDay: 10_000, hour: 6_000, payingPercent: 50 });
  expect(readCaps({ WEIR_CAP_ACTION: '7' }).action).toBe(7);
  expect(() => readCaps({ WEIR_CAP_ACTION: 'lots' })).toThrow('WEIR_CAP_ACTION is not a whole number');
});

describe('refusalOf()', () => {
  const person = (id: number, role: 'analyst' | 'approver') =>
    ({ kind: 'user', id, role, name: 'x', email: 'x@example.org' }) as const;
  const waiting = { id: 3, status: 'waiting', expired: false, proposedById: 1, answeredBy: [2] } as const;

  it('lets another approver answer, once', () => {
    expect(refusalOf(person(5, 'approver'), waiting)).toBeNull();
    expect(refusalOf(person(2, 'approver'), waiting)).toMatch('You have answered');
  });

  it('refuses the proposer, an analyst, and everybody once it is over', () => {
    expect(refusalOf(person(1, 'approver'), waiting)).toMatch('own proposal');
    expect(refusalOf(person(5, 'analyst'), waiting)).toMatch('Only an approver');
    expect(refusalOf(person(5, 'approver'), { ...waiting, status: 'withdrawn' })).toMatch(
      'P-3 was withdrawn',
    );
  });
});
