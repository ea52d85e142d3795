/** Campaigns and who is believed to be behind them, as screens and verbs see them. Times are ISO 8601 strings in UTC. */
import { z } from 'zod';
import { type ClusterStatus, clusterIdSchema, type PersonRef } from '@/lib/clusters/schema';
import { storableId } from '@/lib/storable-id';

const campaignIdSchema = storableId('There is no such campaign. Look for it in the list.');
const hypothesisIdSchema = storableId('There is no such hypothesis. Reload the page.');
const evidenceIdSchema = storableId('There is no such evidence. Reload the page.');

const reasonSchema = z.string().trim().min(3, 'Say why, in a few words.').max(2000);
const nameSchema = (what: string) =>
  z
    .string()
    .trim()
    .min(2, `Give the ${what} a name of at least two characters.`)
    .max(80, `Give the ${what} a name of at most 80 characters.`)
    .refine(
      (name) => !/\p{Cc}/u.test(name),
      `The name of the ${what} may not hold line breaks or control characters.`,
    );
const summarySchema = z.string().trim().max(4000, 'Keep the summary below 4,000 characters.');
const confidenceSchema = z
  .int('Give the confidence as a whole number from 0 to 100.')
  .min(0, 'Give the confidence as a whole number from 0 to 100.')
  .max(100, 'Give the confidence as a whole number from 0 to 100.');

export const createCampaignSchema = z.object({
  name: nameSchema('campaign'),
  summary: summarySchema.default(''),
  /** The cluster that it begins with. */
  clusterId: clusterIdSchema.optional(),
});
export type CreateCampaignInput = z.input<typeof createCampaignSchema>;

export const editCampaignSchema = z.object({
  campaignId: campaignIdSchema,
  name: nameSchema('campaign'),
  summary: summarySchema,
  /** The version of both that the person saw. */
  textVersion: z.int().min(1),
});
export type EditCampaignInput = z.infer<typeof editCampaignSchema>;

export const assignClusterSchema = z.object({
  clusterId: clusterIdSchema,
  /** The campaign that the person saw it in; null for none. */
  from: campaignIdSchema.nullable(),
  to: campaignIdSchema.nullable(),
  reason: reasonSchema,
});
export type AssignClusterInput = z.infer<typeof assignClusterSchema>;

const HYPOTHESIS_STATES = ['standing', 'attributed', 'withdrawn'] as const;
export type HypothesisState = (typeof HYPOTHESIS_STATES)[number];

export const supposeSchema = z.object({
  campaignId: campaignIdSchema,
  actorName: nameSchema('actor'),
  confidence: confidenceSchema,
  reason: reasonSchema,
});
export type SupposeInput = z.infer<typeof supposeSchema>;

export const assessSchema = z.object({
  hypothesisId: hypothesisIdSchema,
  /** The revision that the person saw. */
  revision: z.int().min(1),
  state: z.enum(HYPOTHESIS_STATES),
  confidence: confidenceSchema,
  reason: reasonSchema,
});
export type AssessInput = z.infer<typeof assessSchema>;

export const EVIDENCE_SIDES = ['for', 'against'] as const;
export type EvidenceSide = (typeof EVIDENCE_SIDES)[number];

export const addEvidenceSchema = z.object({
  hypothesisId: hypothesisIdSchema,
  side: z.enum(EVIDENCE_SIDES),
  body: z.string().trim().min(3, 'Say what speaks for or against it.').max(4000),
  clusterId: clusterIdSchema.optional(),
});
export type AddEvidenceInput = z.infer<typeof addEvidenceSchema>;

export const withdrawEvidenceSchema = z.object({ evidenceId: evidenceIdSchema, reason: reasonSchema });
export type WithdrawEvidenceInput = z.infer<typeof withdrawEvidenceSchema>;

/** What a campaign's clusters drew. Accounts are counted once; a cluster that another of the campaign took over, and
 * one that was dismissed, does not count. */
export interface CampaignVolume {
  accounts: number;
  exchanges: number;
  inputTokens: number;
  outputTokens: number;
  /** First and last hour with traffic. */
  firstAt: string | null;
  lastAt: string | null;
}

/** What a campaign is attributed to, or what competes. */
export interface AttributionSummary {
  attributed: { actor: string; confidence: number } | null;
  /** Hypotheses that are not withdrawn. */
  standing: number;
}

export interface CampaignRow extends CampaignVolume, AttributionSummary {
  id: number;
  name: string;
  summary: string;
  clusters: number;
  createdBy: PersonRef;
  createdAt: string;
  updatedAt: string;
}

export interface CampaignRef {
  id: number;
  name: string;
}

/** The campaign that a cluster is in, and those that it could be put into. */
export interface ClusterCampaign {
  current: CampaignRef | null;
  choices: CampaignRef[];
}

/** A cluster of a campaign. */
export interface GatheredCluster {
  id: number;
  name: string;
  status: ClusterStatus;
  reopenedCause: string | null;
  active: boolean;
  score: number;
  accounts: number;
  exchanges: number;
  outputTokens: number;
  addedBy: PersonRef;
  addedAt: string;
  /** The cluster that took it over, when the latest run no longer finds it apart. */
  mergedInto: { id: number; name: string; inCampaign: boolean } | null;
  /** Whether its traffic is in the campaign's figures. */
  counts: boolean;
}

export interface EvidenceItem {
  id: number;
  side: EvidenceSide;
  body: string;
  cluster: { id: number; name: string } | null;
  author: PersonRef;
  at: string;
  withdrawn: { by: PersonRef; at: string; reason: string } | null;
}

export interface HypothesisDetail {
  id: number;
  actor: { id: number; name: string };
  state: HypothesisState;
  confidence: number;
  revision: number;
  author: PersonRef;
  createdAt: string;
  evidence: EvidenceItem[];
  /** Newest first. */
  revisions: {
    revision: number;
    state: HypothesisState;
    confidence: number;
    reason: string;
    author: PersonRef;
    at: string;
  }[];
}

export interface CampaignDetail {
  id: number;
  name: string;
  summary: string;
  createdBy: PersonRef;
  createdAt: string;
  updatedAt: string;
  /** Of name and summary. */
  textVersion: number;
  clusters: GatheredCluster[];
  /** Clusters that split from one of these and are in no campaign. */
  offshoots: { id: number; name: string; from: number; accounts: number }[];
  volume: CampaignVolume;
  /** Attributed first, then the surest. */
  hypotheses: HypothesisDetail[];
  /** Names of known actors, for the form. */
  actors: string[];
}
