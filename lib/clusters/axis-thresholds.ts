import { z } from 'zod';
import type { AxisThresholds } from './schema';

const from = z.enum(['deployment', 'shipped']).catch('shipped');
const high = z.number().optional().catch(undefined);
const storedConfig = z.object({ coordinationHigh: high, extractionHigh: high }).catch({});
const storedBaseline = z
  .object({
    accounts: z.number().catch(0),
    coordinationHigh: high,
    extractionHigh: high,
    coordinationFrom: from,
    extractionFrom: from,
  })
  .catch({ accounts: 0, coordinationFrom: 'shipped', extractionFrom: 'shipped' });

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
  };
}
