'use client';

import { TriangleAlert } from 'lucide-react';
import { useId } from 'react';
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
  password,
  onPassword,
  onCancel,
  onConfirm,
}: {
  proposal: ProposalDetail;
  verdict: 'approve' | 'reject';
  reason: string;
  busy: boolean;
  problem: string | null;
  password: string;
  onPassword: (password: string) => void;
  onCancel: () => void;
  onConfirm: () => void;
}) {
  const approves = verdict === 'approve';
  const last = proposal.approvals + 1 >= proposal.approvalsRequired;
  const field = useId();
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
          <Button
            variant={approves && last ? 'stop' : 'primary'}
            busy={busy}
            autoFocus={!asks}
            disabled={asks && password === ''}
            onClick={onConfirm}
          >
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
        <div className="form-row">
          <label htmlFor={field} className="label">
            Your password, once more
          </label>
          <input
            id={field}
            className="field"
            type="password"
            autoComplete="current-password"
            value={password}
            autoFocus
            onChange={(event) => onPassword(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && password !== '') onConfirm();
            }}
          />
          <span className="hint">
            A list of this weight takes a sign-in within the last {proposal.freshMinutes} minutes; yours is
            older.
          </span>
        </div>
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
