/** What came in, as the ingest page shows it. Times are ISO 8601 strings in UTC. */
import type { KeyInUse } from '@/lib/access/schema';
import type { Coverage, SignalFinding } from './coverage-schema';

export interface IngestRunRow {
  id: number;
  /** A file's name, or the key that sent a request: hostile text. */
  source: string;
  format: string;
  state: 'running' | 'done' | 'failed';
  simulated: boolean;
  startedAt: string;
  finishedAt: string | null;
  accepted: number;
  rejected: number;
  duplicates: number;
  /** Time of the newest record in it. */
  lastRecordAt: string | null;
  /** Keys that the contract does not know, ignored. */
  unknownKeys: number;
  /** Rejects and duplicates among them: they cost as much. Null while it runs. */
  linesPerSecond: number | null;
}

/** Rejects of one reason. */
export interface RejectGroup {
  reason: string;
  lines: number;
  /** The first three of the newest run that has any, in the order of the lines. */
  examples: { runId: number; line: number }[];
}

/** Everything that came under one name and in one format, among the newest runs. */
export interface SourceRow {
  source: string;
  format: string;
  simulated: boolean;
  runs: number;
  accepted: number;
  rejected: number;
  /** Newest record, and when it last sent anything. */
  lastRecordAt: string | null;
  lastCameAt: string;
}

/** Lines a second of whole runs; short ones are left out, since they measure the start of a run. */
export interface Throughput {
  newest: number;
  median: number;
  runs: number;
}

export interface IngestReport {
  /** When this was read; lag is told against it. */
  readAt: string;
  /** True when some of what is stored comes from the simulation. */
  simulated: boolean;
  /** Over all runs. */
  totals: { runs: number; accepted: number; rejected: number; duplicates: number };
  /** Accepted records of runs from before coverage was counted. */
  uncounted: number;
  lastRecordAt: string | null;
  throughput: Throughput | null;
  runs: IngestRunRow[];
  sources: SourceRow[];
  /** `kept` of the rejected lines are grouped: the first thousand of each run, the newest runs first. */
  rejects: { kept: number; groups: RejectGroup[] };
  keys: KeyInUse[];
  coverage: Coverage;
  findings: SignalFinding[];
}
