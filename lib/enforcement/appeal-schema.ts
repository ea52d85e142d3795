/** Appeals as their queue, their page and their verbs see them. Times are ISO 8601 strings in UTC. */
import { z } from 'zod';
import type { EvidenceSummary, PersonRef } from '@/lib/clusters/schema';
import { storableId } from '@/lib/storable-id';
import type { ReasonCode } from './notice-schema';
import type { AccountState } from './rules';
import type { EnforcementAction, ProposalStatus } from './schema';

export type AppealState = 'open' | 'upheld' | 'granted';

/** "AP-12". */
export const appealRef = (number: number): string => `AP-${number}`;

const number = storableId('There is no such appeal. Open it from the list again.');

export const assignAppealSchema = z.object({
  number,
  /** Who takes it up; null gives it back to the queue. */
  toId: storableId('There is no such person. Reload the page.').nullable(),
});
export type AssignAppealInput = z.infer<typeof assignAppealSchema>;

export const decideAppealSchema = z.object({
  number,
  verdict: z.enum(['uphold', 'grant']),
  reason: z.string().trim().min(3, 'Say why, in a few words.').max(2000),
});
export type DecideAppealInput = z.infer<typeof decideAppealSchema>;

const APPEAL_VIEWS = ['open', 'mine', 'decided', 'other'] as const;
export type AppealView = (typeof APPEAL_VIEWS)[number];

/** Rows on one page of the list. */
export const APPEAL_PAGE = 100;

/** The list's tabs, as they stand in the URL. */
export const appealFilterSchema = z.object({
  view: z.enum(APPEAL_VIEWS).default('open').catch('open'),
  /** From 1. */
  page: z.coerce.number().int().min(1).max(10_000).default(1).catch(1),
});
export type AppealFilter = z.infer<typeof appealFilterSchema>;

/** The act that an appeal is against. */
export interface AppealedAct {
  proposalId: number;
  action: EnforcementAction;
  cluster: { id: number; name: string } | null;
  /** When it reached the account. */
  at: string;
  /** How strongly the account was held in its cluster when the list was frozen, 0 to 1. */
  strength: number;
  /** Kinds of evidence that held it then, strongest first. */
  kinds: string[];
}

export interface AppealRow {
  number: number;
  accountId: string;
  receivedAt: string;
  /** The beginning of the owner's words; null without words, or where the reader may not see them. */
  excerpt: string | null;
  state: AppealState;
  /** Null when no act of ours reached the account before the appeal. */
  act: AppealedAct | null;
  assignee: PersonRef | null;
  decidedAt: string | null;
  /** Why the reader may not take it up or decide it, or null when they may. */
  refusal: string | null;
}

export interface AppealPage {
  rows: AppealRow[];
  total: number;
  counts: Record<AppealView, number>;
}

export interface AppealDetail extends AppealRow {
  /** The provider's own id of the appeal. */
  id: string;
  text: string | null;
  /** False when the words were left out because the reader may not see them. */
  sensitive: boolean;
  assignedAt: string | null;
  account: {
    state: AccountState;
    createdAt: string | null;
    plan: string | null;
    verified: boolean;
    enterprise: boolean;
    monthlySpendUsd: number | null;
    lastPaidAt: string | null;
    exchanges: number;
  };
  /** What was decided then, by whom. */
  case: {
    reason: string;
    reasonCode: ReasonCode | null;
    proposedBy: PersonRef;
    proposedAt: string;
    answers: { person: PersonRef; verdict: 'approve' | 'reject' }[];
    confirmedBy: PersonRef[];
    outcome: string | null;
    previousState: AccountState | null;
    /** The frozen evidence of the kinds that held this account. */
    evidence: EvidenceSummary[];
    /** Kinds that the list's evidence had and this account lacks. */
    missing: string[];
  } | null;
  decision: { verdict: 'uphold' | 'grant'; reason: string; by: PersonRef } | null;
  restore: { proposalId: number; status: ProposalStatus } | null;
  /** Others of the same account, newest first. */
  others: { number: number; receivedAt: string; state: AppealState }[];
  /** Who could take it up: nobody with a part in the act. */
  eligible: PersonRef[];
  /** What the act has come to so far. */
  rate: AppealRate | null;
}

/** What an action has come to at its accounts' owners; accounts, not letters. */
export interface AppealRate {
  actedOn: number;
  appeals: number;
  granted: number;
}

/** Actions that turned out wrong: granted appeals against the detection behind them. */
export interface WrongActions extends AppealRate {
  /** By the kinds of evidence that held the accounts; most granted first. An account counts under each of its kinds. */
  kinds: { kind: string; actedOn: number; granted: number }[];
}
