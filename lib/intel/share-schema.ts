/** What leaves for partners. */
import { z } from 'zod';
import type { PersonRef } from '@/lib/clusters/schema';
import { storableId } from '@/lib/storable-id';

/** The Traffic Light Protocol 2.0, widest first. */
export const TLPS = ['clear', 'green', 'amber', 'amber+strict', 'red'] as const;
export type Tlp = (typeof TLPS)[number];

/** Kinds that only a provider knows. They leave as keyed hashes, and only if somebody chose them. */
export const HASHABLE_KINDS = ['payment', 'phone', 'device', 'template', 'system_prompt'] as const;
export type HashableKind = (typeof HASHABLE_KINDS)[number];

/** Kinds that leave as they are. */
export const PLAIN_KINDS = ['ip', 'prefix', 'asn', 'user_agent'] as const;
export type PlainKind = (typeof PLAIN_KINDS)[number];

/** What leaves. */
export type ShareSubject = { kind: 'campaign' | 'cluster'; id: number };

export interface ShareOptions {
  subject: ShareSubject;
  tlp: Tlp;
  /** Kinds whose values leave as keyed hashes. */
  hashed: readonly HashableKind[];
  /** Ids of indicators that leave although strangers are likely to show them too. */
  also?: readonly string[];
  /** Ids of indicators that stay by choice. */
  without?: readonly string[];
}

/** Why values stay. Those of ASKABLE leave when somebody asks for them, value by value; the others never. */
export type LeftOutReason =
  | 'one_account'
  | 'held_by_others'
  | 'not_chosen'
  | 'never_leaves'
  | 'names_somebody'
  | 'not_seen'
  | 'private_address'
  | 'too_wide'
  | 'common_agent'
  | 'listed'
  | 'taken_out';

const ASKABLE: readonly LeftOutReason[] = ['private_address', 'common_agent', 'listed', 'taken_out'];
export const isAskable = (reason: LeftOutReason): boolean => ASKABLE.includes(reason);

export interface LeftOut {
  kind: string;
  reason: LeftOutReason;
  values: number;
  /** The first of them, by value; none where the values themselves are not to be shown. */
  examples: { id: string; value: string; members: number; population: number }[];
}

const indicatorIds = z.array(z.string().regex(/^-?\d{1,20}$/)).max(500);
const optionsShape = {
  campaignId: storableId('There is no such campaign. Look for it in the list.'),
  tlp: z.enum(TLPS, 'Choose how far partners may pass it on (TLP).'),
  hashed: z.array(z.enum(HASHABLE_KINDS)).max(HASHABLE_KINDS.length),
  also: indicatorIds,
  without: indicatorIds,
  /** The TAXII collection in which partners can poll it; null for a file alone. */
  collectionId: z.uuid('There is no such collection. Choose another.').nullable(),
};
export const previewShareSchema = z.object(optionsShape);
export type PreviewShareInput = z.infer<typeof previewShareSchema>;

const reasonSchema = z.string().trim().min(3, 'Say why, in a few words.').max(2000);
const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/, 'Reload the page and look again.');
const shareIdSchema = storableId('There is no such share. Look for it on its campaign’s page.');

export const proposeShareSchema = z.object({
  ...optionsShape,
  reason: reasonSchema,
  /** Of the content that the person saw in the preview. */
  contentSha256: sha256Schema,
});
export type ProposeShareInput = z.infer<typeof proposeShareSchema>;

export const answerShareSchema = z.object({
  shareId: shareIdSchema,
  verdict: z.enum(['approve', 'reject']),
  /** Of the bundle that the person saw. */
  sha256: sha256Schema,
  reason: reasonSchema,
});
export type AnswerShareInput = z.infer<typeof answerShareSchema>;

export const endShareSchema = z.object({ shareId: shareIdSchema, reason: reasonSchema });
export type EndShareInput = z.infer<typeof endShareSchema>;

export type ShareStatus = 'waiting' | 'approved' | 'rejected' | 'withdrawn' | 'ended';

/** One object that leaves, in words and as it is. */
export interface LeavingObject {
  id: string;
  type: string;
  title: string;
  /** Whether partners can have it in this version, in an older one, or not at all. */
  state: 'new' | 'changed' | 'known';
  json: string;
}

export interface SharePreview {
  campaign: { id: number; name: string };
  options: PreviewShareInput;
  objects: LeavingObject[];
  leftOut: LeftOut[];
  /** Values that leave, with the ids to leave them out by. */
  values: { id: string; kind: string; value: string; members: number; population: number }[];
  contentSha256: string;
  /** Why hashed kinds cannot be chosen, or null. */
  noKey: string | null;
  /** A share of this campaign that still waits. */
  waiting: number | null;
  /** The collections in which it could be served. */
  collections: { id: string; title: string; tlp: Tlp }[];
}

export interface ShareRow {
  id: number;
  campaign: { id: number; name: string };
  /** Title of the TAXII collection, or null. */
  collection: string | null;
  status: ShareStatus;
  tlp: Tlp;
  objects: number;
  sha256: string;
  proposedBy: PersonRef;
  proposedAt: string;
  decidedBy: PersonRef | null;
  decidedAt: string | null;
}

export interface ShareDetail extends ShareRow {
  hashed: HashableKind[];
  reason: string;
  decidedReason: string | null;
  ended: { by: PersonRef; at: string; reason: string } | null;
  content: LeavingObject[];
  leftOut: LeftOut[];
}

/** True when a collection takes what is marked so: nothing that is held closer than the collection is. */
export function takesTlp(collection: { tlp: string }, tlp: Tlp): boolean {
  return TLPS.indexOf(tlp) <= TLPS.indexOf(collection.tlp as Tlp);
}
