'use server';

import { revalidatePath } from 'next/cache';
import { runAction } from '@/app/run-action';
import { requirePersonOrThrow } from '@/lib/access/current-person';
import { adoptBacktest } from '@/lib/clusters/adopt-backtest';
import type {
  AdoptBacktestInput,
  DiscardBacktestInput,
  RequestBacktestInput,
} from '@/lib/clusters/backtest-schema';
import { discardBacktest } from '@/lib/clusters/discard-backtest';
import { requestBacktest } from '@/lib/clusters/request-backtest';
import type { ActionResult } from '@/lib/errors';

/** Hands a change of detection's settings to the worker, to be tried on what is stored. */
export async function requestBacktestAction(
  input: RequestBacktestInput,
): Promise<ActionResult<{ id: number }>> {
  return runAction('try a change of detection', async () => {
    const id = await requestBacktest(await requirePersonOrThrow(), input);
    revalidatePath('/settings/detection');
    return { id };
  });
}

/** Adopts exactly what a backtest tried. */
export async function adoptBacktestAction(input: AdoptBacktestInput): Promise<ActionResult<unknown>> {
  return runAction('adopt a change of detection', async () => {
    await adoptBacktest(await requirePersonOrThrow(), input);
    revalidatePath('/', 'layout');
  });
}

/** Puts a backtest aside. */
export async function discardBacktestAction(input: DiscardBacktestInput): Promise<ActionResult<unknown>> {
  return runAction('discard a backtest', async () => {
    await discardBacktest(await requirePersonOrThrow(), input);
    revalidatePath('/settings/detection');
  });
}
