'use client';

import type { ProposalDetail, ProposalProgress } from '@/lib/enforcement/schema';
import { ItemTable } from './item-table';
import type { RetryAction } from './retry-dialog';
import { StageTable } from './stage-table';
import { useProgress } from './use-progress';

/** An execution as it goes, and as it ended. */
export function LiveProgress({
  proposal,
  progress,
  retry,
}: {
  proposal: ProposalDetail;
  progress: ProposalProgress;
  retry: RetryAction;
}) {
  const { data, error } = useProgress(proposal.id, progress);
  return (
    <>
      {error && (
        <p className="problem calm" role="status">
          {error.message} What is under way goes on without this page.
        </p>
      )}
      <StageTable action={proposal.action} progress={data} />
      <ItemTable
        id={proposal.id}
        action={proposal.action}
        proposedById={proposal.proposedBy.id}
        progress={data}
        quiet={error !== null}
        retry={retry}
      />
    </>
  );
}
