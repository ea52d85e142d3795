/** What partners tell, as we accept it and as screens show it. */
import { z } from 'zod';
import type { PersonRef } from '@/lib/clusters/schema';
import { storableId } from '@/lib/storable-id';
import { TLPS, type Tlp } from './share-schema';
import { readTimestamp } from './stix/timestamp';

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const timestamp = z.string().refine((text) => readTimestamp(text) !== null);

/** What every object must have to be told from others. */
export const acceptedObjectSchema = z.looseObject({
  type: z.string().regex(/^[a-z0-9-]{3,250}$/),
  id: z.string().regex(new RegExp(`^[a-z0-9-]{3,250}--${UUID}$`, 'i')),
  spec_version: z.string().optional(),
  created: timestamp.optional(),
  modified: timestamp.optional(),
  object_marking_refs: z.array(z.string()).max(50).optional(),
});

/** An indicator as STIX 2.1 has it (section 4.7); what we have no use for is let through unread. */
export const acceptedIndicatorSchema = acceptedObjectSchema.extend({
  type: z.literal('indicator'),
  id: z.string().regex(new RegExp(`^indicator--${UUID}$`, 'i')),
  spec_version: z.literal('2.1'),
  created: timestamp,
  modified: timestamp,
  pattern: z.string().min(1),
  pattern_type: z.string().min(1),
  valid_from: timestamp,
  valid_until: timestamp.optional(),
  confidence: z.int().min(0).max(100).optional(),
  revoked: z.boolean().optional(),
});

/** Why an object gives no value. Nothing is wrong with those of NO_INDICATOR. */
export const SKIP_WORDS = {
  no_indicator: 'is no indicator, and only those are compared',
  malformed: 'is not what STIX 2.1 says an object is',
  other_version: 'is not STIX 2.1',
  other_pattern: 'has a pattern of another language',
  invalid_pattern: 'has a pattern that breaks the grammar',
  pattern_too_rich: 'has a pattern that is more than single values joined by OR',
  other_values: 'names kinds of values that are not compared here',
  tlp_red: 'is TLP:RED: it may be shown to the named recipients alone, and a desk has many readers',
  over: 'was over before it came in',
} as const;
export type SkipReason = keyof typeof SKIP_WORDS;

/** Skipped without anything being wrong with them. */
export const isHarmless = (reason: SkipReason): boolean =>
  ['no_indicator', 'other_values', 'pattern_too_rich', 'over'].includes(reason);

/** Why a value waits until a person has looked. */
export const HELD_WORDS = {
  private_address: 'an address that every network has inside',
  too_wide: 'a network so wide that it names strangers',
  common_agent: 'a client that strangers use too',
  listed: 'on a list of infrastructure that strangers share',
  public_service: 'a service that everybody uses',
  not_rare: 'shown by too many accounts here that are in no cluster',
} as const;
export type PartnerHeld = keyof typeof HELD_WORDS;

export const VIAS = ['file', 'cli', 'push', 'poll'] as const;

export interface ImportReport {
  importId: number;
  partner: string;
  objects: number;
  /** Indicators that gave at least one value. */
  indicators: number;
  /** Values that are new, or newer than what was there. */
  fresh: number;
  held: number;
  skipped: { reason: SkipReason; objects: number }[];
}

export interface ImportRow {
  id: number;
  partner: string;
  via: (typeof VIAS)[number];
  label: string;
  receivedAt: string;
  problem: string | null;
  objects: number;
  indicators: number;
  fresh: number;
  held: number;
  skipped: { reason: SkipReason; objects: number }[];
}

export const partnerNameSchema = z
  .string()
  .trim()
  .min(2, 'Say which partner it comes from.')
  .max(80, 'The partner’s name has at most 80 characters.');

export const settleValueSchema = z.object({
  /** Of the value, as lists show it. */
  indicatorId: z.string().regex(/^-?\d{1,20}$/, 'Reload the page and look again.'),
  /** True lets it count although it was held; false disputes it. */
  counts: z.boolean(),
  reason: z.string().trim().min(3, 'Say why, in a few words.').max(2000),
});
export type SettleValueInput = z.infer<typeof settleValueSchema>;

export const collectionSchema = z.object({
  title: z
    .string()
    .trim()
    .min(2, 'Give the collection a title.')
    .max(80, 'The title has at most 80 characters.'),
  description: z.string().trim().max(500, 'Keep the description below 500 characters.').default(''),
  tlp: z.enum(TLPS.filter((tlp): tlp is Exclude<Tlp, 'red'> => tlp !== 'red')).default('amber+strict'),
});
export type CollectionInput = z.input<typeof collectionSchema>;

export const grantSchema = z.object({
  collectionId: z.uuid('There is no such collection. Reload the page.'),
  keyId: storableId('There is no such key. Reload the page.'),
  mayRead: z.boolean(),
  mayWrite: z.boolean(),
});
export type GrantInput = z.infer<typeof grantSchema>;

export interface CollectionRow {
  id: string;
  title: string;
  description: string;
  tlp: Tlp;
  objects: number;
  grants: { keyId: number; key: string; mayRead: boolean; mayWrite: boolean }[];
}

/** A value that counts for nothing until a person has looked. */
export interface HeldValue {
  indicatorId: string;
  kind: string;
  value: string;
  held: PartnerHeld;
  partners: string[];
  /** Accounts here that show it; null when that was not why. */
  accounts: number | null;
}

/** What a person decided about a value that partners name. */
export interface SettledValue {
  indicatorId: string;
  kind: string;
  value: string;
  counts: boolean;
  reason: string;
  decidedBy: PersonRef;
  decidedAt: string;
}

/** A value that accounts of a cluster show and a partner names. */
export interface Corroboration {
  /** Our own indicator's id, decimal. */
  indicatorId: string;
  kind: string;
  value: string;
  partner: string;
  tlp: Tlp;
  confidence: number;
  hashed: boolean;
  /** When the partner last said so, and until when it holds. */
  saidAt: string;
  validUntil: string;
  /** Accounts of the cluster that show it, and all that do. */
  members: number;
  accounts: number;
}
