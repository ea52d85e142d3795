import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ReviewBar } from '@/components/reviews/review-bar';
import { ReviewDesk } from '@/components/reviews/review-desk';
import { ReviewOutcome } from '@/components/reviews/review-outcome';
import { requirePerson } from '@/lib/access/current-person';
import { getReview } from '@/lib/clusters/review/get-review';
import { AppError } from '@/lib/errors';
import { finishReviewAction, judgeAccountAction, releaseReviewAction, takeReviewAction } from '../actions';
import '@/components/clusters/cluster/cluster.css';
import '@/components/reviews/reviews.css';

export const metadata: Metadata = { title: 'Review of a sample' };

export default async function ReviewPage({ params }: { params: Promise<{ id: string }> }) {
  const review = await read((await params).id);
  return (
    <>
      <ReviewBar review={review} release={releaseReviewAction} />
      <ReviewOutcome review={review} />
      <ReviewDesk
        key={`${review.id} ${review.mine} ${review.finishedAt}`}
        review={review}
        actions={{
          take: takeReviewAction,
          release: releaseReviewAction,
          judge: judgeAccountAction,
          finish: finishReviewAction,
        }}
      />
    </>
  );
}

async function read(id: string) {
  const person = await requirePerson();
  if (!/^\d{1,9}$/.test(id)) notFound();
  try {
    return await getReview(person, Number(id));
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound();
    throw error;
  }
}
