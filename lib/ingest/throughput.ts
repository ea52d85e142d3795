/** How fast runs go. Pure. */
import type { IngestRunRow, Throughput } from './run-schema';

type FinishedLines = Pick<IngestRunRow, 'startedAt' | 'finishedAt' | 'accepted' | 'rejected' | 'duplicates'>;

/** A run of fewer lines measures how long it takes to begin. */
const ENOUGH_LINES = 1_000;
const RUNS_COMPARED = 20;

/** Lines a second of a finished run. Null while it runs. */
export function linesPerSecond(run: FinishedLines): number | null {
  if (run.finishedAt === null) return null;
  const seconds = (Date.parse(run.finishedAt) - Date.parse(run.startedAt)) / 1000;
  return (run.accepted + run.rejected + run.duplicates) / Math.max(seconds, 0.001);
}

/** @param runs newest first @returns null when none was long enough to tell */
export function measureThroughput(runs: readonly IngestRunRow[]): Throughput | null {
  const rates = runs
    .filter((run) => run.state === 'done' && run.accepted + run.rejected + run.duplicates >= ENOUGH_LINES)
    .slice(0, RUNS_COMPARED)
    .map((run) => run.linesPerSecond ?? 0);
  const [newest] = rates;
  if (newest === undefined) return null;
  const sorted = [...rates].sort((a, b) => a - b);
  const median = (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
  return { newest, median, runs: rates.length };
}
