import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { writeAudit } from '@/lib/audit/write-audit';
import { inTransaction, type Transaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { requireUser } from '../require-user';
import { auditObject, lockReview, requireReviewer } from './lock-review';

/** A review that lay with somebody for so long may be taken over. */
const LEFT_LYING_MS = 3 * 86_400_000;

/**
 * Takes a review up. One that its reviewer left lying for three days, or cannot finish, may be taken over; it then
 * begins anew, since one sample is judged by one pair of eyes.
 * @throws AppError forbidden, not_found, conflict when somebody else has it or nothing is left to review
 */
export async function takeReview(actor: Actor, input: { reviewId: number }): Promise<void> {
  requireRight(actor, 'cluster.review');
  const person = requireUser(actor);
  await inTransaction(async (tx) => {
    const review = await lockReview(tx, person, input.reviewId);
    if (review.reviewerId === person.id) return;
    const left = review.takenAt !== null && Date.now() - review.takenAt.getTime() > LEFT_LYING_MS;
    if (review.reviewer && !left && review.reviewer.disabledAt === null) {
      throw new AppError('conflict', `${review.reviewer.name} has taken this review up.`);
    }
    await clearVerdicts(tx, review.id);
    await tx.review.update({
      where: { id: review.id },
      data: { reviewerId: person.id, takenAt: new Date() },
    });
    await writeAudit(tx, person, {
      verb: 'review.take',
      object: auditObject(review),
      before: { reviewer: review.reviewer?.name ?? null },
      after: { reviewer: person.name },
      detail: { review: review.id },
    });
  });
}

/** Gives one's own review back; what was judged of it is dropped. @throws AppError forbidden, not_found, conflict */
export async function releaseReview(actor: Actor, input: { reviewId: number }): Promise<void> {
  requireRight(actor, 'cluster.review');
  const person = requireUser(actor);
  await inTransaction(async (tx) => {
    const review = await lockReview(tx, person, input.reviewId);
    requireReviewer(review, person);
    const dropped = await clearVerdicts(tx, review.id);
    await tx.review.update({ where: { id: review.id }, data: { reviewerId: null, takenAt: null } });
    await writeAudit(tx, person, {
      verb: 'review.release',
      object: auditObject(review),
      before: { reviewer: person.name },
      after: { reviewer: null },
      detail: { review: review.id, dropped },
    });
  });
}

async function clearVerdicts(tx: Transaction, reviewId: number): Promise<number> {
  const { count } = await tx.reviewItem.updateMany({
    where: { reviewId, verdict: { not: null } },
    data: { verdict: null, reasonCode: null, note: null, judgedAt: null },
  });
  return count;
}
