/** Which troubles of the database pass, and in which words a person reads of them. */
import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '@/lib/errors';

/** Milliseconds before each further attempt. */
const PAUSES_MS = [100, 300, 1_000, 2_000, 4_000];

/** True when Postgres had no room to write: 53100, disk full. */
export function isDiskFull(error: unknown): boolean {
  return errorTexts(error).some((text) => /\b53100\b|No space left on device/i.test(text));
}

/**
 * Does something in the database again while it fails for a reason that passes: a lost connection, a deadlock, a full
 * disk that somebody clears. It must be safe to do again when the answer to a commit was lost.
 * @param signal ends the waiting: the last failure is thrown
 * @throws the last failure; an AppError at once
 */
export async function persist<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const pause = PAUSES_MS[attempt];
      if (error instanceof AppError || pause === undefined || signal?.aborted) throw error;
      await delay(pause, undefined, { signal }).catch(() => {});
    }
  }
}

/** Codes and messages of an error and what caused it, however the client wrapped them. */
function errorTexts(error: unknown, depth = 0): string[] {
  if (typeof error !== 'object' || error === null || depth > 5) return [];
  const { code, originalCode, message, originalMessage, cause, meta } = error as Record<string, unknown>;
  const own = [code, originalCode, message, originalMessage].filter((text) => typeof text === 'string');
  const driver = (meta as { driverAdapterError?: unknown } | undefined)?.driverAdapterError;
  return [...own, ...errorTexts(cause, depth + 1), ...errorTexts(driver, depth + 1)];
}
