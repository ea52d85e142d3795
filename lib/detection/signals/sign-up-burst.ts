/**
 * Hypothesis: an operation signs its accounts up in waves.
 * Formula: a member shows it when so many of the others signed up within a day of it that Poisson finds them past
 * α/n. Expected of a member are the others times the share of all strangers who signed up in that window, so that a
 * launch which brings crowds explains itself.
 * Known false positives: a course, a hackathon, a company's roll-out: waves of their own; it never stands alone.
 * Source: Cao et al. 2014, "SynchroTrap"; Beutel et al. 2013, "CopyCatch".
 */

import { logPoissonTail } from '../significance';
import { GROUP_KINDS } from './group-kinds';
import { accountsOf, countBelow, type GroupSignal } from './signal';

const DAY_MS = 86_400_000;

export const signUpBurst: GroupSignal = {
  ...GROUP_KINDS.sign_up_burst,
  most: 4,
  prepare({ graph, snapshot, config }) {
    const { createdAt } = snapshot.activity;
    const everybody = createdAt.filter((at) => !Number.isNaN(at)).sort();
    if (everybody.length === 0) return undefined;
    return (units) => {
      const first = (unit: number): number =>
        accountsOf(graph, unit).reduce((least, account) => {
          const at = createdAt[account]!;
          return Number.isNaN(least) || at < least ? at : least;
        }, Number.NaN);
      const times = Float64Array.from(units, first)
        .filter((at) => !Number.isNaN(at))
        .sort();
      const others = Math.max(1, everybody.length - times.length);
      const limit = Math.log(config.alpha / Math.max(1, times.length));
      let members = 0;
      for (const at of times) {
        const own = within(times, at);
        const strangers = Math.max(1, within(everybody, at) - own);
        const usual = ((times.length - 1) * strangers) / others;
        if (own > 2 && logPoissonTail(own - 1, usual) < limit) members++;
      }
      return { measured: times.length, members, expected: config.alpha, population: members };
    };
  },
};

/** How many of the sorted times lie within a day of `at`, itself included. */
function within(sorted: Float64Array, at: number): number {
  return countBelow(sorted, at + DAY_MS) - countBelow(sorted, at - DAY_MS);
}
