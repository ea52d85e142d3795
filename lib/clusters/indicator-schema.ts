import type { AccountStatus } from './account-schema';
import type { ClusterStatus } from './schema';

/** Accounts of an indicator that its page names. */
export const HOLDERS_SHOWN = 200;

/** Everything known of one value that accounts share. */
export interface IndicatorDetail {
  /** Decimal string of the 64-bit id. */
  id: string;
  kind: string;
  value: string;
  /** Accounts that were ever seen with it, and all accounts known. */
  accounts: number;
  population: number;
  /** How much sharing it says, 0 to 1: the kind's own weight, and what is left of that for a value so common. */
  kindWeight: number;
  weight: number;
  /** UTC days, YYYY-MM-DD. */
  firstDay: string | null;
  lastDay: string | null;
  /** Days on which it was seen: accounts with it and how often, oldest first; at most the last 180. */
  days: { day: string; accounts: number; fresh: number; count: number }[];
  clusters: {
    id: number;
    name: string;
    status: ClusterStatus;
    reopenedCause: string | null;
    active: boolean;
    score: number;
    /** Core and ordinary members that hold it, and all of them. */
    holders: number;
    accounts: number;
  }[];
  /** Accounts with it that are in no cluster that stands. */
  outside: number;
  /** Those seen with it most often first, at most HOLDERS_SHOWN. */
  holders: {
    accountId: string;
    status: AccountStatus;
    count: number;
    firstDay: string;
    lastDay: string;
    cluster: { id: number; name: string } | null;
  }[];
}
