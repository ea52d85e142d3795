/** Muted patterns as screens see them. */
import { z } from 'zod';
import { storableId } from '@/lib/storable-id';

export const liftMuteSchema = z.object({
  muteId: storableId('There is no such mute. Reload the page.'),
  reason: z.string().trim().min(3, 'Say why, in a few words.').max(2000),
});
export type LiftMuteInput = z.infer<typeof liftMuteSchema>;

export interface MuteValue {
  kind: string;
  /** Decimal string of the 64-bit id; empty where it may not be seen. */
  indicatorId: string;
  value: string;
}

export interface MuteRow {
  id: number;
  cluster: { id: number; name: string };
  reasonCode: string;
  reason: string;
  mutedBy: string;
  mutedAt: string;
  expiresAt: string;
  accounts: number;
  kinds: string[];
  values: MuteValue[];
  /** Clusters that it keeps out of the queue now. */
  hides: { id: number; name: string; accounts: number; score: number }[];
  ended: { at: string; cause: string; by: string | null; reason: string | null } | null;
}

/** The mute that a cluster's page speaks of. */
export interface ClusterMute {
  id: number;
  /** The dismissed cluster whose pattern is muted: the page's own, or another one that it rests on. */
  source: { id: number; name: string };
  mutedBy: string;
  mutedAt: string;
  expiresAt: string;
}
