'use server';

import { revalidatePath } from 'next/cache';
import { runAction } from '@/app/run-action';
import { requirePersonOrThrow } from '@/lib/access/current-person';
import {
  type AssignAppealInput,
  assignAppealSchema,
  type DecideAppealInput,
  decideAppealSchema,
} from '@/lib/enforcement/appeal-schema';
import { assignAppeal } from '@/lib/enforcement/assign-appeal';
import { decideAppeal } from '@/lib/enforcement/decide-appeal';
import type { ActionResult } from '@/lib/errors';

/** Takes an appeal up, hands it on or gives it back. */
export async function assignAppealAction(input: AssignAppealInput): Promise<ActionResult<unknown>> {
  return runAction('assign an appeal', async () => {
    await assignAppeal(await requirePersonOrThrow(), assignAppealSchema.parse(input));
    revalidatePath('/', 'layout');
  });
}

/** Upholds the act or grants the appeal. */
export async function decideAppealAction(
  input: DecideAppealInput,
): Promise<ActionResult<{ restoreId: number | null }>> {
  return runAction('decide an appeal', async () => {
    const decided = await decideAppeal(await requirePersonOrThrow(), decideAppealSchema.parse(input));
    revalidatePath('/', 'layout');
    return decided;
  });
}
