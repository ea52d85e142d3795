/** Pure: the graduated answer to a mixed list. Ban whom the evidence holds fast, ask the rest to prove who they are. */
import { type Candidate, isIn } from './choose-accounts';
import { expectedWrong, type WrongEstimate } from './wrong-share';

interface SplitPart {
  accounts: number;
  wrong: WrongEstimate;
  /** Share of the exchanges of the whole list, 0 to 1. */
  exchanges: number;
}

/** What each half would hold. Who verifies goes on; who does not has stopped. */
export interface Split {
  ban: SplitPart;
  verify: SplitPart;
}

/** Strength from which a member counts as held fast, as detection's own core. */
const CORE_FROM = 0.6;

/** The core: held fast, by two independent kinds, and in none of the groups that people answer for. */
export function isCore(candidate: Candidate): boolean {
  const careful = (['verified', 'enterprise', 'weakly_linked', 'shared_network'] as const).some((group) =>
    isIn(candidate, group),
  );
  return candidate.strength >= CORE_FROM && !careful;
}

/** @returns null when there is nothing to tell apart: all core, or none */
export function suggestSplit(chosen: readonly Candidate[]): Split | null {
  const core = chosen.filter(isCore);
  const fringe = chosen.filter((candidate) => !isCore(candidate));
  if (core.length === 0 || fringe.length === 0) return null;
  const all = chosen.reduce((sum, c) => sum + c.exchanges, 0);
  const part = (accounts: Candidate[]): SplitPart => ({
    accounts: accounts.length,
    wrong: expectedWrong(accounts),
    exchanges: all === 0 ? 0 : accounts.reduce((sum, c) => sum + c.exchanges, 0) / all,
  });
  return { ban: part(core), verify: part(fringe) };
}
