'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { runAction } from '@/app/run-action';
import { requirePerson } from '@/lib/access/current-person';
import { finishReview, judgeAccount } from '@/lib/clusters/review/judge-account';
import { releaseReview, takeReview } from '@/lib/clusters/review/take-review';
import { type JudgeInput, judgeSchema, reviewIdSchema } from '@/lib/clusters/review-schema';
import type { ActionResult } from '@/lib/errors';

const reviewSchema = z.object({ reviewId: reviewIdSchema });
type ReviewInput = z.infer<typeof reviewSchema>;

/** Takes a sample up; refused for whoever confirmed its cluster. */
export async function takeReviewAction(input: ReviewInput): Promise<ActionResult> {
  return runAction('take review', async () => {
    await takeReview(await requirePerson(), reviewSchema.parse(input));
    revalidatePath('/', 'layout');
    return undefined;
  });
}

/** Gives one's own sample back; its verdicts are dropped. */
export async function releaseReviewAction(input: ReviewInput): Promise<ActionResult> {
  return runAction('release review', async () => {
    await releaseReview(await requirePerson(), reviewSchema.parse(input));
    revalidatePath('/', 'layout');
    return undefined;
  });
}

/** Judges one account. The screen shows it already, so nothing is read anew. */
export async function judgeAccountAction(input: JudgeInput): Promise<ActionResult> {
  return runAction('judge account', async () => {
    await judgeAccount(await requirePerson(), judgeSchema.parse(input));
    return undefined;
  });
}

/** Ends a sample of which every account is judged. */
export async function finishReviewAction(input: ReviewInput): Promise<ActionResult> {
  return runAction('finish review', async () => {
    await finishReview(await requirePerson(), reviewSchema.parse(input));
    revalidatePath('/', 'layout');
    return undefined;
  });
}
