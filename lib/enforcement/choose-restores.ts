/** Pure: which effects can be taken back, and to what. */
import type { NotRestored, RestoreRow } from './restore-schema';
import { type AccountState, hasTarget, proposalRef, TARGET_STATE } from './rules';
import type { EnforcementAction, HoldKind } from './schema';

/** An account, and the effect of ours that would be taken back; null when none stands. */
export interface Restorable {
  accountKey: number;
  accountId: string;
  current: AccountState;
  /** Countermeasures in force. */
  countermeasures: readonly string[];
  /** Anything was ever done to it by us (by the proposal asked about, if one was). */
  touched: boolean;
  held: HoldKind | null;
  effect: {
    proposalId: number;
    action: EnforcementAction;
    countermeasure: string | null;
    previous: AccountState | null;
    /** Nobody knows whether the provider did it. */
    unsure: boolean;
    /** A later action of ours on its state that still stands. */
    laterProposalId: number | null;
    /** A live proposal that takes it back already. */
    underWayId: number | null;
  } | null;
}

export interface RestoreChoice {
  rows: (RestoreRow & { accountKey: number })[];
  leftOut: Record<NotRestored, number>;
  left: { accountId: string; why: NotRestored; note: string }[];
}

export function chooseRestores(accounts: readonly Restorable[]): RestoreChoice {
  const leftOut = { untouched: 0, restored: 0, changed: 0, later: 0, under_way: 0, held: 0 };
  const choice: RestoreChoice = { rows: [], leftOut, left: [] };
  for (const account of accounts) {
    const against = reasonAgainst(account);
    if (against) {
      leftOut[against.why]++;
      choice.left.push({ accountId: account.accountId, ...against });
      continue;
    }
    const { accountKey, accountId, current } = account;
    const { proposalId: of, action, countermeasure, previous, unsure } = account.effect!;
    const lifts = countermeasure === null ? [] : [countermeasure];
    const returnsTo = countermeasure === null ? previous : null;
    choice.rows.push({ accountKey, accountId, of, action, current, returnsTo, lifts, unsure });
  }
  return choice;
}

function reasonAgainst(account: Restorable): { why: NotRestored; note: string } | null {
  const { effect, current } = account;
  if (!account.touched) return { why: 'untouched', note: 'nothing was done to it' };
  if (!effect) return { why: 'restored', note: 'taken back already' };
  if (account.held === 'legal_hold') return { why: 'held', note: 'under legal hold' };
  if (effect.underWayId !== null)
    return { why: 'under_way', note: `${proposalRef(effect.underWayId)} restores it already` };
  if (effect.countermeasure !== null) {
    const inForce = account.countermeasures.includes(effect.countermeasure);
    return inForce || effect.unsure
      ? null
      : { why: 'changed', note: 'the countermeasure is not in force any more' };
  }
  if (effect.laterProposalId !== null)
    return { why: 'later', note: `${proposalRef(effect.laterProposalId)} came later and stands` };
  const target = hasTarget(effect.action) ? TARGET_STATE[effect.action] : null;
  if (current === effect.previous)
    return effect.unsure ? null : { why: 'restored', note: 'in its former state already' };
  return current === target && effect.previous !== null
    ? null
    : { why: 'changed', note: `${current.replaceAll('_', ' ')} by other hands since` };
}
