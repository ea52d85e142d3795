/** What weighing a list comes to: how it was read, how it could be split, and how many on it are wrong. */

export interface ListEntry {
  /** From 1. */
  line: number;
  /** As it was pasted, without the white space and quotes around it. */
  text: string;
}

/** How a pasted list was read. */
export interface ListReport {
  entries: number;
  accounts: number;
  /** Entries that had white space or quotes around them. */
  trimmed: number;
  /** Accounts named more than once. */
  repeated: { accountId: string; times: number }[];
  /** Entries that are an account in another case; never taken as they stand. */
  otherCase: (ListEntry & { accountId: string })[];
  /** Entries that are no account at all. */
  unknown: ListEntry[];
  /** The column that was read, where the first line names one. */
  column: string | null;
}

/** Expected wrong acts on a list, with the range that holds the truth in 90 of 100 such lists. */
export interface WrongEstimate {
  expected: number;
  low: number;
  high: number;
  /** Accounts that are in no cluster: nothing is known to estimate them by, they are not in the figures. */
  unknown: number;
  /** What it was counted on: "6 simulated worlds of 3,400 accounts". */
  basis: string;
  /** Sampled accounts of its clusters that a second analyst judged, by which the estimate is corrected. Absent in
   * lists that were frozen before there were reviews. */
  reviewed?: number;
}

interface SplitPart {
  accounts: number;
  wrong: WrongEstimate;
  /** Share of the exchanges of the whole list, 0 to 1. */
  exchanges: number;
}

/** What each half would hold. Who verifies goes on; who does not has stopped. */
export interface Split {
  ban: SplitPart;
  verify: SplitPart;
}
