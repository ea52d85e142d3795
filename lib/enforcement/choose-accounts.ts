/** Pure: which members of a cluster an action would hit, and what hitting them would cost. */
import type { MemberRole } from '@/lib/clusters/schema';
import { detectionKind } from '@/lib/detection/kinds';
import { type AccountState, isAlready } from './rules';
import type { Impact, ImpactGroup, LeftOut, PreviewInput } from './schema';

/** A member of the cluster as choosing needs it. */
export interface Candidate {
  accountKey: number;
  accountId: string;
  role: MemberRole;
  /** Retention, 0 to 1. */
  strength: number;
  /** Kinds of evidence that hold it. */
  kinds: readonly string[];
  state: AccountState;
  paying: boolean;
  verified: boolean;
  enterprise: boolean;
  old: boolean;
  /** Seen on an address that many accounts outside the cluster use too. */
  sharedNetwork: boolean;
  monthlySpendUsd: number;
}

export interface Choice {
  /** Strongest first: the order of the stages. */
  chosen: Candidate[];
  leftOut: LeftOut;
  /** Named accounts that are not members of the cluster, and those that are weak. */
  strangers: string[];
  weakNamed: string[];
}

/** The core and ordinary members that the action would change, less the groups left out. Weak members never are. */
export function chooseAccounts(
  members: readonly Candidate[],
  input: Pick<PreviewInput, 'action' | 'exclude' | 'accountIds'>,
): Choice {
  const named = input.accountIds ? new Set(input.accountIds) : null;
  const leftOut: LeftOut = { weak: 0, already: 0, excluded: 0 };
  const chosen: Candidate[] = [];
  const weakNamed: string[] = [];
  for (const member of members) {
    const isNamed = named === null || named.delete(member.accountId);
    if (member.role === 'weak') {
      leftOut.weak++;
      if (named !== null && isNamed) weakNamed.push(member.accountId);
    } else if (!isNamed || input.exclude.some((group) => member[group])) {
      leftOut.excluded++;
    } else if (isAlready(member.state, input.action)) {
      leftOut.already++;
    } else {
      chosen.push(member);
    }
  }
  chosen.sort(byStrength);
  return { chosen, leftOut, strangers: [...(named ?? [])], weakNamed };
}

function byStrength(a: Candidate, b: Candidate): number {
  const core = Number(b.role === 'core') - Number(a.role === 'core');
  return core || b.strength - a.strength || (a.accountId < b.accountId ? -1 : 1);
}

const GROUPS: { group: ImpactGroup['group']; holds: (c: Candidate) => boolean }[] = [
  { group: 'paying', holds: (c) => c.paying },
  { group: 'verified', holds: (c) => c.verified },
  { group: 'enterprise', holds: (c) => c.enterprise },
  { group: 'old', holds: (c) => c.old },
  { group: 'shared_network', holds: (c) => c.sharedNetwork },
];

/** Who would be hit, by groups that overlap. */
export function impactOf(chosen: readonly Candidate[]): Impact {
  const groups = GROUPS.map(({ group, holds }) => {
    const inside = chosen.filter(holds);
    return { group, accounts: inside.length, monthlySpendUsd: spend(inside) };
  });
  return {
    accounts: chosen.length,
    monthlySpendUsd: spend(chosen),
    groups,
    kinds: new Set(chosen.flatMap((c) => [...independent(c.kinds)])).size,
    weakest: chosen.reduce((low, c) => Math.min(low, c.strength), chosen.length === 0 ? 0 : 1),
    heldByOneKind: chosen.filter((c) => independent(c.kinds).size < 2).length,
  };
}

/** An address and its prefix are one fact; a card and a phone are two. */
function independent(kinds: readonly string[]): Set<string> {
  const facts = kinds.map((kind) => {
    const { family } = detectionKind(kind);
    return family === 'identity' ? kind : family;
  });
  return new Set(facts.filter((fact) => fact !== 'context'));
}

function spend(candidates: readonly Candidate[]): number {
  const cents = candidates.reduce((sum, c) => sum + Math.round(c.monthlySpendUsd * 100), 0);
  return cents / 100;
}
