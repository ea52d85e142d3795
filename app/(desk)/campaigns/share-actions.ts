'use server';

import { revalidatePath } from 'next/cache';
import { runAction } from '@/app/run-action';
import { requirePersonOrThrow } from '@/lib/access/current-person';
import type { ActionResult } from '@/lib/errors';
import { answerShare } from '@/lib/intel/answer-share';
import { endShare } from '@/lib/intel/end-share';
import { type SettleValueInput, settleValueSchema } from '@/lib/intel/partner-schema';
import { settleValue } from '@/lib/intel/partners/settle-value';
import { proposeShare } from '@/lib/intel/propose-share';
import {
  type AnswerShareInput,
  answerShareSchema,
  type EndShareInput,
  endShareSchema,
  type ProposeShareInput,
  proposeShareSchema,
} from '@/lib/intel/share-schema';

/** Freezes what would leave for partners. */
export async function proposeShareAction(input: ProposeShareInput): Promise<ActionResult<{ id: number }>> {
  return runAction('propose a share', async () => {
    const share = await proposeShare(await requirePersonOrThrow(), proposeShareSchema.parse(input));
    revalidatePath('/campaigns', 'layout');
    return share;
  });
}

/** A second person's word on it. */
export async function answerShareAction(input: AnswerShareInput): Promise<ActionResult<unknown>> {
  return runAction('answer a share', async () => {
    await answerShare(await requirePersonOrThrow(), answerShareSchema.parse(input));
    revalidatePath('/campaigns', 'layout');
  });
}

/** Withdraws it, or stops offering it. */
export async function endShareAction(input: EndShareInput): Promise<ActionResult<unknown>> {
  return runAction('end a share', async () => {
    await endShare(await requirePersonOrThrow(), endShareSchema.parse(input));
    revalidatePath('/campaigns', 'layout');
  });
}

/** A person's word on a value that partners name. */
export async function settleValueAction(input: SettleValueInput): Promise<ActionResult<unknown>> {
  return runAction('settle a partner’s value', async () => {
    await settleValue(await requirePersonOrThrow(), settleValueSchema.parse(input));
    revalidatePath('/', 'layout');
  });
}
