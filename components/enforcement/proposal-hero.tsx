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
  const { person, may } = useDesk();
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
  const mayRestore =
    may('proposal.create') && proposal.action !== 'restore' && proposal.startedAt !== null && live.done > 0;
  return (
    <section className="p-hero">
      <div className="p-hero-top">
        <h1>{proposalTitle(proposal)}</h1>
        <span className="mute">P-{proposal.id}</span>
        <span role="status">
          <StatusBadge words={words} />
        </span>
        <span className="push" />
        <SteerButtons proposal={proposal} status={live.status} note={live.note} steer={steer} />
        {mayRestore && (
          <Link className="btn" href={`/approvals/restore?proposal=${proposal.id}`} prefetch={false}>
            Restore…
          </Link>
        )}
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
          <dd>
            <Drift proposal={proposal} mayPropose={may('proposal.create')} />
          </dd>
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
      <Relations proposal={proposal} />
      {live.note && !waiting && (
        <p className="p-said">
          <span className="label">Why</span> {plainLines(live.note)}
        </p>
      )}
    </section>
  );
}

function Drift({ proposal, mayPropose }: { proposal: ProposalDetail; mayPropose: boolean }) {
  const { joined, left, open } = proposal.drift;
  if (joined === 0 && left === 0)
    return open ? 'nobody joined or left' : 'nobody can join: the list was made by hand';
  const parts = [];
  if (joined > 0) parts.push(`${formatOf(joined, 'account')} joined; not on this list`);
  if (left > 0) parts.push(`${formatOf(left, 'account')} left, still on this list`);
  return (
    <>
      <span>{parts.join('; ')}</span>
      {joined > 0 && mayPropose && (
        <Link
          className="link"
          href={`/approvals/new?late=${proposal.id}&action=${proposal.action}`}
          prefetch={false}
        >
          Propose for {joined === 1 ? 'it' : 'them'}
        </Link>
      )}
    </>
  );
}

/** The proposals that this one takes the place of, goes with, or takes back. */
function Relations({ proposal }: { proposal: ProposalDetail }) {
  const rows = [
    { words: 'Takes back', ids: proposal.restoresId === null ? [] : [proposal.restoresId] },
    { words: 'Taken back by', ids: proposal.restoredBy },
    { words: 'Other half of the split:', ids: proposal.companions },
    { words: 'In place of', ids: proposal.replacesId === null ? [] : [proposal.replacesId] },
    { words: 'Replaced by', ids: proposal.replacedBy },
  ].filter(({ ids }) => ids.length > 0);
  if (rows.length === 0) return null;
  return (
    <p className="small soft p-links">
      {rows.map(({ words, ids }) => (
        <span key={words}>
          {words}{' '}
          {ids.map((id, index) => (
            <span key={id}>
              {index > 0 && ', '}
              <Link className="link" href={`/approvals/${id}`} prefetch={false}>
                P-{id}
              </Link>
            </span>
          ))}
        </span>
      ))}
    </p>
  );
}
