/** How long telemetry is kept. Set where Weir is deployed; no screen changes it. */
import { AppError } from '@/lib/errors';

export interface Retention {
  /** Days of raw exchanges, counted back from the latest record. */
  rawDays: number;
  /** Days an exemplar is kept; 0: none ever is. */
  exemplarDays: number;
}

/**
 * WEIR_RAW_DAYS (90; 1 to 3,650) and WEIR_EXEMPLAR_DAYS (30; 0 to 365).
 * @throws AppError unavailable for anything else: a typing error must not drop data, nor keep it for good
 */
export function readRetention(env: Record<string, string | undefined>): Retention {
  return {
    rawDays: days(env, 'WEIR_RAW_DAYS', 90, 1, 3_650),
    exemplarDays: days(env, 'WEIR_EXEMPLAR_DAYS', 30, 0, 365),
  };
}

function days(
  env: Record<string, string | undefined>,
  name: string,
  usual: number,
  least: number,
  most: number,
): number {
  const text = env[name]?.trim();
  if (!text) return usual;
  const value = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new AppError(
    'unavailable',
    `${name} is not a whole number from ${least} to ${most}. Ask whoever runs this deployment to correct it; until then nothing is dropped.`,
  );
}
