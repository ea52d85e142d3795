/** One detection run over what is stored: load, detect, keep. */
import type { Actor } from '@/lib/access/schema';
import { pool } from '@/lib/database/pool';
import { detect } from '@/lib/detection/detect';
import { readSetting } from '@/lib/settings/read-setting';
import { detectionSetting } from './detection-settings-schema';
import { keepFindings } from './keep-findings';
import { loadSnapshot } from './load-snapshot';
import { stopwatch } from './stopwatch';

/** How far back a run looks from the latest record. */
export const DEFAULT_WINDOW_DAYS = 365;
/** Held from loading to keeping. */
export const RUN_LOCK = 57_317_002;

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
  return oneAtATime(() => loadDetectKeep(actor, options.window ?? DEFAULT_WINDOW_DAYS));
}

async function loadDetectKeep(actor: Actor, window: number | 'all'): Promise<DetectionSummary> {
  const startedAt = new Date();
  const watch = stopwatch();
  const settings = await readSetting(detectionSetting);
  const loaded = await loadSnapshot(window, startedAt);
  const load = watch();
  const findings = detect(loaded.snapshot, settings.value);
  const found = watch();
  const runId = await keepFindings(actor, {
    loaded,
    findings,
    config: settings.value,
    settingsVersion: settings.version,
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

/**
 * Runs wait for one another, from loading to keeping: an older look at the records must not be kept over a newer
 * one, and two at once would each take the other's clusters for gone.
 */
async function oneAtATime<T>(work: () => Promise<T>): Promise<T> {
  const holder = await pool().connect();
  try {
    await holder.query('SELECT pg_advisory_lock($1)', [RUN_LOCK]);
    return await work();
  } finally {
    // Closing the session lets go of the lock even when the connection is broken.
    holder.release(true);
  }
}
