/** Pure decisions about proposals: who must approve, in which stages, when to retry, pause or refuse. */
import { may } from '@/lib/access/rules';
import type { Actor } from '@/lib/access/schema';
import { AppError } from '@/lib/errors';
import type { EnforcementAction, Impact, ProposalStatus, StatusAction } from './schema';
import { INITIAL_TIERS, type Tiers } from './tiers-rules';

/** An account's state at the provider. */
export type AccountState = 'active' | 'throttled' | 'verification_required' | 'banned';

/** "P-12". */
export const proposalRef = (id: number): string => `P-${id}`;

/** The state that an action brings about. A countermeasure has none; a restore brings back what was before. */
export const TARGET_STATE = {
  throttle: 'throttled',
  require_verification: 'verification_required',
  ban: 'banned',
} as const satisfies Record<StatusAction, AccountState>;

const STRICTNESS: Record<AccountState, number> = {
  active: 0,
  throttled: 1,
  verification_required: 2,
  banned: 3,
};

/** True when the account is in the action's state already or in a stricter one, which the action would loosen. */
export function isAlready(current: AccountState, action: EnforcementAction): boolean {
  return hasTarget(action) && STRICTNESS[current] >= STRICTNESS[TARGET_STATE[action]];
}

export function hasTarget(action: EnforcementAction): action is StatusAction {
  return Object.hasOwn(TARGET_STATE, action);
}

export const ACCOUNT_STATES = Object.keys(STRICTNESS) as AccountState[];

/** The states that the action would loosen, were it to act on an account in one of them. */
export function stricterStates(action: StatusAction): AccountState[] {
  return ACCOUNT_STATES.filter((state) => STRICTNESS[state] > STRICTNESS[TARGET_STATE[action]]);
}

/** The actions that bring about a stricter state than this one. */
export function stricterActions(action: StatusAction): EnforcementAction[] {
  const stricter = stricterStates(action);
  return Object.entries(TARGET_STATE).flatMap(([other, state]) =>
    (stricter as string[]).includes(state) ? [other as EnforcementAction] : [],
  );
}

/** Paid within so many days: paying, as isPaying of lib/clusters/rules has it. */
export const PAYING_DAYS = 60;
/** Made more than so many days ago: old. */
export const OLD_DAYS = 180;

export function groupOf(impact: Impact, group: Impact['groups'][number]['group']) {
  return impact.groups.find((g) => g.group === group) ?? { group, accounts: 0, monthlySpendUsd: 0 };
}

/** Share of paying accounts on the list, 0 to 1. */
export function payingShare(impact: Impact): number {
  return impact.accounts === 0 ? 0 : groupOf(impact, 'paying').accounts / impact.accounts;
}

/** Accounts that the tier of a list counts: its own, and those of its proposer's other lists of the last day, or many
 * small lists would need less than one large one. */
export const accountsOfTier = (impact: Impact): number => impact.accounts + (impact.alongside ?? 0);

/** Two people above 1,000 accounts (see accountsOfTier), above 5 % paying, with any verified organization inside (unless the tiers say
 * otherwise), or with accounts that no confirmed cluster speaks for; else one. A restore counts by its size alone. */
export function approvalsRequired(
  impact: Impact,
  tiers: Tiers = INITIAL_TIERS,
  action: EnforcementAction = 'ban',
): 1 | 2 {
  if (accountsOfTier(impact) > tiers.accounts) return 2;
  if (action === 'restore') return 1;
  const verified = tiers.verifiedTakesTwo && groupOf(impact, 'verified').accounts > 0;
  return verified || payingShare(impact) > tiers.payingShare || (impact.unconfirmed ?? 0) > 0 ? 2 : 1;
}

/** Hard caps, from the deployment's configuration alone. */
export interface Caps {
  action: number;
  personDay: number;
  hour: number;
  /** Most paying accounts on a list, in percent of it. */
  payingPercent: number;
}

/** Reads WEIR_CAP_ACTION, WEIR_CAP_PERSON_DAY and WEIR_CAP_HOUR; 5,000, 10,000 and 6,000 accounts unless set. And
 * WEIR_CAP_PAYING_PERCENT, 50.
 * @throws AppError unavailable when one is not a whole number: a typing error must not lift a cap. */
export function readCaps(env: Record<string, string | undefined>): Caps {
  return {
    action: wholeNumber(env, 'WEIR_CAP_ACTION', 5_000),
    personDay: wholeNumber(env, 'WEIR_CAP_PERSON_DAY', 10_000),
    hour: wholeNumber(env, 'WEIR_CAP_HOUR', 6_000),
    payingPercent: Math.min(100, wholeNumber(env, 'WEIR_CAP_PAYING_PERCENT', 50)),
  };
}

/** How the worker goes about it. */
export interface Pace {
  /** Accounts a second at most. */
  perSecond: number;
  /** Seconds of watching between two stages. */
  watchSeconds: number;
}

/** Reads WEIR_RATE (50 accounts a second) and WEIR_STAGE_WATCH_SECONDS (1). @throws AppError unavailable */
export function readPace(env: Record<string, string | undefined>): Pace {
  return {
    perSecond: Math.max(1, wholeNumber(env, 'WEIR_RATE', 50)),
    watchSeconds: wholeNumber(env, 'WEIR_STAGE_WATCH_SECONDS', 1),
  };
}

