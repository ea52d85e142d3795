/** What a bundle is made of, read from the desk; nothing else can leave. */
import type { Quadrant } from '@/lib/clusters/schema';
import type { HashableKind, PlainKind, Tlp } from '../share-schema';

export interface Volume {
  accounts: number;
  exchanges: number;
  inputTokens: number;
  outputTokens: number;
  /** Exchanges by pattern class, in the order of PATTERN_CLASSES. */
  classes: number[];
  firstAt: Date | null;
  lastAt: Date | null;
}

/** A value that accounts of one or more clusters share. */
export interface SharedValue {
  /** The indicator's own id, decimal. */
  id: string;
  kind: PlainKind | HashableKind;
  value: string;
  /** The clusters whose members show it. */
  clusterIds: number[];
  /** Accounts of these clusters that show it, and all that do. */
  members: number;
  population: number;
  /** How often accounts of these clusters showed it. */
  observations: number;
  /** First and last day (UTC) on which a member showed it. */
  firstDay: Date;
  lastDay: Date;
}

/** That accounts of the operation show what a partner's indicator names. */
export interface Sighted {
  /** The partner's indicator. */
  stixId: string;
  accounts: number;
  firstDay: Date;
  lastDay: Date;
}

export interface ClusterMaterial {
  id: number;
  name: string;
  confirmed: boolean;
  quadrant: Quadrant;
  /** Lower bound of retention, 0 to 1. */
  retentionLow: number;
  volume: Volume;
}

export interface CampaignMaterial {
  id: number;
  name: string;
  summary: string;
  volume: Volume;
  /** Only when the campaign is attributed. */
  attribution: { actorId: number; actor: string; aliases: string[]; confidence: number } | null;
}

export interface Material {
  producer: { name: string; contact: string | null };
  /** UUID of this deployment, under which our own objects have their ids. */
  namespace: string;
  tlp: Tlp;
  /** Null when a cluster leaves by itself. */
  campaign: CampaignMaterial | null;
  clusters: ClusterMaterial[];
  values: SharedValue[];
  sightings: Sighted[];
  /** HMAC key that partners agreed on; null when nothing leaves hashed. */
  hashKey: Buffer | null;
}
