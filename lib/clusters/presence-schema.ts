/** Who has a cluster's page open, and how it stands meanwhile. */
import type { ClusterStatus, PersonRef } from './schema';

/** How often an open page says so, and after how long without a word it counts as closed. */
export const PULSE_MS = 15_000;
export const GONE_AFTER_MS = 45_000;

export interface ClusterPulse {
  /** Others who have it open, by name. */
  lookers: PersonRef[];
  status: ClusterStatus;
  assignee: PersonRef | null;
  /** As of the cluster's row: another one than the page's means that something changed. */
  updatedAt: string;
}
