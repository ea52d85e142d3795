/** Sampled review of confirmed clusters as screens and verbs see it. Times are ISO 8601 strings in UTC. */
import { z } from 'zod';
import { storableId } from '@/lib/storable-id';
import type { Agreement } from './review-rules';
import type { PersonRef } from './schema';

export type { Agreement };

export const REVIEW_VERDICTS = ['belongs', 'does_not', 'cannot_tell'] as const;
export type ReviewVerdict = (typeof REVIEW_VERDICTS)[number];

/** Why, by verdict; the keys 1 to 4 choose among them. */
export const REVIEW_REASONS = {
  belongs: {
    identity: 'Shares card, phone or device',
    content: 'Sends the same prompts',
    rhythm: 'Works the same hours, hands over',
    other: 'Other',
  },
  does_not: {
    circumstance: 'Only a network or client in common',
    own_use: 'Ordinary use of its own',
    organization: 'A known organization’s',
    other: 'Other',
  },
  cannot_tell: {
    too_little: 'Too little to see',
    mixed: 'Speaks for both',
    other: 'Other',
  },
} as const satisfies Record<ReviewVerdict, Record<string, string>>;

export const reviewIdSchema = storableId('There is no such review. Look for it in the list.');

export const judgeSchema = z
  .object({
    reviewId: reviewIdSchema,
    ordinal: z.int().min(1).max(1_000),
    verdict: z.enum(REVIEW_VERDICTS),
    reasonCode: z.string().max(40),
    note: z.string().trim().max(1_000).default(''),
  })
  .refine(({ verdict, reasonCode }) => Object.hasOwn(REVIEW_REASONS[verdict], reasonCode), {
    error: 'Choose one of the reasons for this verdict.',
    path: ['reasonCode'],
  })
  .refine(({ reasonCode, note }) => reasonCode !== 'other' || note.length >= 3, {
    error: 'Say why, in a few words.',
    path: ['note'],
  });
export type JudgeInput = z.input<typeof judgeSchema>;

const REVIEW_VIEWS = ['open', 'mine', 'done'] as const;
export type ReviewView = (typeof REVIEW_VIEWS)[number];
export const reviewFilterSchema = z.object({ view: z.enum(REVIEW_VIEWS).default('open').catch('open') });

export interface ReviewRow {
  id: number;
  cluster: { id: number; name: string; accounts: number };
  drawnAt: string;
  /** Accounts in the sample, controls too, and how many are judged. */
  size: number;
  judged: number;
  reviewer: PersonRef | null;
  finishedAt: string | null;
  /** Whether this reader confirmed the cluster and so may not judge it. */
  own: boolean;
  /** Of a finished one. */
  agreement: Agreement | null;
}

export interface ReviewPage {
  rows: ReviewRow[];
  counts: Record<ReviewView, number>;
}

/** A value of the account's that members of the cluster hold too. */
export interface SharedValue {
  /** Tells it apart on a page, also where its value is hidden. */
  id: string;
  kind: string;
  /** Null where the reader may not see it. */
  value: string | null;
  /** Core and ordinary members that hold it, this account left out. */
  members: number;
  /** All accounts that hold it. */
  population: number;
  /** Counting stopped: there are at least so many. */
  atLeast: boolean;
}

/** What can be seen of a sampled account without knowing how detection or the first analyst judged it. */
export interface ReviewItem {
  ordinal: number;
  accountId: string;
  plan: string | null;
  country: string | null;
  program: string | null;
  organization: boolean;
  verified: boolean;
  enterprise: boolean;
  paying: boolean;
  monthlySpendUsd: number | null;
  createdAt: string | null;
  lastSeenAt: string | null;
  exchanges: number;
  /** Exchanges by pattern class, as indexes into PATTERN_CLASSES, most first. */
  classes: { class: number; exchanges: number }[];
  shared: SharedValue[];
  verdict: ReviewVerdict | null;
  reasonCode: string | null;
  note: string | null;
  /** Null until the review is finished: a control is not known as one before. */
  inside: boolean | null;
}

export interface ReviewDetail {
  id: number;
  cluster: { id: number; name: string; accounts: number };
  drawnAt: string;
  population: number;
  reviewer: PersonRef | null;
  finishedAt: string | null;
  /** Why this reader may not judge, in words; null when they may. */
  refusal: string | null;
  mine: boolean;
  /** What the members send, for comparison: exchanges by class over the cluster. */
  clusterClasses: { class: number; exchanges: number }[];
  items: ReviewItem[];
  agreement: Agreement | null;
}
