/** What a detection run left out of linking, to be looked at. Times are ISO 8601 strings in UTC. */

export interface SuppressedGroup {
  kind: string;
  reason: string;
  /** The list or the dismissal that named the values; null where the run found them itself. */
  source: string | null;
  /** How many values. */
  values: number;
  /**
   * The most widely held of them; the value is null where the reader may not see it. With the organization that alone
   * holds it, for those of one organization.
   */
  strongest: { id: string; value: string | null; population: number; organization: string | null }[];
}

/** Verified organizations with several accounts: each counts as one where values are shared. */
export interface CountedAsOne {
  organizations: number;
  accounts: number;
  /** Those with most accounts; the name is null where the reader may not see it. */
  largest: { id: string; organization: string | null; accounts: number }[];
}

export interface RunDetail {
  id: number;
  finishedAt: string;
  seconds: number;
  accounts: number;
  clusters: number;
  windowFrom: string | null;
  windowTo: string | null;
  digest: string;
  settingsVersion: number;
  /** Clusters that it found and that a muted pattern keeps out of the queue. */
  mutedClusters: number;
  /** Most values first. */
  suppressed: SuppressedGroup[];
  countedAsOne: CountedAsOne;
}
