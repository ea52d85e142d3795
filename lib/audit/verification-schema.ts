/** What screens show of the log's verification. */

/**
 * `empty`: nothing was ever logged. `signed`: the newest checkpoint covers every entry of the log, or will within
 * seconds. `behind`: nothing was signed for longer than that although entries wait. `refused`: the sequencer does not
 * sign, because the log is not what it signed before or the key is not here; `words` says which.
 */
export type VerificationState = 'empty' | 'signed' | 'behind' | 'refused';

export interface Verification {
  state: VerificationState;
  /** The state in a sentence or two. */
  words: string;
  /** Entries that have their place in the log. */
  size: number;
  /** Root of the newest checkpoint, base64; null before the first. */
  root: string | null;
  /** Entries the newest checkpoint covers. */
  signedSize: number;
  signedAt: string | null;
  /** The newest checkpoint as it was signed: a C2SP signed note. */
  checkpoint: string | null;
  /** What waits: entries that no checkpoint covers yet, and for how many seconds the oldest of them has. */
  lag: { entries: number; seconds: number };
  /** Where checkpoints are pushed, as a path or an address; null before the first. */
  pushedTo: string | null;
  /** "weir/<id>", the log's name in its checkpoints. */
  origin: string;
  /** Keys that check its signatures, newest last: "<name>+<hash>+<key>". */
  publicKeys: string[];
  /** Checkpoints signed so far. */
  checkpoints: number;
  /** Entries of which personal values were erased. */
  erasedEntries: number;
  /** False when the database has no role for the app, and its triggers alone guard the audit. */
  guardedByRole: boolean;
  /** What the state proves and what it does not, one sentence each. */
  provesWords: { proves: string[]; doesNot: string[] };
}

/** That an entry stands in the log: the leaf's hash, led by `path` to the root in the checkpoint. */
export interface InclusionProof {
  index: number;
  /** The leaf's text (RFC 8785), with commitments for personal values. */
  leaf: string;
  /** Salt and value behind each commitment, by path; without those that were erased or that the reader may not see. */
  open: Record<string, [salt: string, value: string]>;
  /** Leaf hash, base64. */
  hash: string;
  /** RFC 6962 audit path, base64, nearest first. */
  path: string[];
  checkpoint: string;
  publicKeys: string[];
}

/** That the log at one checkpoint is a prefix of the log at a later one. */
export interface ConsistencyProof {
  older: string;
  newer: string;
  /** RFC 6962 consistency proof, base64. */
  path: string[];
  publicKeys: string[];
}
