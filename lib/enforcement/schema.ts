/** Proposals, approvals and their execution as screens and verbs see them. Times are ISO 8601 strings in UTC. */
import { z } from 'zod';
import { clusterIdSchema, type EvidenceSummary, type PersonRef } from '@/lib/clusters/schema';
import { storableId } from '@/lib/storable-id';

const ACTIONS = ['throttle', 'require_verification', 'ban', 'countermeasure', 'restore'] as const;
export type EnforcementAction = (typeof ACTIONS)[number];
/** Actions that put an account into a state of its own. A countermeasure leaves the state as it is. */
export type StatusAction = Exclude<EnforcementAction, 'countermeasure' | 'restore'>;

const PROPOSAL_STATUSES = [
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

const proposalId = storableId('There is no such proposal. Open it from the list again.');
const reason = z.string().trim().min(3, 'Say why, in a few words.').max(2000);

/** Proposing for a cluster: all core and ordinary members, less those left out. Weak members are never in it. */
export const proposeSchema = z.object({
  clusterId: clusterIdSchema,
  action: z.enum(['throttle', 'require_verification', 'ban']),
  reason,
  /** Groups left out with one click. */
  exclude: z.array(z.enum(['paying', 'verified', 'enterprise', 'old'])).default([]),
  /** Or exactly these accounts (ids at the provider), all members of the cluster. */
  accountIds: z.array(z.string().min(1).max(128)).max(50_000).optional(),
});
export type ProposeInput = z.infer<typeof proposeSchema>;

/** What a preview needs: a proposal without its reason. A whole ProposeInput fits too. */
export const previewSchema = proposeSchema.omit({ reason: true });
export type PreviewInput = z.infer<typeof previewSchema>;

export const answerSchema = z.object({
  proposalId,
  verdict: z.enum(['approve', 'reject']),
  reason,
  /** The hash that the approver saw. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type AnswerInput = z.infer<typeof answerSchema>;

export const steerSchema = z.object({
  proposalId,
  to: z.enum(['pause', 'resume', 'stop', 'withdraw']),
  reason,
});
export type SteerInput = z.infer<typeof steerSchema>;

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

/** One group of accounts on a list, with what hitting them would cost. Groups overlap. */
export interface ImpactGroup {
  group: 'paying' | 'verified' | 'enterprise' | 'old' | 'shared_network';
  accounts: number;
  monthlySpendUsd: number;
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
  /** Accounts that one kind of evidence alone holds in the cluster. */
  heldByOneKind: number;
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

/** What a proposal would hold, before anything is written. */
export interface ProposalPreview {
  sha256: string;
  accountCount: number;
  impact: Impact;
  guardrails: Guardrail[];
  approvalsRequired: number;
  /** Members of the cluster that are not on the list, by why. */
  leftOut: LeftOut;
}

export interface LeftOut {
  /** Held too weakly to be proposed. */
  weak: number;
  /** In this state already, or in a stricter one. */
  already: number;
  /** In a group that was left out, or not among the accounts that were named. */
  excluded: number;
}

export interface ProposalRow {
  id: number;
  action: EnforcementAction;
  status: ProposalStatus;
  cluster: { id: number; name: string; score: number } | null;
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
  /** The cluster's evidence when the list was frozen. */
  evidence: EvidenceSummary[];
  approvalRows: ApprovalRow[];
  /** Members that joined or left the cluster since the list was frozen. */
  drift: { joined: number; left: number };
  stages: StageProgress[];
  startedAt: string | null;
  finishedAt: string | null;
  /** Strengths of the listed accounts in 20 equal bins from 0 to 1. */
  strengths: number[];
  /** `shadow`: everything happens but the call. */
  provider: { name: string; simulated: boolean; shadow: boolean };
  /** Why the reader may not answer, or null when they may. */
  refusal: string | null;
  caps: { action: CapUse; personDay: CapUse; hour: CapUse };
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
