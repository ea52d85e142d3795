import type { z } from 'zod';
import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { writeAudit } from '@/lib/audit/write-audit';
import { inTransaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { storableText } from '@/lib/storable-text';
import { requireUser } from '../require-user';
import { agreementOf } from '../review-rules';
import type { judgeSchema } from '../review-schema';
import { auditObject, lockReview, requireReviewer } from './lock-review';

/** Says of one sampled account whether it belongs; may be changed until the review is finished.
 * @throws AppError forbidden, not_found, conflict */
export async function judgeAccount(actor: Actor, input: z.output<typeof judgeSchema>): Promise<void> {
  requireRight(actor, 'cluster.review');
  const person = requireUser(actor);
  await inTransaction(async (tx) => {
    const review = await lockReview(tx, person, input.reviewId);
    requireReviewer(review, person);
    const where = { reviewId_ordinal: { reviewId: review.id, ordinal: input.ordinal } };
    const item = await tx.reviewItem.findUnique({ where, include: { account: { select: { id: true } } } });
    if (!item) throw new AppError('not_found', 'This sample has no such account. Reload the page.');
    const note = storableText(input.note);
    await tx.reviewItem.update({
      where,
      data: {
        verdict: input.verdict,
        reasonCode: input.reasonCode,
        note: note === '' ? null : note,
        judgedAt: new Date(),
      },
    });
    await writeAudit(tx, person, {
      verb: 'review.judge',
      object: auditObject(review),
      reason: note === '' ? undefined : note,
      before: { verdict: item.verdict },
      after: { verdict: input.verdict, reason_code: input.reasonCode },
      detail: { review: review.id, account: item.account.id },
    });
  });
}

/** Ends a review of which every account is judged: from then on it counts. @throws AppError forbidden, not_found, conflict */
export async function finishReview(actor: Actor, input: { reviewId: number }): Promise<void> {
  requireRight(actor, 'cluster.review');
  const person = requireUser(actor);
  await inTransaction(async (tx) => {
    const review = await lockReview(tx, person, input.reviewId);
    requireReviewer(review, person);
    const items = await tx.reviewItem.findMany({ where: { reviewId: review.id } });
    const left = items.filter((item) => item.verdict === null).length;
    if (left > 0) {
      const accounts = left === 1 ? '1 account is' : `${left} accounts are`;
      throw new AppError('conflict', `${accounts} not judged yet. Say of each whether it belongs.`);
    }
    await tx.review.update({ where: { id: review.id }, data: { finishedAt: new Date() } });
    const { belongs, doesNot, cannotTell, controlsIn, kappa } = agreementOf(items);
    await writeAudit(tx, person, {
      verb: 'review.finish',
      object: auditObject(review),
      after: { belongs, does_not: doesNot, cannot_tell: cannotTell },
      detail: { review: review.id, controls_in: controlsIn, kappa },
    });
  });
}
