/** A change of detection's settings, tried on what is stored: what is asked, and what it would do to the queue. */
import { z } from 'zod';
import type { DetectionConfig, Quadrant } from '@/lib/detection/schema';
import { storableId } from '@/lib/storable-id';

export const requestBacktestSchema = z.object({
  /** Fields that differ from what is in force; each whole, also the table of weights. */
  change: z.record(z.string(), z.unknown()),
  /** The version that the person saw. */
  version: z.number().int().min(0),
});
export type RequestBacktestInput = z.infer<typeof requestBacktestSchema>;

const backtestId = storableId('There is no such backtest. Reload the page.');

export const adoptBacktestSchema = z.object({
  backtestId,
  reason: z.string().trim().min(3, 'Say why, in a few words.').max(2000),
  /** Said by whoever adopts it although records came in since. */
  acceptNewer: z.boolean().default(false),
});
export type AdoptBacktestInput = z.input<typeof adoptBacktestSchema>;

export const discardBacktestSchema = z.object({ backtestId });
export type DiscardBacktestInput = z.infer<typeof discardBacktestSchema>;

export const BACKTEST_STEPS = [
  'waiting for the run',
  'loading',
  'as it is',
  'as changed',
  'comparing',
] as const;
export type BacktestStep = (typeof BACKTEST_STEPS)[number];

export type ClusterChange = 'appears' | 'vanishes' | 'merged' | 'quadrant' | 'members' | 'severity';

/** A cluster as one of the two runs finds it. */
export interface ClusterFigures {
  accounts: number;
  score: number;
  quadrant: Quadrant;
  /** Place in the order of the queue, from 1. */
  rank: number;
}

/** One cluster that would change. `A` stands for an account: our key when stored, the provider's id when read. */
export interface ChangedCluster<A> {
  change: ClusterChange;
  /** The cluster of the queue that it is; null for one that the queue does not have. */
  clusterId: number | null;
  /** The cluster that it would come out of, or become part of. */
  otherClusterId: number | null;
  before: ClusterFigures | null;
  after: ClusterFigures | null;
  /** Core and ordinary members; `some` are the first of them. */
  gained: { accounts: number; some: A[] };
  lost: { accounts: number; some: A[] };
}

export interface BacktestResult<A> {
  /** All accounts that both runs looked at. */
  accounts: number;
  /** Clusters, and accounts in them, as it is and as changed. */
  before: { clusters: number; accounts: number };
  after: { clusters: number; accounts: number };
  counts: Record<ClusterChange, number>;
  unchanged: number;
  /** In the order of the queue; at most 500. */
  clusters: ChangedCluster<A>[];
  seconds: { load: number; before: number; after: number };
}

export type BacktestState = 'waiting' | 'running' | 'done' | 'failed' | 'adopted' | 'discarded';

export interface BacktestRow {
  id: number;
  state: BacktestState;
  step: string | null;
  baseVersion: number;
  value: DetectionConfig;
  requestedBy: string | null;
  requestedAt: string;
  lookedAt: string | null;
  finishedAt: string | null;
  result: BacktestResult<string> | null;
  /** Names of the clusters in the result that the queue has. */
  names: Record<number, string>;
  problem: string | null;
  adoptedVersion: number | null;
  /** Why it may not be adopted as it is; null when it may. */
  stale: string | null;
  /** Records that came in since it looked. */
  newerRecords: number;
}
