/** Whether accounts take turns: steadier together than accounts that act by chance. Pure. */
import type { Handoff } from './handoff-schema';

type Weighed = Pick<Handoff, 'accounts' | 'mean' | 'deviation' | 'deviationByChance'>;

/**
 * The number active at once, by hour, against independent accounts that are active as often as these
 * (Poisson-binomial: variance Σ p(1−p)). Much below chance: somebody balances the load. Much above: they act together.
 * @param byAccount exchanges by hour, all lists equally long
 */
export function weighHandoff(byAccount: ReadonlyMap<string, readonly number[]>): Weighed {
  const accounts = [...byAccount].map(([accountId, hours]) => ({
    accountId,
    byHour: [...hours],
    exchanges: hours.reduce((sum, value) => sum + value, 0),
    first: hours.findIndex((value) => value > 0),
    active: hours.filter((value) => value > 0).length / Math.max(hours.length, 1),
  }));
  const length = accounts[0]?.byHour.length ?? 0;
  const atOnce = Array.from(
    { length },
    (_, hour) => accounts.filter(({ byHour }) => (byHour[hour] ?? 0) > 0).length,
  );
  const mean = atOnce.reduce((sum, value) => sum + value, 0) / Math.max(length, 1);
  const variance = atOnce.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(length, 1);
  return {
    accounts: accounts
      .sort((a, b) => a.first - b.first || b.exchanges - a.exchanges || (a.accountId < b.accountId ? -1 : 1))
      .map(({ accountId, exchanges, byHour }) => ({ accountId, exchanges, byHour })),
    mean,
    deviation: Math.sqrt(variance),
    deviationByChance: Math.sqrt(accounts.reduce((sum, { active }) => sum + active * (1 - active), 0)),
  };
}
