/** Pure: the graduated answer to a mixed list. Ban whom the evidence holds fast, ask the rest to prove who they are. */

import { independentKinds } from '@/lib/clusters/independent-kinds';
import type { Candidate } from './choose-accounts';
import type { Split } from './weigh-schema';
import { expectedWrong } from './wrong-share';

/** What decides on which side an account falls. */
type Splittable = Pick<
  Candidate,
  'strength' | 'kinds' | 'quadrant' | 'verified' | 'enterprise' | 'sharedNetwork' | 'exchanges'
>;

/** Strength from which a member counts as held fast, as detection's own core. */
const CORE_FROM = 0.6;

/** The core: held fast, by two independent kinds, and in none of the groups that people answer for. */
export function isCore(account: Splittable): boolean {
  const careful = account.verified || account.enterprise || account.sharedNetwork;
  return account.strength >= CORE_FROM && !careful && independentKinds(account.kinds).size >= 2;
}

/** @returns null when there is nothing to tell apart: all core, or none */
export function suggestSplit(chosen: readonly Splittable[]): Split | null {
  const core = chosen.filter(isCore);
  const fringe = chosen.filter((account) => !isCore(account));
  if (core.length === 0 || fringe.length === 0) return null;
  const all = chosen.reduce((sum, account) => sum + account.exchanges, 0);
  const part = (accounts: Splittable[]): Split['ban'] => ({
    accounts: accounts.length,
    wrong: expectedWrong(accounts),
    exchanges: all === 0 ? 0 : accounts.reduce((sum, account) => sum + account.exchanges, 0) / all,
  });
  return { ban: part(core), verify: part(fringe) };
}
