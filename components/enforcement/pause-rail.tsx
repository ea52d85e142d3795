'use client';

import { formatPercent } from '@/components/ui/format';
import type { ProposalDetail, ProposalProgress } from '@/lib/enforcement/schema';
import { useProgress } from './use-progress';

/** What makes it pause without anybody, and how close it is. */
export function PauseRail({ proposal, progress }: { proposal: ProposalDetail; progress: ProposalProgress }) {
  const { share, limit } = useProgress(proposal.id, progress).data.errors;
  return (
    <section aria-labelledby="pause-title">
      <h2 id="pause-title">Pauses by itself</h2>
      <div className="p-meter">
        <span>Errors in this stage</span>
        <span className="num">
          <b>{formatPercent(share)}</b> <span className="mute">of {formatPercent(limit)}</span>
        </span>
        <span className="meter" aria-hidden="true">
          <i style={{ width: `${Math.min(100, (share / limit) * 100)}%` }} />
        </span>
      </div>
    </section>
  );
}
