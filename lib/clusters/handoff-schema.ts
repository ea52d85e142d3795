/** Who of a cluster is active when. Times are ISO 8601 strings in UTC. */

export interface Handoff {
  /** The hours shown, from..to, ending with the cluster's latest traffic. */
  from: string;
  to: string;
  hours: number;
  /** The busiest accounts, by the hour of the window in which each is first active. */
  accounts: {
    accountId: string;
    exchanges: number /** Exchanges by hour of the window. */;
    byHour: number[];
  }[];
  /** Core and ordinary members; those not among `accounts` are not looked at. */
  members: number;
  /** Accounts active at once, by hour: mean and standard deviation. */
  mean: number;
  deviation: number;
  /** The deviation if each account kept its share of active hours and chose them by chance. */
  deviationByChance: number;
}
