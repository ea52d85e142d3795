'use server';

import { revalidatePath } from 'next/cache';
import { runAction } from '@/app/run-action';
import { requirePersonOrThrow } from '@/lib/access/current-person';
import { type KillSwitchInput, killSwitchSchema } from '@/lib/enforcement/kill-switch-schema';
import { releaseKillSwitch } from '@/lib/enforcement/release-kill-switch';
import { retryDead } from '@/lib/enforcement/retry-dead';
import { type RetryInput, retrySchema } from '@/lib/enforcement/schema';
import { turnOnKillSwitch } from '@/lib/enforcement/turn-on-kill-switch';
import type { ActionResult } from '@/lib/errors';

/** Stops all enforcement. */
export async function turnOnKillSwitchAction(input: KillSwitchInput): Promise<ActionResult<unknown>> {
  return runAction('turn on the kill switch', async () => {
    const person = await requirePersonOrThrow();
    await turnOnKillSwitch(person, killSwitchSchema.parse(input));
    revalidatePath('/', 'layout');
  });
}

/** One of two people's word that it may go on. */
export async function releaseKillSwitchAction(input: KillSwitchInput): Promise<ActionResult<unknown>> {
  return runAction('release the kill switch', async () => {
    const person = await requirePersonOrThrow();
    await releaseKillSwitch(person, killSwitchSchema.parse(input));
    revalidatePath('/', 'layout');
  });
}

/** Tries accounts again that were given up. */
export async function retryDeadAction(input: RetryInput): Promise<ActionResult<unknown>> {
  return runAction('try accounts again', async () => {
    const person = await requirePersonOrThrow();
    await retryDead(person, retrySchema.parse(input));
    revalidatePath('/', 'layout');
  });
}
