/** What clusters, decisions and accounts may be, and what lists go by. Apart from the schemas, which screens need not carry. */
export const CLUSTER_STATUSES = ['open', 'in_review', 'confirmed', 'dismissed'] as const;
export type ClusterStatus = (typeof CLUSTER_STATUSES)[number];

export const DISMISS_REASONS = {
  university: 'University, school or course',
  company: 'One company or team',
  shared_network: 'Shared network, VPN or carrier',
  popular_client: 'Popular client or coding agent',
  reseller: 'Declared reseller',
  evaluation: 'Evaluation or safety research',
  viral_prompt: 'Viral prompt',
  not_enough: 'Not enough evidence',
  other: 'Other',
} as const;
export const CONFIRM_REASONS = {
  distillation: 'Distillation',
  resale: 'Unlicensed resale',
  account_fraud: 'Fraudulent accounts',
  other: 'Other',
} as const;
export type DismissReason = keyof typeof DISMISS_REASONS;
export type ConfirmReason = keyof typeof CONFIRM_REASONS;

/** Why a decided cluster is open again. */
export const REOPENED_CAUSES = ['person', 'regrowth', 'merge'] as const;

export const CLUSTER_SORTS = ['score', 'accounts', 'exchanges', 'age'] as const;

/** What an account's state at the provider is. */
export const ACCOUNT_STATUSES = ['active', 'throttled', 'verification_required', 'banned'] as const;
export type AccountStatus = (typeof ACCOUNT_STATUSES)[number];

/** What an account spends a month, in dollars. */
export const MEMBER_SPENDS = ['none', 'some', 'over-100', 'over-1000'] as const;
export const MEMBER_SORTS = ['strength', 'exchanges', 'spend', 'age'] as const;

/** Accounts that stand beside each other at most. */
export const MOST_COMPARED = 6;

/** Days that the overview's volumes look back. */
export const VOLUME_DAYS = [30, 90, 365] as const;
export type VolumeDays = (typeof VOLUME_DAYS)[number];
