import { failBacktest } from '@/lib/clusters/run-backtest';
import { AppError } from '@/lib/errors';
import { runInChild } from './run-in-child';

const DETECTION = new URL('./detection-process.ts', import.meta.url);
const BACKTEST = new URL('./backtest-process.ts', import.meta.url);

/** Runs detection once. @throws AppError unavailable when it failed */
export async function detectInChild(signal: AbortSignal): Promise<void> {
  const code = await runInChild(DETECTION, [], signal);
  if (code === 0) return;
  throw new AppError(
    'unavailable',
    'Detection did not finish. The worker tries it again.',
    `detection exited ${code}`,
  );
}

/** Runs a backtest, beside whatever else works; its row says what became of it.
 * @throws AppError unavailable when the worker ended first: the next one runs it again */
export async function backtestInChild(id: number, signal: AbortSignal): Promise<void> {
  const code = await runInChild(BACKTEST, [String(id)], signal);
  if (signal.aborted) throw new AppError('unavailable', 'The worker ended during a backtest.');
  // One that could say why has done so; what is left ran out of memory or was killed.
  if (code !== 0)
    await failBacktest(id, `Its process ended (${code}). The worker's log has more. Try the change again.`);
}
