/** Pure: which accounts of a source an action would hit, and what hitting them would cost. */

import { independentKinds } from '@/lib/clusters/independent-kinds';
import type { MemberRole, Quadrant } from '@/lib/clusters/schema';
import type { LeftOut, LeftWhy, PreviewInput } from './propose-schema';
import { type AccountState, isAlready } from './rules';
import {
  type GroupAccounts,
  type HoldKind,
  IMPACT_GROUPS,
  type Impact,
  type ImpactGroupName,
} from './schema';
import { expectedWrong, type Held } from './wrong-share';

/** An account as choosing needs it. */
export interface Candidate {
  accountKey: number;
  accountId: string;
  /** The cluster that speaks for it, that cluster's quadrant, and its role there; null when it is in none. */
  clusterId: number | null;
  quadrant: Quadrant | null;
  role: MemberRole | null;
  /** A core or ordinary member of a confirmed cluster, or of the one that proposing confirms. */
  confirmed: boolean;
  /** Retention, 0 to 1. */
  strength: number;
  /** Kinds of evidence that hold it. */
  kinds: readonly string[];
  /** What second analysts found of its cluster, and of itself. */
  reviewed?: Held['reviewed'];
  verdict?: Held['verdict'];
  state: AccountState;
  /** Countermeasures in force. */
  countermeasures: readonly string[];
  /** What keeps it off every list. */
  held: HoldKind | null;
  paying: boolean;
  verified: boolean;
  enterprise: boolean;
  old: boolean;
  /** Seen on an address that many accounts outside the source use too. */
  sharedNetwork: boolean;
  monthlySpendUsd: number;
  exchanges: number;
}

export interface Choice {
  /** Strongest first: the order of the stages. */
  chosen: Candidate[];
  leftOut: LeftOut;
  left: { accountId: string; why: LeftWhy }[];
  /** Named accounts that are not members of the cluster, and those that are weak. */
  strangers: string[];
  weakNamed: string[];
}

type Choosing = Pick<PreviewInput, 'action' | 'countermeasure' | 'exclude' | 'accountIds' | 'clusterId'>;

/** The accounts that the action would change, less those held, weak, unconfirmed and in groups left out. */
export function chooseAccounts(candidates: readonly Candidate[], input: Choosing): Choice {
  const named = input.clusterId !== undefined && input.accountIds ? new Set(input.accountIds) : null;
  const leftOut: LeftOut = { weak: 0, already: 0, excluded: 0, held: 0, unconfirmed: 0 };
  const left: Choice['left'] = [];
  const chosen: Candidate[] = [];
  const weakNamed: string[] = [];
  for (const candidate of candidates) {
    const isNamed = named === null || named.delete(candidate.accountId);
    const why = isNamed ? reasonAgainst(candidate, input) : candidate.role === 'weak' ? 'weak' : 'excluded';
    if (why === 'weak' && named !== null && isNamed) weakNamed.push(candidate.accountId);
    if (why === null) {
      chosen.push(candidate);
    } else {
      leftOut[why]++;
      if (isNamed) left.push({ accountId: candidate.accountId, why });
    }
  }
  chosen.sort(byStrength);
  return { chosen, leftOut, left, strangers: [...(named ?? [])], weakNamed };
}

/** A ban takes a confirmed cluster, and no weak member of a cluster is proposed with it. */
function reasonAgainst(candidate: Candidate, input: Choosing): LeftWhy | null {
  const fromCluster = input.clusterId !== undefined;
  if (candidate.role === 'weak' && (fromCluster || input.action === 'ban')) return 'weak';
  if (candidate.held !== null) return 'held';
  if (input.action === 'ban' && !candidate.confirmed) return 'unconfirmed';
  if ((input.exclude ?? []).some((group) => isIn(candidate, group))) return 'excluded';
  const under =
    input.countermeasure !== undefined && candidate.countermeasures.includes(input.countermeasure);
  return under || isAlready(candidate.state, input.action) ? 'already' : null;
}

const RANK: Record<MemberRole, number> = { core: 0, member: 1, weak: 2 };

function byStrength(a: Candidate, b: Candidate): number {
  const role = (c: Candidate) => (c.role === null ? 3 : RANK[c.role]);
  return role(a) - role(b) || b.strength - a.strength || (a.accountId < b.accountId ? -1 : 1);
}

const HOLDS: Record<ImpactGroupName, (candidate: Candidate) => boolean> = {
  paying: (c) => c.paying,
  verified: (c) => c.verified,
  enterprise: (c) => c.enterprise,
  old: (c) => c.old,
  weakly_linked: (c) => independentKinds(c.kinds).size < 2,
  shared_network: (c) => c.sharedNetwork,
  judged_out: (c) => c.verdict === 'does_not',
};

const isIn = (candidate: Candidate, group: ImpactGroupName): boolean => HOLDS[group](candidate);

/** The groups that an account is in. */
export const groupsOf = (candidate: Candidate): ImpactGroupName[] =>
  IMPACT_GROUPS.filter((group) => isIn(candidate, group));

/** Accounts of a group that are named for whoever wants to look. */
const GROUP_SHOWN = 20;

/** Up to twenty accounts of each group, weakest first. */
export function groupAccountsOf(chosen: readonly Candidate[]): GroupAccounts {
  const weakest = [...chosen].reverse();
  return Object.fromEntries(
    IMPACT_GROUPS.map((group) => [
      group,
      weakest
        .filter((c) => isIn(c, group))
        .slice(0, GROUP_SHOWN)
        .map((c) => c.accountId),
    ]),
  );
}

/** Who would be hit, by groups that overlap. */
export function impactOf(chosen: readonly Candidate[]): Impact {
  const groups = IMPACT_GROUPS.map((group) => {
    const inside = chosen.filter((candidate) => isIn(candidate, group));
    return { group, accounts: inside.length, monthlySpendUsd: spend(inside), wrong: expectedWrong(inside) };
  });
  return {
    accounts: chosen.length,
    monthlySpendUsd: spend(chosen),
    groups,
    kinds: new Set(chosen.flatMap((c) => [...independentKinds(c.kinds)])).size,
    weakest: chosen.reduce((low, c) => Math.min(low, c.strength), chosen.length === 0 ? 0 : 1),
    heldByOneKind: chosen.filter((c) => isIn(c, 'weakly_linked')).length,
    unconfirmed: chosen.filter((c) => !c.confirmed).length,
    wrong: expectedWrong(chosen),
  };
}

function spend(candidates: readonly Candidate[]): number {
  const cents = candidates.reduce((sum, c) => sum + Math.round(c.monthlySpendUsd * 100), 0);
  return cents / 100;
}

/** Strengths in 20 equal bins from 0 to 1. */
export function histogram(strengths: readonly number[]): number[] {
  const bins = new Array<number>(20).fill(0);
  for (const strength of strengths) {
    const bin = Math.min(19, Math.max(0, Math.floor(strength * 20)));
    bins[bin] = (bins[bin] ?? 0) + 1;
  }
  return bins;
}
