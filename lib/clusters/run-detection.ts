/** One detection run over what is stored: load, detect, keep. */
import type { Actor } from '@/lib/access/schema';
import { detect } from '@/lib/detection/detect';
import { defaultConfig } from '@/lib/detection/schema';
import { keepFindings } from './keep-findings';
import { loadSnapshot } from './load-snapshot';

/** How far back a run looks from the latest record. */
const DEFAULT_WINDOW_DAYS = 365;

export interface DetectionSummary {
  runId: number;
  accounts: number;
  clusters: number;
  seconds: { load: number; detect: number; keep: number };
}

/** @param options.window days back from the latest record (never from the clock), or 'all'. */
export async function runDetection(
  actor: Actor,
  options: { window?: number | 'all' } = {},
): Promise<DetectionSummary> {
  const startedAt = new Date();
  const watch = stopwatch();
  const loaded = await loadSnapshot(options.window ?? DEFAULT_WINDOW_DAYS);
  const load = watch();
  const findings = detect(loaded.snapshot, defaultConfig);
  const found = watch();
  const runId = await keepFindings(actor, {
    loaded,
    findings,
    config: defaultConfig,
    startedAt,
    seconds: { load, detect: found },
  });
  return {
    runId,
    accounts: findings.population.accounts,
    clusters: findings.clusters.length,
    seconds: { load, detect: found, keep: watch() },
  };
}

/** Seconds since the last call, to the hundredth. */
function stopwatch(): () => number {
  let last = performance.now();
  return () => {
    const now = performance.now();
    const seconds = Math.round((now - last) / 10) / 100;
    last = now;
    return seconds;
  };
}
