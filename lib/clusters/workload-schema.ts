/** Who has how much on their hands, and how the queue stands against the agreed limits. */

import type { PersonRef } from './schema';
import type { TriageLimits } from './triage-settings-schema';

export interface WorkloadRow extends PersonRef {
  role: string;
  /** In review now, and those of them past the limit to decide. */
  inReview: number;
  late: number;
  /** When the one that waits longest was claimed. */
  oldestAt: string | null;
  /** Decisions of the last 30 days that were not taken back. */
  confirmed: number;
  dismissed: number;
  /** Median seconds from claimed to decided over these; null without any. */
  medianSeconds: number | null;
  /** Of accounts that this person's confirmations took in and others judged again: agreed, of all that they could tell. */
  agreed: number;
  judged: number;
}

export interface Workload {
  limits: TriageLimits;
  limitsVersion: number;
  people: WorkloadRow[];
  /** Open, found now and claimed by nobody; those of them past the limit to claim. */
  unclaimed: number;
  unclaimedLate: number;
  /** Ages of the unclaimed, in steps. */
  ages: { label: string; filter: string; count: number }[];
}
