'use client';

import { Check, PenLine, X } from 'lucide-react';
import { useDesk } from '@/components/shell/desk-context';
import { Ago } from '@/components/ui/ago';
import { formatClock, formatMoment, showInvisible } from '@/components/ui/format';
import type { ApprovalRow, ProposalDetail } from '@/lib/enforcement/schema';
import { type AnswerAction, AnswerForm } from './answer-form';
import { plainLines } from './plain-lines';

/** Who said what about the list, from the proposer on, and the reader's own word while it is asked for. */
export function ApprovalsRail({
  proposal,
  answer,
  onAnswered,
}: {
  proposal: ProposalDetail;
  answer: AnswerAction;
  onAnswered?: () => void;
}) {
  const { person } = useDesk();
  const waiting = proposal.status === 'waiting';
  return (
    <section aria-labelledby="approvals-title">
      <h2 id="approvals-title">
        Approvals
        <span className="push strong">
          {proposal.approvals} of {proposal.approvalsRequired}
        </span>
      </h2>
      <ol className="p-appr">
        <li>
          <span className="dot said">
            <PenLine className="i" aria-hidden="true" />
          </span>
          <div>
            <b>{proposal.proposedBy.id === person.id ? 'You' : showInvisible(proposal.proposedBy.name)}</b>{' '}
            <span className="mute small">
              proposed, <Moment at={proposal.proposedAt} />
            </span>
            <p className="small soft said-text">{plainLines(proposal.reason)}</p>
          </div>
        </li>
        {proposal.approvalRows.map((row) => (
          <Answer key={row.approver.id} row={row} you={row.approver.id === person.id} />
        ))}
        {waiting && (
          <li className={proposal.refusal === null ? 'now' : undefined}>
            <span className="dot" />
            <div>
              {proposal.refusal === null ? (
                <>
                  <b>You</b>{' '}
                  <span className="mute small">
                    {proposal.signedInAt ? (
                      <>
                        signed in <Ago at={proposal.signedInAt} ago />
                      </>
                    ) : proposal.freshMinutes === null ? (
                      'asked for your word'
                    ) : (
                      'your password is asked once more'
                    )}
                  </span>
                </>
              ) : (
                <span className="soft">
                  {proposal.approvalsRequired - proposal.approvals === 1
                    ? 'One more approver'
                    : 'Two approvers'}
                </span>
              )}
            </div>
          </li>
        )}
      </ol>
      {waiting && <AnswerForm proposal={proposal} answer={answer} onAnswered={onAnswered} />}
    </section>
  );
}

function Answer({ row, you }: { row: ApprovalRow; you: boolean }) {
  const approved = row.verdict === 'approve';
  return (
    <li className={approved ? 'done' : 'rejected'}>
      <span className="dot">
        {approved ? <Check className="i" aria-hidden="true" /> : <X className="i" aria-hidden="true" />}
      </span>
      <div>
        <b>{you ? 'You' : showInvisible(row.approver.name)}</b>{' '}
        <span className="mute small">
          {approved ? 'approved' : 'rejected'}, <Moment at={row.at} />
        </span>
        <p className="small soft said-text">{plainLines(row.reason)}</p>
      </div>
    </li>
  );
}

function Moment({ at }: { at: string }) {
  return (
    <time dateTime={at} title={formatMoment(at)}>
      {formatClock(at, false)} UTC
    </time>
  );
}
