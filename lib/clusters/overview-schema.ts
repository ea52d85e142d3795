/** What the shell and the overview say about the whole desk. Times are ISO 8601 strings in UTC. */
import type { ClusterStatus, Quadrant } from './schema';

/** The nav's counts and its foot. */
export interface DeskStatus {
  /** True while any of the records on the desk come from lib/simulation. */
  simulated: boolean;
  /** The latest run; `seconds` is how long it took. */
  detection: { finishedAt: string; accounts: number; seconds: number } | null;
  lastRecordAt: string | null;
  /** Set while all enforcement is stopped. */
  killSwitch: { reason: string; by: string; at: string; askedBy: string | null } | null;
  counts: {
    /** Active clusters that are not dismissed. */
    clusters: number;
    /** Proposals that the reader could approve or reject now. */
    approvalsForMe: number;
    /** Open appeals against acts that the reader had no part in, taken up by nobody else. */
    appealsForMe: number;
    /** Samples of confirmed clusters that the reader has taken up or could. */
    reviewsForMe: number;
    /** Waiting shares with partners that the reader could approve or reject. */
    sharesForMe: number;
    /** Notifications that the reader has not seen. */
    unread: number;
  };
}

/** One line of a list on the overview. */
export interface OverviewCluster {
  id: number;
  name: string;
  status: ClusterStatus;
  reopenedCause: string | null;
  quadrant: Quadrant;
  score: number;
  accounts: number;
  createdAt: string;
  /** When anything about it last changed: for "no move for 22 h". */
  updatedAt: string;
}

/** The first rows of a list and how many there are in all. */
export interface OverviewList {
  total: number;
  rows: OverviewCluster[];
}

export interface Overview {
  /** Open again with a cause. */
  reopened: OverviewList;
  /** Open, claimed by nobody, both axes high; best score first. At most 5 rows. */
  unclaimed: OverviewList;
  /** Claimed by the reader and in review; the longest without a change first. At most 5 rows. */
  mine: OverviewList;
  queue: {
    /** Active clusters that are not dismissed. */
    notDismissed: number;
    /** When the oldest cluster that is open and claimed by nobody was first found. */
    oldestUnclaimedAt: string | null;
    /** Unclaimed for longer than the agreed limit, in hours. */
    late: number;
    claimHours: number;
    /** Decisions of the last 30 days. */
    confirmed30d: number;
    dismissed30d: number;
    /** Median seconds from found to claimed, over clusters claimed in the last 30 days; null when there are none. */
    medianClaimSeconds: number | null;
  };
  /** The latest ingest run; null when nothing ever came in. */
  ingest: {
    source: string;
    state: 'running' | 'done' | 'failed';
    startedAt: string;
    finishedAt: string | null;
    accepted: number;
    rejected: number;
    duplicates: number;
  } | null;
  /** Lines accepted and rejected over all runs. */
  lines: { accepted: number; rejected: number };
  detection: { finishedAt: string; seconds: number; accounts: number; clusters: number } | null;
  /** Accounts that the provider reports in a looser state than ours after our act. */
  conflicts: number;
}
