/** How a verification of the whole log ended. Times are ISO 8601 strings in UTC. */

interface Verified {
  ok: true;
  /** Entries that were hashed again. */
  entries: number;
  /** Of these, entries that a signed checkpoint covers. */
  signed: number;
  checkpoints: number;
  /** Entries without some personal value that was erased. */
  erased: number;
  /** Where the copy of the newest checkpoint was read. */
  pushedTo: string;
}

interface NotVerified {
  ok: false;
  /** The first entry that is wrong, when it is known. */
  firstBad: number | null;
  problem: string;
}

export type VerifiedLog = (Verified | NotVerified) & { at: string; seconds: number };
