/** `weir detect` */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ZodError } from 'zod';
import { detectionSetting } from '@/lib/clusters/detection-settings-schema';
import { getBacktest } from '@/lib/clusters/get-backtest';
import { requestBacktest } from '@/lib/clusters/request-backtest';
import { runBacktest } from '@/lib/clusters/run-backtest';
import { runDetection } from '@/lib/clusters/run-detection';
import { readSetting } from '@/lib/settings/read-setting';
import { UsageError } from './usage';
import { cliActor, printResult, withState } from './with-state';

export async function detectCommand(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { window: { type: 'string' }, backtest: { type: 'string' } },
  });
  if (values.backtest !== undefined) {
    if (values.window !== undefined)
      throw new UsageError('--backtest looks at the usual window: leave out --window');
    return tryChange(values.backtest);
  }
  const window =
    values.window === undefined || values.window === 'all' ? values.window : Number(values.window);
  if (typeof window === 'number' && !(Number.isInteger(window) && window > 0)) {
    throw new UsageError(`--window is a number of days or "all", not "${values.window}"`);
  }
  await withState(async () => {
    const { accounts, clusters, seconds } = await runDetection(cliActor(), {
      window: window as number | 'all' | undefined,
    });
    printResult({ accounts, clusters, seconds });
  });
}

/** Tries the fields of a JSON file over what is in force; an administrator adopts it at the desk. */
async function tryChange(file: string): Promise<void> {
  const change = readChange(file);
  await withState(async () => {
    const { version } = await readSetting(detectionSetting);
    try {
      const id = await requestBacktest(cliActor(), { change, version }, 'caller');
      await runBacktest(id);
      const { result, state } = await getBacktest(cliActor(), id);
      if (!result) throw new Error(`backtest ${id} is ${state}`);
      const { before, after, counts, unchanged, clusters, seconds } = result;
      const lines = clusters.map(({ gained, lost, ...each }) => ({
        ...each,
        gained: gained.accounts,
        lost: lost.accounts,
      }));
      printResult({ backtest: id, version, before, after, ...counts, unchanged, clusters: lines, seconds });
    } catch (error) {
      if (!(error instanceof ZodError)) throw error;
      throw new UsageError(error.issues.map((issue) => issue.message).join(' '));
    }
  });
}

function readChange(file: string): Record<string, unknown> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new UsageError(`${file} cannot be read`);
  }
  try {
    const change: unknown = JSON.parse(text);
    if (typeof change === 'object' && change !== null && !Array.isArray(change)) return { ...change };
  } catch {
    // Said below.
  }
  throw new UsageError(`${file} holds no JSON object of detection's fields, as {"minSize": 8}`);
}
