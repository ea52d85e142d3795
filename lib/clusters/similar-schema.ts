import type { ClusterStatus } from './schema';

/** A cluster that shares values with another, and how rare they are. */
export interface SimilarCluster {
  id: number;
  name: string;
  status: ClusterStatus;
  reopenedCause: string | null;
  active: boolean;
  score: number;
  accounts: number;
  /** Accounts that are in both. */
  sharedAccounts: number;
  /** Sum over kinds of the weight of the rarest shared value: 1 is a card that hardly anybody else has. */
  weight: number;
  /** Rarest first. */
  kinds: {
    kind: string;
    /** Of the strongest values of both, how many are the same. */
    values: number;
    /** The rarest of them; null where the reader may not see it. */
    value: string | null;
    /** Decimal string of its id; empty where hidden. */
    indicatorId: string;
    /** Accounts that hold it, in all. */
    population: number;
  }[];
}
