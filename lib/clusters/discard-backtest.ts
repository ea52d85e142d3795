import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { AppError } from '@/lib/errors';
import { type DiscardBacktestInput, discardBacktestSchema } from './backtest-schema';

/** Puts a backtest aside; one that runs stops at its next step. @throws AppError forbidden, conflict */
export async function discardBacktest(actor: Actor, input: DiscardBacktestInput): Promise<void> {
  requireRight(actor, 'settings.manage');
  const { backtestId } = discardBacktestSchema.parse(input);
  const { count } = await database().detectionBacktest.updateMany({
    where: { id: backtestId, state: { in: ['waiting', 'running', 'done', 'failed'] } },
    data: { state: 'discarded', step: null },
  });
  if (count === 0) throw new AppError('conflict', 'This backtest is settled already. Reload the page.');
}
