import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Candidate, chooseAccounts, impactOf } from './choose-accounts';
import { guardrails, refuseBlocked } from './guardrails';
import { tiersSetting } from './tiers-settings-schema';

const candidate = (more: Partial<Candidate> & { accountId: string }): Candidate => ({
  accountKey: 1,
  clusterId: 1,
  quadrant: 'distillation',
  confirmed: true,
  countermeasures: [],
  held: null,
  exchanges: 10,
  role: 'core',
  strength: 0.9,
  kinds: ['payment', 'ip'],
  state: 'active',
  paying: false,
  verified: false,
  enterprise: false,
  old: false,
  sharedNetwork: false,
  monthlySpendUsd: 0,
  ...more,
});

const anyCandidate = fc.record({
  accountKey: fc.nat(),
  clusterId: fc.constant(1),
  quadrant: fc.constant('distillation' as const),
  confirmed: fc.boolean(),
  countermeasures: fc.constant([]),
  held: fc.constantFrom(null, 'never_ban' as const, 'legal_hold' as const),
  exchanges: fc.nat(),
  accountId: fc.string({ minLength: 1 }),
  role: fc.constantFrom('core', 'member', 'weak'),
  strength: fc.double({ min: 0, max: 1, noNaN: true }),
  kinds: fc.constant(['payment']),
  state: fc.constantFrom('active', 'throttled', 'verification_required', 'banned'),
  paying: fc.boolean(),
  verified: fc.boolean(),
  enterprise: fc.boolean(),
  old: fc.boolean(),
  sharedNetwork: fc.boolean(),
  monthlySpendUsd: fc.nat(),
}) satisfies fc.Arbitrary<Candidate>;

const members = fc.uniqueArray(anyCandidate, { selector: (c) => c.accountId, maxLength: 60 });

describe('chooseAccounts()', () => {
  it('never takes a weak member, a left-out group or an account that is there already', () => {
    fc.assert(
      fc.property(members, (all) => {
        const { chosen, leftOut } = chooseAccounts(all, { action: 'ban', exclude: ['paying', 'verified'] });
        expect(
          chosen.some(
            (c) =>
              c.role === 'weak' || c.held || !c.confirmed || c.paying || c.verified || c.state === 'banned',
          ),
        ).toBe(false);
        expect(chosen.length + Object.values(leftOut).reduce((a, b) => a + b, 0)).toBe(all.length);
      }),
    );
  });

  it('does not depend on the order of the members', () => {
    fc.assert(
      fc.property(members, (all) => {
        const choose = (list: Candidate[]) => chooseAccounts(list, { action: 'ban', exclude: [] }).chosen;
        expect(choose([...all].reverse())).toEqual(choose(all));
      }),
    );
  });

  it('names strangers and weak members among the accounts that were asked for', () => {
    const all = [candidate({ accountId: 'a' }), candidate({ accountId: 'w', role: 'weak' })];
    const choice = chooseAccounts(all, {
      action: 'ban',
      exclude: [],
      clusterId: 1,
      accountIds: ['a', 'w', 'x'],
    });
    expect(choice).toMatchObject({ strangers: ['x'], weakNamed: ['w'] });
  });
});

describe('impactOf()', () => {
  it('counts overlapping groups and independent kinds: an address and its prefix are one', () => {
    const impact = impactOf([
      candidate({
        accountId: 'a',
        paying: true,
        old: true,
        monthlySpendUsd: 20,
        kinds: ['ip', 'prefix', 'asn'],
      }),
      candidate({ accountId: 'b', strength: 0.4, kinds: ['payment', 'phone'] }),
    ]);
    expect(impact).toMatchObject({
      accounts: 2,
      monthlySpendUsd: 20,
      kinds: 3,
      weakest: 0.4,
      heldByOneKind: 1,
    });
    expect(impact.groups.filter((g) => g.accounts > 0).map((g) => g.group)).toEqual([
      'paying',
      'old',
      'weakly_linked',
    ]);
  });
});

describe('guardrails()', () => {
  const facts = {
    action: 'ban' as const,
    tiers: tiersSetting.initial,
    held: 0,
    impact: impactOf([candidate({ accountId: 'a' }), candidate({ accountId: 'b' })]),
    caps: { action: 5_000, personDay: 10_000, hour: 6_000, payingPercent: 50 },
    usedToday: 2,
    proposer: 'Demo analyst',
    overlaps: [],
  };

  it('pass for a small list of plain accounts', () => {
    expect(guardrails(facts).every((check) => check.ok)).toBe(true);
    expect(() => refuseBlocked(guardrails(facts))).not.toThrow();
  });

  it('put what forbids first, then what warns', () => {
    const checks = guardrails({
      ...facts,
      impact: impactOf([candidate({ accountId: 'a', verified: true })]),
      caps: { ...facts.caps, personDay: 1 },
    });
    expect(checks.slice(0, 2).map((c) => [c.id, c.ok, c.blocks])).toEqual([
      ['cap_person_day', false, true],
      ['verified', false, undefined],
    ]);
  });

  it('forbid an empty list, one over a cap, and one that was tampered with', () => {
    const refusal = (more: Partial<Parameters<typeof guardrails>[0]>) => () =>
      refuseBlocked(guardrails({ ...facts, ...more }));
    expect(refusal({ impact: impactOf([]) })).toThrow('Nobody is on the list');
    expect(refusal({ caps: { ...facts.caps, action: 1 } })).toThrow('2 accounts, 1 at most');
    expect(refusal({ unchanged: false })).toThrow('not the one that was frozen');
  });

  it('forbid more paying accounts than the deployment allows, at proposing already, and not for a restore', () => {
    const list = (paying: number) =>
      impactOf(Array.from({ length: 40 }, (_, n) => candidate({ accountId: `a${n}`, paying: n < paying })));
    const capOf = (paying: number, action: 'ban' | 'restore' = 'ban') =>
      guardrails({ ...facts, action, impact: list(paying) }).find((check) => check.id === 'cap_paying');
    expect(capOf(20)).toMatchObject({ ok: true, note: '20, at most 20' });
    expect(capOf(21)).toMatchObject({ ok: false, blocks: true });
    expect(capOf(21)?.note).toContain('21 of 40 pay, 20 at most');
    expect(() => refuseBlocked(guardrails({ ...facts, impact: list(21) }))).toThrow('paying accounts');
    expect(capOf(40, 'restore')).toBeUndefined();
  });
});
