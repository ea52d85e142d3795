'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useEffect, useEffectEvent } from 'react';
import { useDesk } from '@/components/shell/desk-context';
import { Avatar } from '@/components/ui/avatar';
import { CopyButton } from '@/components/ui/copy-button';
import { formatMoment, formatOf, showInvisible } from '@/components/ui/format';
import { RawText } from '@/components/ui/raw-text';
import type { ProposalDetail, ProposalProgress } from '@/lib/enforcement/schema';
import { plainLines } from './plain-lines';
import { StatusBadge } from './status-badge';
import { SteerButtons } from './steer-buttons';
import type { SteerAction } from './steer-dialog';
import { TimeLeft } from './time-left';
import { useProgress } from './use-progress';
import { proposalTitle, shortHash, statusWords } from './words';

/** What the proposal is and where it stands; the badge follows the execution. */
export function ProposalHero({
  proposal,
  progress,
  steer,
}: {
  proposal: ProposalDetail;
  progress: ProposalProgress;
  steer: SteerAction;
}) {
  const { person } = useDesk();
  const router = useRouter();
  const live = useProgress(proposal.id, progress).data;
  const refresh = useEffectEvent(() => {
    if (live.status !== proposal.status) router.refresh();
  });
  // The rest of the page was read on the server for one status; a new one asks for the page again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the status is what is followed
  useEffect(() => refresh(), [live.status]);

  const words = statusWords({ ...proposal, status: live.status, stages: live.stages });
  const approvers = proposal.approvalRows.filter((row) => row.verdict === 'approve');
  const waiting = live.status === 'waiting';
  return (
    <section className="p-hero">
      <div className="p-hero-top">
        <h1>{proposalTitle(proposal)}</h1>
        <span className="mute">P-{proposal.id}</span>
        <span role="status">
          <StatusBadge words={words} />
        </span>
        <span className="push" />
        <SteerButtons proposal={proposal} status={live.status} steer={steer} />
        {proposal.cluster && (
          <Link className="btn" href={`/clusters/${proposal.cluster.id}`}>
            Open cluster
          </Link>
        )}
      </div>
      <dl className="p-frozen">
        <div>
          <dt>Frozen list</dt>
          <dd className="mono">
            <span title={proposal.sha256}>sha256 {shortHash(proposal.sha256)}</span>
            <CopyButton small text={proposal.sha256} label="Copy the whole hash" />
          </dd>
        </div>
        <div>
          <dt>Proposed by</dt>
          <dd>
            <Avatar
              name={proposal.proposedBy.name}
              you={proposal.proposedBy.id === person.id}
              label={false}
            />
            <RawText>{proposal.proposedBy.name}</RawText>
            <time className="mute" dateTime={proposal.proposedAt}>
              {formatMoment(proposal.proposedAt)}
            </time>
          </dd>
        </div>
        <div>
          <dt>Since frozen</dt>
          <dd>{driftWords(proposal.drift)}</dd>
        </div>
        {waiting ? (
          <div>
            <dt>Expires</dt>
            <dd>
              <span>
                in <TimeLeft until={proposal.expiresAt} />
              </span>
            </dd>
          </div>
        ) : (
          approvers.length > 0 && (
            <div>
              <dt>Approved by</dt>
              <dd className="clip">{approvers.map((row) => showInvisible(row.approver.name)).join(', ')}</dd>
            </div>
          )
        )}
      </dl>
      {live.note && !waiting && (
        <p className="p-said">
          <span className="label">Why</span> {plainLines(live.note)}
        </p>
      )}
    </section>
  );
}

function driftWords({ joined, left }: ProposalDetail['drift']): string {
  if (joined === 0 && left === 0) return 'the cluster has not changed';
  const parts = [];
  if (joined > 0) parts.push(`${formatOf(joined, 'account')} joined; not on this list`);
  if (left > 0) parts.push(`${formatOf(left, 'account')} left, still on this list`);
  return parts.join('; ');
}
