'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { PageHeader } from '@/components/shell/page-header';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { LOST_CONNECTION } from '@/components/ui/lost-connection';
import { toast } from '@/components/ui/toast';
import type { ReviewDetail } from '@/lib/clusters/review-schema';
import { clusterRef } from '@/lib/clusters/rules';
import type { ReviewActions } from './review-desk';

/** Where the sample comes from, and the way to give it back. */
export function ReviewBar({ review, release }: { review: ReviewDetail; release: ReviewActions['release'] }) {
  const router = useRouter();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const giveBack = async () => {
    setBusy(true);
    const result = await release({ reviewId: review.id }).catch(() => null);
    setBusy(false);
    setAsking(false);
    if (result?.ok) router.refresh();
    else toast.error(result?.message ?? LOST_CONNECTION);
  };
  return (
    <PageHeader
      fit
      crumbs={[{ label: 'Reviews', href: '/reviews' }, { label: `Sample of ${review.cluster.name}` }]}
    >
      {review.finishedAt !== null && (
        <Link className="btn" href={`/clusters/${review.cluster.id}`}>
          Open {clusterRef(review.cluster.id)}
        </Link>
      )}
      {review.mine && review.finishedAt === null && (
        <Button onClick={() => setAsking(true)}>Give back…</Button>
      )}
      <Dialog
        open={asking}
        onOpenChange={setAsking}
        title="Give the review back"
        footer={
          <>
            <Button onClick={() => setAsking(false)}>Keep it</Button>
            <Button variant="danger" busy={busy} onClick={() => void giveBack()}>
              Give back
            </Button>
          </>
        }
      >
        <p className="soft">
          Your verdicts on this sample are dropped: whoever takes it up judges all of it.
        </p>
      </Dialog>
    </PageHeader>
  );
}
