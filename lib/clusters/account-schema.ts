/** Accounts as their list and their page see them. Times are ISO 8601 strings in UTC. */
import { z } from 'zod';
import { ACCOUNT_STATUSES, type AccountStatus } from './fixed-sets';
import type { ClusterStatus, MemberRole } from './schema';

export type { AccountStatus };

export const ACCOUNT_SORTS = ['exchanges', 'seen', 'age', 'spend', 'id'] as const;
export type AccountSort = (typeof ACCOUNT_SORTS)[number];

/** Rows on one page of the list. */
export const ACCOUNT_PAGE = 100;

/** The list's filters, as they stand in the URL: ?q=acct_41&status=banned&cluster=in&sort=seen */
export const accountFilterSchema = z.object({
  /** Part of an account's id, or of its name, organization or e-mail domain. */
  q: z.string().trim().max(128).optional().catch(undefined),
  status: z.enum(ACCOUNT_STATUSES).optional().catch(undefined),
  /** In some cluster, or in none. */
  cluster: z.enum(['in', 'out']).optional().catch(undefined),
  /** Its programme; "none" for accounts in none. */
  program: z.string().trim().min(1).max(128).optional().catch(undefined),
  /** Reported in a looser state than ours after our act. */
  conflict: z.enum(['yes']).optional().catch(undefined),
  sort: z.enum(ACCOUNT_SORTS).default('exchanges').catch('exchanges'),
  dir: z.enum(['asc', 'desc']).default('desc').catch('desc'),
  /** From 1. */
  page: z.coerce.number().int().min(1).max(100_000).default(1).catch(1),
});
export type AccountFilter = z.infer<typeof accountFilterSchema>;

/** A cluster that an account is in. */
export interface AccountMembership {
  cluster: { id: number; name: string; status: ClusterStatus; score: number; active: boolean };
  role: MemberRole;
  /** Retention of this account in the cluster, 0 to 1. */
  strength: number;
  /** Kinds of evidence that hold it, strongest first. */
  kinds: string[];
}

export interface AccountRow {
  id: string;
  /** Null also where the reader may not see it. */
  displayName: string | null;
  /** What our own enforcement did last, else what the provider's records say. */
  status: AccountStatus;
  plan: string | null;
  country: string | null;
  program: string | null;
  verified: boolean;
  enterprise: boolean;
  monthlySpendUsd: number | null;
  exchanges: number;
  createdAt: string | null;
  lastSeenAt: string | null;
  /** The cluster that says most about it, and how many others hold it too. */
  membership: AccountMembership | null;
  otherMemberships: number;
}

export interface AccountPage {
  rows: AccountRow[];
  /** Matching the filter. */
  total: number;
  /** All accounts known, whatever the filter. */
  all: number;
}

/** One value that an account was seen with. */
interface AccountIndicator {
  /** Decimal string of the 64-bit id; empty where the reader may not see values. */
  id: string;
  kind: string;
  /** Null where the reader may not see values. */
  value: string | null;
  /** Times this account was seen with it. */
  count: number;
  /** UTC days, YYYY-MM-DD. */
  firstDay: string;
  lastDay: string;
  /** Accounts that hold the same value on any day, this one included. */
  accounts: number;
  /** True when so many hold it that counting stopped: `accounts` is then the least there are. */
  atLeast: boolean;
}

/** An action that named the account. */
export interface AccountEnforcement {
  proposalId: number;
  action: 'throttle' | 'require_verification' | 'ban' | 'countermeasure' | 'restore';
  proposalStatus: string;
  state: 'waiting' | 'sent' | 'retrying' | 'done' | 'dead' | 'skipped';
  /** What it was before the action, to which a restore would return it. */
  previousStatus: AccountStatus | null;
  outcome: string | null;
  proposedAt: string;
  /** When the provider answered. */
  doneAt: string | null;
}

interface AccountAppeal {
  id: string;
  receivedAt: string;
  text: string | null;
}

/** Everything known of one account. */
export interface AccountDetail {
  id: string;
  /** When its owner was forgotten; nothing else is known of it then. */
  forgottenAt: string | null;
  status: AccountStatus;
  reportedStatus: AccountStatus;
  enforcedStatus: AccountStatus | null;
  enforcedAt: string | null;
  /** When the provider reported a looser state than ours after our act; null when it does not contradict us. */
  conflictAt: string | null;
  profile: {
    displayName: string | null;
    emailDomain: string | null;
    organizationId: string | null;
    signupIp: string | null;
    plan: string | null;
    country: string | null;
    program: string | null;
    verified: boolean;
    enterprise: boolean;
    monthlySpendUsd: number | null;
    lastPaidAt: string | null;
    createdAt: string | null;
    firstSeenAt: string | null;
    lastSeenAt: string | null;
  };
  /** False when names, addresses and values were left out because the reader may not see them. */
  sensitive: boolean;
  exchanges: number;
  outputTokens: number;
  /** Exchanges a day over the 30 days up to its last one, oldest first; empty when none is known. */
  days: { day: string; exchanges: number }[];
  /** Indexes into PATTERN_CLASSES, most exchanges first. */
  classes: { class: number; exchanges: number }[];
  models: { name: string; exchanges: number }[];
  memberships: AccountMembership[];
  /** What ties it most to others comes first; at most INDICATORS_SHOWN. */
  indicators: AccountIndicator[];
  /** How many values there are by kind, whether shown or not. */
  indicatorKinds: { kind: string; values: number }[];
  enforcement: AccountEnforcement[];
  appeals: AccountAppeal[];
}

export const INDICATORS_SHOWN = 200;
