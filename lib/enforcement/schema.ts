/** Proposals, approvals and their execution as screens and verbs see them. Times are ISO 8601 strings in UTC. */
import { z } from 'zod';
import type { EvidenceSummary, PersonRef } from '@/lib/clusters/schema';
import { storableId } from '@/lib/storable-id';
import type { Split, WrongEstimate } from './weigh-schema';

const ACTIONS = ['throttle', 'require_verification', 'ban', 'countermeasure', 'restore'] as const;
export type EnforcementAction = (typeof ACTIONS)[number];
/** Actions that put an account into a state of its own. A countermeasure leaves the state as it is. */
export type StatusAction = Exclude<EnforcementAction, 'countermeasure' | 'restore'>;

export const PROPOSAL_STATUSES = [
  'waiting',
  'approved',
  'running',
  'paused',
  'done',
  'stopped',
  'rejected',
  'withdrawn',
  'expired',
] as const;
export type ProposalStatus = (typeof PROPOSAL_STATUSES)[number];

export const ITEM_STATES = ['waiting', 'sent', 'retrying', 'done', 'dead', 'skipped'] as const;
export type ItemState = (typeof ITEM_STATES)[number];

/** Where a list came from. */
export type ProposalSource = 'cluster' | 'selection' | 'indicator' | 'list' | 'restore' | 'appeal';

/** Why an account may be on no list. */
export type HoldKind = 'never_ban' | 'legal_hold';

export const proposalIdSchema = storableId('There is no such proposal. Open it from the list again.');
export const reasonSchema = z.string().trim().min(3, 'Say why, in a few words.').max(2000);

