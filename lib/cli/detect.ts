/** `weir detect` */
import { parseArgs } from 'node:util';
import { runDetection } from '@/lib/clusters/run-detection';
import { UsageError } from './usage';
import { cliActor, printResult, withState } from './with-state';

export async function detectCommand(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { window: { type: 'string' } } });
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
