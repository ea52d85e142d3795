/** What came back after a ban, as the cluster's page shows it. Times are ISO 8601 strings in UTC. */

export interface BanRow {
  bannedAt: string;
  accounts: number;
  exchangesPerDay: number;
  /** Young accounts that match the fingerprint. */
  regrown: number;
  regrownPerDay: number;
  firstMatchAt: string | null;
  /** From the ban to the first of them. */
  hoursToRelink: number | null;
  /** What they draw a day against what was drawn before the ban; null while nothing came back or nothing was drawn. */
  recovered: number | null;
}

export interface RegrownAccount {
  accountId: string;
  kinds: string[];
  seenAt: string;
  status: 'active' | 'throttled' | 'verification_required' | 'banned';
  exchanges: number;
  /** Clusters that hold it now. */
  clusterIds: number[];
}

export interface Regrowth {
  /** Newest first. */
  bans: BanRow[];
  fingerprint: { kind: string; values: number; members: number }[];
  /** Newest first, the first hundred; `total` counts all. */
  accounts: RegrownAccount[];
  total: number;
}
