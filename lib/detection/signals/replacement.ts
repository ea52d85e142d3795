/**
 * Hypothesis: an operation replaces what it loses: new accounts sign up within two days of a ban.
 * Formula: members that signed up within 48 hours after another member was banned, against the share of strangers
 * whose sign-up falls into the same hours.
 * Known false positives: growing groups of which now and then an account is banned; the share of strangers under
 * the same watch answers that.
 * Source: disclosure of February 2026 (a banned account is replaced at once).
 */
import { GROUP_KINDS } from './group-kinds';
import { accountsOf, countBelow, type GroupSignal } from './signal';

const SOON_MS = 2 * 86_400_000;

export const replacement: GroupSignal = {
  ...GROUP_KINDS.replacement,
  most: 4,
  prepare({ graph, snapshot, behaviour }) {
    const { createdAt } = snapshot.activity;
    const { bannedAt } = behaviour;
    const everybody = createdAt.filter((at) => !Number.isNaN(at));
    if (everybody.length === 0 || bannedAt.every(Number.isNaN)) return undefined;
    return (units) => {
      const accounts = Array.from(units, (unit) => [...accountsOf(graph, unit)]).flat();
      const bans = Float64Array.from(accounts, (account) => bannedAt[account]!)
        .filter((at) => !Number.isNaN(at))
        .sort();
      const isSoon = (at: number): boolean => {
        const earlier = countBelow(bans, at);
        return earlier > 0 && at - bans[earlier - 1]! <= SOON_MS;
      };
      const born = accounts.map((account) => createdAt[account]!).filter((at) => !Number.isNaN(at));
      const members = born.filter(isSoon).length;
      const anybody = bans.length === 0 ? 0 : everybody.reduce((n, at) => n + (isSoon(at) ? 1 : 0), 0);
      const strangers = Math.max(1, everybody.length - born.length);
      return {
        measured: born.length,
        members,
        expected: (born.length * (anybody - members)) / strangers,
        population: anybody,
        detail: { banned: bans.length },
      };
    };
  },
};
