/** What an account's owner is told: why (a code from a fixed list), in which words, and how to object. */
import { z } from 'zod';
import { defineSetting } from '@/lib/settings/schema';
import type { EnforcementAction } from './schema';

export const REASON_CODES = [
  'distillation',
  'coordinated_accounts',
  'resale',
  'program_abuse',
  'other',
] as const;
export type ReasonCode = (typeof REASON_CODES)[number];

export const REASON_LABELS: Record<ReasonCode, string> = {
  distillation: 'Systematic extraction of model output',
  coordinated_accounts: 'Coordinated accounts',
  resale: 'Resale of access',
  program_abuse: 'Abuse of a programme',
  other: 'Other breach of the terms',
};

/** What goes to the provider with an action, for the account's owner. */
export interface Notice {
  text: string;
  /** Where and how to object: an address or a sentence. */
  appeal: string;
}

export const NOTICE_ACTIONS = [
  'throttle',
  'require_verification',
  'ban',
  'countermeasure',
  'restore',
] as const satisfies readonly EnforcementAction[];

/** Words in braces that a template may hold, and what stands there afterwards. */
export const NOTICE_FIELDS = {
  account: 'the account’s id',
  reason: 'the reason, as its code reads',
  reference: 'the proposal, to quote in an appeal',
  countermeasure: 'the countermeasure’s name',
} as const;
type NoticeField = keyof typeof NOTICE_FIELDS;

const FIELD = /\{([^{}]*)\}/g;

const template = z
  .string()
  .trim()
  .min(1, 'A notice needs words: the account’s owner is told what was done.')
  .max(2000)
  .superRefine((text, context) => {
    for (const [whole, name] of text.matchAll(FIELD)) {
      if (Object.hasOwn(NOTICE_FIELDS, name ?? '')) continue;
      const known = Object.keys(NOTICE_FIELDS).map((field) => `{${field}}`);
      context.addIssue({
        code: 'custom',
        message: `No field is called ${whole}. There are ${known.join(', ')}.`,
      });
    }
  });

const noticesSchema = z.object({
  /** By action. */
  texts: z.object({
    throttle: template,
    require_verification: template,
    ban: template,
    countermeasure: template,
    restore: template,
  }),
  /** The way to appeal, the same for every action. */
  appeal: z.string().trim().min(1, 'Say how the owner can appeal.').max(500),
});
export type NoticeTemplates = z.infer<typeof noticesSchema>;

export const noticesSetting = defineSetting<NoticeTemplates>({
  name: 'enforcement.notices',
  title: 'Notices to account owners',
  schema: noticesSchema,
  initial: {
    texts: {
      throttle:
        'We have limited the request rate of account {account}. Reason: {reason}. Reference: {reference}.',
      require_verification:
        'Please verify who uses account {account}; until then it cannot be used. Reason: {reason}. Reference: {reference}.',
      ban: 'We have closed account {account}. Reason: {reason}. Reference: {reference}.',
      countermeasure:
        'We have limited account {account}: {countermeasure}. Reason: {reason}. Reference: {reference}.',
      restore: 'We have lifted the limits on account {account} that were set before. Reference: {reference}.',
    },
    appeal: 'Reply to this message within 30 days. Somebody who had no part in the decision will look at it.',
  },
});

export interface NoticeFacts {
  action: EnforcementAction;
  accountId: string;
  reasonCode: ReasonCode;
  /** "P-12". */
  proposal: string;
  /** Name of the countermeasure; null for every other action. */
  countermeasure: string | null;
}

/** A template with its fields filled in. Values are taken literally: braces inside them mean nothing. */
export function renderNotice(templates: NoticeTemplates, facts: NoticeFacts): Notice {
  const values: Record<NoticeField, string> = {
    account: facts.accountId,
    reason: REASON_LABELS[facts.reasonCode],
    reference: facts.proposal,
    countermeasure: facts.countermeasure ?? 'none',
  };
  const fill = (text: string) =>
    text.replace(FIELD, (whole, name: string) =>
      Object.hasOwn(values, name) ? values[name as NoticeField] : whole,
    );
  return { text: fill(templates.texts[facts.action]), appeal: fill(templates.appeal) };
}
