/** Where the log is streamed to and how far it has come. Times are ISO 8601 strings in UTC. */
export interface StreamStanding {
  kind: 'webhook' | 'file';
  /** A host or a path. */
  target: string;
  /** Entries that it has taken. */
  sent: number;
  /** Entries of the log that it has not, and for how many seconds the oldest of them has stood there. */
  lag: { entries: number; seconds: number };
  deliveredAt: string | null;
  /** Failures since then. */
  failures: number;
  nextAttemptAt: string | null;
  problem: string | null;
}

export interface StreamsStanding {
  streams: StreamStanding[];
  /** What is wrong with the configuration, in words; null when nothing is. */
  misconfigured: string | null;
}
