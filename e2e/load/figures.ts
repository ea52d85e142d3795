/** What is printed of a run under load. */
import type { Kind, Sample } from './analyst';

/** When the database was away, from its kill until the desk was ready again. Times are performance.now(). */
export interface Window {
  from: number;
  to: number;
}

/** True for a request that was under way while the database was away. */
export const isWithin = ({ began, ended }: Pick<Sample, 'began' | 'ended'>, windows: readonly Window[]) =>
  windows.some(({ from, to }) => began <= to && ended >= from);

const at = (sorted: readonly number[], share: number) =>
  Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);

/** Requests a second and their times in ms, outside of the windows. */
export function describeSamples(
  samples: readonly Sample[],
  windows: readonly Window[],
  seconds: number,
): string[] {
  const calm = samples.filter((sample) => !isWithin(sample, windows));
  const line = (name: string, some: readonly Sample[]) => {
    const times = some.map(({ began, ended }) => ended - began).sort((a, b) => a - b);
    const rate = (some.length / seconds).toFixed(1);
    return `${name.padEnd(14)} ${String(some.length).padStart(6)}  ${rate.padStart(6)}/s  p50 ${at(times, 0.5)} ms  p95 ${at(times, 0.95)} ms  p99 ${at(times, 0.99)} ms`;
  };
  const kinds: Kind[] = ['read', 'decide'];
  const whats = [...new Set(calm.map(({ what }) => what))].sort();
  return [
    ...kinds.map((kind) =>
      line(
        kind,
        calm.filter((sample) => sample.kind === kind),
      ),
    ),
    ...whats.map((what) =>
      line(
        `  ${what}`,
        calm.filter((sample) => sample.what === what),
      ),
    ),
  ];
}