function wholeNumber(env: Record<string, string | undefined>, name: string, fallback: number): number {
  const text = env[name]?.trim();
  if (!text) return fallback;
  if (!/^\d{1,9}$/.test(text)) {
    throw new AppError(
      'unavailable',
      `${name} is not a whole number. Ask whoever runs this deployment to correct it.`,
    );
  }
  return Number(text);
}

export const STAGES = [
  { name: 'Canary', upTo: 0.01 },
  { name: 'Second', upTo: 0.1 },
  { name: 'Rest', upTo: 1 },
] as const;

/** The stage of each of `count` accounts that stand strongest first: 1 % (at least one), up to 10 %, the rest. */
export function stagePlan(count: number): number[] {
  const ends = STAGES.map(({ upTo }) => Math.max(1, Math.ceil(count * upTo)));
  return Array.from({ length: count }, (_, index) => ends.findIndex((end) => index < end));
}

/** Tries an account gets before it is given up. */
export const MAX_ATTEMPTS = 5;

/** Seconds until the next try after `attempts` failed ones: 2, 4, 8, 16, at most 60. */
export function retrySeconds(attempts: number): number {
  return Math.min(60, 2 ** Math.max(1, attempts));
}

/** Above this share of errors in a stage it pauses by itself. */
export const ERROR_SHARE = 0.02;
/** Accounts that are still being retried count when they are so many and such a share: an outage, not a hiccup. */
const OUTAGE_FROM = 10;
const OUTAGE_SHARE = 0.1;

export interface StageErrors {
  /** Accounts of the stage that were tried, those given up, and those whose last try failed. */
  tried: number;
  dead: number;
  failing: number;
}

/** Share of the tried accounts that count as errors, 0 to 1. */
export function errorShare({ tried, dead, failing }: StageErrors): number {
  if (tried === 0) return 0;
  const outage = failing >= OUTAGE_FROM && failing / tried > OUTAGE_SHARE;
  return (dead + (outage ? failing : 0)) / tried;
}

/** Above this share of owners who appeal it pauses by itself, from so many appeals on. */
export const APPEAL_SHARE = 0.005;
const APPEALS_FROM = 3;

/** Share of the accounts acted on whose owners appealed, 0 to 1; 0 while there are few.
 * @param seen appeals that somebody knew of when they resumed it */
export function appealShare({ actedOn, appeals }: { actedOn: number; appeals: number }, seen = 0): number {
  const fresh = appeals - seen;
  return actedOn === 0 || fresh < APPEALS_FROM ? 0 : fresh / actedOn;
}

export function shouldPause(errors: StageErrors): boolean {
  return errorShare(errors) > ERROR_SHARE;
}

/** States from which a verb may start; the verb's UPDATE names them, so that one of two rivals loses. */
export const FROM_STATUS = {
  answer: ['waiting'],
  withdraw: ['waiting'],
  pause: ['approved', 'running'],
  resume: ['paused'],
  stop: ['approved', 'running', 'paused'],
} as const satisfies Record<string, readonly ProposalStatus[]>;

/** What the list's tabs hold. */
export const VIEW_STATUSES = {
  waiting: ['waiting'],
  running: ['approved', 'running', 'paused'],
  closed: ['done', 'stopped', 'rejected', 'withdrawn', 'expired'],
} as const satisfies Record<string, readonly ProposalStatus[]>;

const SAID: Record<ProposalStatus, string> = {
  waiting: 'still waits for approval',
  approved: 'is approved already',
  running: 'is running',
  paused: 'is paused',
  done: 'is finished',
  stopped: 'was stopped',
  rejected: 'was rejected',
  withdrawn: 'was withdrawn',
  expired: 'has expired',
};

/** "P-3 was withdrawn." and what to do, for whoever came too late. */
export function tooLate(id: number, status: ProposalStatus): string {
  return `${proposalRef(id)} ${SAID[status]}. Reload the page to see where it stands.`;
}

/** How every note begins of what no person paused. */
const BY_ITSELF = 'Paused by itself';
export const OWN_PAUSED =
  'Refused: own proposal, and it paused by itself. Another approver has to look at it.';

/** True of what paused by itself and the actor has proposed: it goes on once somebody else has looked at it. */
export function isOwnPaused(
  actor: Actor,
  { status, note, proposedById }: { status: ProposalStatus; note: string | null; proposedById: number },
): boolean {
  const own = actor.kind === 'user' && actor.id === proposedById;
  return own && status === 'paused' && note?.startsWith(BY_ITSELF) === true;
}

/** What decides whether somebody may answer a proposal. */
export interface Answerable {
  id: number;
  status: ProposalStatus;
  expired: boolean;
  proposedById: number;
  /** Everybody who has answered it. */
  answeredBy: readonly number[];
}

/** Why the reader may not answer it, in words, or null when they may. */
export function refusalOf(actor: Actor, proposal: Answerable): string | null {
  if (proposal.status !== 'waiting') return tooLate(proposal.id, proposal.status);
  if (proposal.expired) return `${proposalRef(proposal.id)} has expired. Propose the list anew.`;
  if (actor.kind === 'user' && actor.id === proposal.proposedById)
    return 'Refused: own proposal. Somebody else has to answer it.';
  if (actor.kind !== 'user' || !may(actor, 'proposal.approve')) return 'Only an approver may answer this.';
  return proposal.answeredBy.includes(actor.id) ? 'You have answered this. Another approver has to.' : null;
}
