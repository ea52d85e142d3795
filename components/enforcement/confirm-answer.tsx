'use client';

import { TriangleAlert } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { formatOf } from '@/components/ui/format';
import { ProblemNote } from '@/components/ui/problem-note';
import type { ProposalDetail } from '@/lib/enforcement/schema';
import { proposalTitle, shortHash } from './words';

/** The last step before a word is given: what it does, what still speaks against it, what is said. */
export function ConfirmAnswer({
  proposal,
  verdict,
  reason,
  busy,
  problem,
  onCancel,
  onConfirm,
}: {
  proposal: ProposalDetail;
  verdict: 'approve' | 'reject';
  reason: string;
  busy: boolean;
  problem: string | null;
  onCancel: () => void;
  onConfirm: () => void;
}) {
  const approves = verdict === 'approve';
  const last = proposal.approvals + 1 >= proposal.approvalsRequired;
  const asks = approves && proposal.freshMinutes !== null && proposal.signedInAt === null;
  const against = approves ? proposal.guardrails.filter((check) => !check.ok) : [];
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onCancel()}
      title={approves ? `${proposalTitle(proposal)}?` : `Reject P-${proposal.id}?`}
      note={
        approves
          ? consequence(proposal, last)
          : 'Nobody can approve it any more. Another list needs a new proposal.'
      }
      footer={
        <>
          <Button onClick={onCancel}>Cancel</Button>
          <Button variant={approves && last ? 'stop' : 'primary'} busy={busy} autoFocus onClick={onConfirm}>
            {approves ? (last ? 'Approve and start' : 'Approve') : 'Reject'}
          </Button>
        </>
      }
    >
      {against.length > 0 && (
        <ul className="p-against">
          {against.map((check) => (
            <li key={check.id}>
              <TriangleAlert className="i warn" aria-hidden="true" />
              <span>
                {check.title} <span className="small mute">{check.note}</span>
              </span>
            </li>
          ))}
        </ul>
      )}
      <dl className="p-kv">
        <div>
          <dt>List</dt>
          <dd className="mono" title={proposal.sha256}>
            {shortHash(proposal.sha256)}
          </dd>
        </div>
        <div>
          <dt>Your reason</dt>
          <dd className="said-text">{reason}</dd>
        </div>
      </dl>
      {asks && (
        <p className="hint">
          A list of this weight takes a sign-in within the last {proposal.freshMinutes} minutes; yours is
          older, so you are asked for your password.
        </p>
      )}
      <ProblemNote problem={problem} />
    </Dialog>
  );
}

function consequence(proposal: ProposalDetail, last: boolean): string {
  if (!last) return 'Your approval is the first of two; nothing starts before the second.';
  const canary = proposal.stages[0]?.total ?? 0;
  const rest = proposal.accountCount - canary;
  const first = `Yours is the last approval: it starts at once with ${formatOf(canary, 'account')}`;
  return rest > 0
    ? `${first}, then goes on to the other ${formatOf(rest, 'account')} in stages.`
    : `${first}.`;
}