export const answerSchema = z.object({
  proposalId: proposalIdSchema,
  verdict: z.enum(['approve', 'reject']),
  reason: reasonSchema,
  /** The hash that the approver saw. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type AnswerInput = z.infer<typeof answerSchema>;

export const steerSchema = z.object({
  proposalId: proposalIdSchema,
  to: z.enum(['pause', 'resume', 'stop', 'withdraw']),
  reason: reasonSchema,
});
export type SteerInput = z.infer<typeof steerSchema>;

/** Trying accounts again that were given up. */
export const retrySchema = z.object({
  proposalId: proposalIdSchema,
  reason: reasonSchema,
  /** Ids at the provider; all that were given up when absent. */
  accountIds: z
    .array(z.string().min(1).max(128))
    .min(1, 'Choose at least one account.')
    .max(100_000)
    .optional(),
});
export type RetryInput = z.infer<typeof retrySchema>;

const PROPOSAL_VIEWS = ['waiting', 'running', 'closed', 'mine', 'all'] as const;

/** The list's tabs, as they stand in the URL: waiting for approval, on their way, over, proposed by the reader. */
export const proposalFilterSchema = z.object({
  view: z.enum(PROPOSAL_VIEWS).default('all').catch('all'),
});
export type ProposalFilter = z.infer<typeof proposalFilterSchema>;

export const itemFilterSchema = z.object({
  state: z.enum(ITEM_STATES).optional().catch(undefined),
  /** Part of an account's id. */
  q: z.string().trim().max(128).optional().catch(undefined),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0).catch(0),
  limit: z.coerce.number().int().min(1).max(500).default(100).catch(100),
});
export type ItemFilter = z.infer<typeof itemFilterSchema>;

export const IMPACT_GROUPS = [
  'paying',
  'verified',
  'enterprise',
  'old',
  'weakly_linked',
  'shared_network',
  'judged_out',
] as const;
export type ImpactGroupName = (typeof IMPACT_GROUPS)[number];

/** Ids of accounts by group, for whoever wants to look at them. */
export type GroupAccounts = Partial<Record<ImpactGroupName, string[]>>;

/** One group of accounts on a list, with what hitting them would cost. Groups overlap. */
export interface ImpactGroup {
  group: ImpactGroupName;
  accounts: number;
  monthlySpendUsd: number;
  /** Absent on lists that were frozen before it was estimated. */
  wrong?: WrongEstimate;
}

/** Who would be hit, counted on the frozen list. */
export interface Impact {
  accounts: number;
  monthlySpendUsd: number;
  groups: ImpactGroup[];
  /** Kinds of evidence that hold the list together. */
  kinds: number;
  /** Smallest retention on the list. */
  weakest: number;
  /** Accounts that fewer than two independent kinds of evidence hold. */
  heldByOneKind: number;
  /** Accounts that are in no confirmed cluster. */
  unconfirmed?: number;
  /** Other accounts that its proposer put on lists of an action in the 24 hours before: they count for the tier too. */
  alongside?: number;
  wrong?: WrongEstimate;
}

/** One check before approval; `ok` false is a warning that says what to do. */
export interface Guardrail {
  id: string;
  ok: boolean;
  title: string;
  note: string;
  /** Set when the check does not warn but forbids: the proposal cannot be made or approved. */
  blocks?: true;
}

export interface ProposalRow {
  id: number;
  action: EnforcementAction;
  /** The provider's id of the countermeasure. */
  countermeasure: string | null;
  /** What it was called when the list was frozen. */
  countermeasureName: string | null;
  status: ProposalStatus;
  cluster: { id: number; name: string; score: number } | null;
  source: ProposalSource;
  /** What the accounts are of: "Copper heron", "payment pm_9f2c", "a pasted list". */
  sourceLabel: string;
  accountCount: number;
  reason: string;
  proposedBy: PersonRef;
  proposedAt: string;
  expiresAt: string;
  approvals: number;
  approvalsRequired: number;
  /** True when the reader could approve or reject it now. */
  waitsForMe: boolean;
  done: number;
  dead: number;
  note: string | null;
}

export interface ProposalList {
  rows: ProposalRow[];
  /** For the tabs; `waitsForMe` is what the reader could answer now. */
  counts: { waiting: number; waitsForMe: number; running: number; closed: number; mine: number; all: number };
}

/** How much of a hard cap is used. No screen lifts one. */
interface CapUse {
  used: number;
  limit: number;
}

export interface ApprovalRow {
  approver: PersonRef;
  verdict: 'approve' | 'reject';
  reason: string;
  at: string;
}

export interface StageProgress {
  stage: number;
  name: string;
  /** Share of the list, cumulated, 0 to 1. */
  upTo: number;
  total: number;
  done: number;
  sent: number;
  retrying: number;
  dead: number;
  skipped: number;
}

export interface ProposalDetail extends ProposalRow {
  sha256: string;
  impact: Impact;
  guardrails: Guardrail[];
  /** Up to twenty accounts of each group, weakest first. */
  groupAccounts: GroupAccounts;
  /** How it could be split, while it waits; null when there is nothing to tell apart. */
  split: Split | null;
  /** The cluster's evidence when the list was frozen. */
  evidence: EvidenceSummary[];
  approvalRows: ApprovalRow[];
  /** Who joined or left since the list was frozen; `open` is false when nobody can join it. */
  drift: { joined: number; left: number; open: boolean };
  /** Minutes within which approvers have signed in or enter their password; null when any session will do. */
  freshMinutes: number | null;
  /** When the reader did, if that is lately enough. */
  signedInAt: string | null;
  /** The proposal whose effects it takes back, and those that take back this one's. */
  restoresId: number | null;
  restoredBy: number[];
  /** The other half of a graduated split. */
  companions: number[];
  replacesId: number | null;
  replacedBy: number[];
  /** What became of a pasted list's entries; null for every other source. */
  list: { entries: number; repeated: number; unknown: string[] } | null;
  stages: StageProgress[];
  startedAt: string | null;
  finishedAt: string | null;
  /** Strengths of the listed accounts in 20 equal bins from 0 to 1. */
  strengths: number[];
  /** `shadow`: everything happens but the call. */
  provider: { name: string; simulated: boolean; shadow: boolean };
  /** Why the reader may not answer, or null when they may. */
  refusal: string | null;
  caps: { action: CapUse; personDay: CapUse; hour: CapUse; paying: CapUse };
  /** What the reader may do with it now. */
  maySteer: { pause: boolean; resume: boolean; stop: boolean; withdraw: boolean };
}

/** What a running action looks like, polled by its page. */
export interface ProposalProgress {
  status: ProposalStatus;
  note: string | null;
  stages: StageProgress[];
  done: number;
  total: number;
  /** Newest first. */
  recent: ItemRow[];
  /** Share of the accounts tried in the current stage whose last try failed, and where it pauses by itself. */
  errors: { share: number; limit: number };
  /** Accounts a second at most. */
  perSecond: number;
}

export interface ItemPage {
  rows: ItemRow[];
  total: number;
  /** All items by state, whatever the filter. */
  counts: Record<ItemState, number>;
}

export interface ItemRow {
  accountId: string;
  state: ItemState;
  stage: number;
  attempts: number;
  outcome: string | null;
  at: string | null;
  tookMs: number | null;
}
