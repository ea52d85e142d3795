'use server';

import { revalidatePath } from 'next/cache';
import { runAction } from '@/app/run-action';
import { requirePersonOrThrow } from '@/lib/access/current-person';
import { answerProposal } from '@/lib/enforcement/answer-proposal';
import { type AnswerInput, answerSchema, type SteerInput, steerSchema } from '@/lib/enforcement/schema';
import { steerProposal } from '@/lib/enforcement/steer-proposal';
import type { ActionResult } from '@/lib/errors';

/** Approves or rejects a proposal; bound to the hash that the person saw. */
export async function answerProposalAction(input: AnswerInput): Promise<ActionResult<unknown>> {
  return runAction('answer a proposal', async () => {
    const person = await requirePersonOrThrow();
    await answerProposal(person, answerSchema.parse(input));
    revalidatePath('/', 'layout');
  });
}

/** Pauses, resumes, stops or withdraws a proposal. */
export async function steerProposalAction(input: SteerInput): Promise<ActionResult<unknown>> {
  return runAction('steer a proposal', async () => {
    const person = await requirePersonOrThrow();
    await steerProposal(person, steerSchema.parse(input));
    revalidatePath('/', 'layout');
  });
}
