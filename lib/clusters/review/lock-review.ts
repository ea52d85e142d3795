import type { Person } from '@/lib/access/schema';
import type { Prisma } from '@/lib/database/generated/client';
import type { Transaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { clusterRef } from '../rules';

const lockedInclude = {
  cluster: { select: { id: true, name: true, status: true } },
  reviewer: { select: { name: true, disabledAt: true } },
} satisfies Prisma.ReviewInclude;

export type LockedReview = Prisma.ReviewGetPayload<{ include: typeof lockedInclude }>;

/**
 * A review that this person may work on, its row held until the transaction ends.
 * @throws AppError not_found; forbidden for whoever confirmed the cluster; conflict when it is finished or the
 * confirmation no longer stands
 */
export async function lockReview(tx: Transaction, person: Person, id: number): Promise<LockedReview> {
  await tx.$executeRaw`SELECT 1 FROM review WHERE id = ${id} FOR UPDATE`;
  const review = await tx.review.findUnique({ where: { id }, include: lockedInclude });
  if (!review) throw new AppError('not_found', 'There is no such review. Look for it in the list.');
  if (review.confirmedById === person.id) {
    throw new AppError('forbidden', 'You confirmed this cluster. Somebody else has to review its sample.');
  }
  if (review.finishedAt) throw new AppError('conflict', 'This review is finished. Reload the page.');
  const newer = await tx.review.count({ where: { clusterId: review.clusterId, id: { gt: id } } });
  if (newer > 0 || review.cluster.status !== 'confirmed') {
    throw new AppError(
      'conflict',
      'The confirmation that this review is about no longer stands, so there is nothing to review.',
    );
  }
  return review;
}

/** @throws AppError conflict when it is nobody's or somebody else's */
export function requireReviewer(review: LockedReview, person: Person): void {
  if (review.reviewerId === person.id) return;
  const holder = review.reviewer ? `${review.reviewer.name} has taken it up.` : 'Nobody has taken it up.';
  throw new AppError('conflict', `${holder} Only who takes a review up judges its accounts.`);
}

export const auditObject = ({ cluster }: LockedReview) => ({
  type: 'cluster' as const,
  id: clusterRef(cluster.id),
  label: cluster.name,
});
