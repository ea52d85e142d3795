/** What goes into a proposal, and what its preview tells before anything is written. */
import { z } from 'zod';
import { clusterIdSchema } from '@/lib/clusters/schema';
import { REASON_CODES } from './notice-schema';
import {
  type GroupAccounts,
  type Guardrail,
  IMPACT_GROUPS,
  type Impact,
  type ImpactGroupName,
  proposalIdSchema,
  reasonSchema,
} from './schema';
import type { ListReport, Split } from './weigh-schema';

/** Accounts that one request may name; the cap refuses long before, but in words. */
const MOST_NAMED = 200_000;

const accountIds = z
  .array(z.string().min(1).max(128))
  .min(1, 'Nobody is named. Choose at least one account.')
  .max(MOST_NAMED, `At most ${MOST_NAMED.toLocaleString('en-US')} accounts may be named at once.`);

const ORIGINS = ['clusterId', 'accountIds', 'indicatorId', 'list', 'lateOf', 'relistOf'] as const;

const previewFields = z.object({
  action: z.enum(['throttle', 'require_verification', 'ban', 'countermeasure']),
  /** The provider's id of the countermeasure; for that action only. */
  countermeasure: z.string().min(1).max(64).optional(),
  /** All core and ordinary members of a cluster; with accountIds, exactly those of them. */
  clusterId: clusterIdSchema.optional(),
  /** A selection of accounts, by their ids at the provider. */
  accountIds: accountIds.optional(),
  /** All accounts seen with an indicator (a 64-bit id, as text). */
  indicatorId: z
    .string()
    .regex(/^-?\d{1,19}$/, 'There is no such indicator. Open it from its list again.')
    .optional(),
  /** A pasted list or CSV. */
  list: z.string().max(16_000_000, 'The list is longer than 16 MB. Split it.').optional(),
  /** Who joined the source of this proposal since its list was frozen. */
  lateOf: proposalIdSchema.optional(),
  /** Exactly the accounts of this proposal, to leave out some or to split it. */
  relistOf: proposalIdSchema.optional(),
  /** Entries of `list` that are no accounts are left out and kept with the proposal. */
  leaveUnknown: z.boolean().default(false),
  /** The reader's own waiting proposal that this one takes the place of. */
  replaces: proposalIdSchema.optional(),
  /** Groups left out with one click. */
  exclude: z.array(z.enum(IMPACT_GROUPS)).default([]),
});

function checkTarget(input: z.infer<typeof previewFields>, context: z.RefinementCtx): void {
  const given = ORIGINS.filter((origin) => input[origin] !== undefined);
  const named = given.length === 2 && given[0] === 'clusterId' && given[1] === 'accountIds';
  if (given.length !== 1 && !named) {
    const message = 'Say whom it is for: one cluster, a selection, an indicator or a list.';
    context.addIssue({ code: 'custom', message });
  }
  if ((input.action === 'countermeasure') !== (input.countermeasure !== undefined)) {
    context.addIssue({ code: 'custom', message: 'Choose a countermeasure.' });
  }
}

export const previewSchema = previewFields.superRefine(checkTarget);

/** Parsed, or made by a caller that leaves out what has a default. */
type Given<T> = Omit<T, 'exclude' | 'leaveUnknown'> & { exclude?: ImpactGroupName[]; leaveUnknown?: boolean };
export type PreviewInput = Given<z.infer<typeof previewFields>>;

export const proposeSchema = previewFields
  .extend({
    reason: reasonSchema,
    /** What the accounts' owners are told, as the notices name it. */
    reasonCode: z.enum(REASON_CODES).optional(),
    /** The hash that the preview showed: a list that has changed since is not frozen. */
    sha256: z.string('Look at the list first.').regex(/^[0-9a-f]{64}$/, 'Look at the list first.'),
    /** How many accounts the preview showed, to say what changed. */
    seenCount: z.number().int().min(0).optional(),
  })
  .superRefine(checkTarget);
export type ProposeInput = Given<z.infer<typeof proposeSchema>>;

/** The draft page's address: whom it is for, and what is chosen at first. */
export const draftQuerySchema = z.object({
  cluster: clusterIdSchema.optional(),
  indicator: previewFields.shape.indicatorId,
  late: proposalIdSchema.optional(),
  relist: proposalIdSchema.optional(),
  from: z.enum(['list', 'selection']).default('list').catch('list'),
  action: previewFields.shape.action.default('ban').catch('ban'),
  exclude: z
    .enum(IMPACT_GROUPS)
    .optional()
    .catch(undefined)
    .transform((group) => (group ? [group] : [])),
});
export type DraftQuery = z.infer<typeof draftQuerySchema>;

/** Why an account that the source holds is not on the list. */
export type LeftWhy = 'weak' | 'already' | 'excluded' | 'held' | 'unconfirmed';
export type LeftOut = Record<LeftWhy, number>;

/** What a proposal would hold, before anything is written. */
export interface ProposalPreview {
  sha256: string;
  accountCount: number;
  impact: Impact;
  guardrails: Guardrail[];
  approvalsRequired: number;
  /** Minutes within which approvers have signed in; null when any session will do. */
  freshMinutes: number | null;
  /** Accounts of the source that are not on the list, by why. */
  leftOut: LeftOut;
  /** The first hundred of them. */
  leftAccounts: { accountId: string; why: LeftWhy }[];
  /** "Copper heron", "payment pm_9f2c", "a pasted list". */
  sourceLabel: string;
  /** The cluster that proposing would claim and confirm. */
  confirms: { id: number; name: string } | null;
  /** How a pasted list was read. */
  list: ListReport | null;
  /** Ban the core, require verification of the fringe; null when there is no fringe, or no ban. */
  split: Split | null;
  /** Up to twenty accounts of each group, weakest first. */
  groupAccounts: GroupAccounts;
  /** Strengths of the accounts in 20 equal bins from 0 to 1. */
  strengths: number[];
}
