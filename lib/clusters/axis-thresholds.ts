import { z } from 'zod';
import { CLOUD_CELLS } from '@/lib/detection/schema';
import type { AxisThresholds } from './schema';

const from = z.enum(['deployment', 'shipped']).catch('shipped');
const high = z.number().optional().catch(undefined);
const storedConfig = z.object({ coordinationHigh: high, extractionHigh: high }).catch({});
const cell = z
  .number()
  .int()
  .min(0)
  .max(CLOUD_CELLS - 1);
const storedBaseline = z
  .object({
    accounts: z.number().catch(0),
    coordinationHigh: high,
    extractionHigh: high,
    coordinationFrom: from,
    extractionFrom: from,
    cloud: z.array(z.object({ coordination: cell, extraction: cell, accounts: z.number() })).catch([]),
  })
  .catch({ accounts: 0, coordinationFrom: 'shipped', extractionFrom: 'shipped', cloud: [] });

const UNKNOWN = 0.5;

/** Where a run divided the axes: at what its benign traffic told, else at what its settings say. */
export function axisThresholds(run: { config: unknown; baseline: unknown }): AxisThresholds {
  const config = storedConfig.parse(run.config);
  const baseline = storedBaseline.parse(run.baseline);
  return {
    coordination: baseline.coordinationHigh ?? config.coordinationHigh ?? UNKNOWN,
    extraction: baseline.extractionHigh ?? config.extractionHigh ?? UNKNOWN,
    coordinationFrom: baseline.coordinationFrom,
    extractionFrom: baseline.extractionFrom,
    benignAccounts: baseline.accounts,
    cloud: baseline.cloud,
    cloudCells: CLOUD_CELLS,
  };
}
