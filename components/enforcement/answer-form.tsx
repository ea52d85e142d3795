'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { formatCount, formatOf } from '@/components/ui/format';
import { ProblemNote } from '@/components/ui/problem-note';
import { ReasonField } from '@/components/ui/reason-field';
import { toast } from '@/components/ui/toast';
import { Refused } from '@/components/ui/tooltip';
import { useAct } from '@/components/ui/use-act';
import { useKeys } from '@/components/ui/use-keys';
import type { AnswerInput, ProposalDetail } from '@/lib/enforcement/schema';
import type { ActionResult } from '@/lib/errors';
import { ConfirmAnswer } from './confirm-answer';
import { tinyHash } from './words';

/** The server action behind both verdicts. */
export type AnswerAction = (input: AnswerInput) => Promise<ActionResult<unknown>>;

/** The reader's word on a list: a reason, then approve or reject, each asked once more. */
export function AnswerForm({
  proposal,
  answer,
  onAnswered,
}: {
  proposal: ProposalDetail;
  answer: AnswerAction;
  /** In place of reading the page anew. */
  onAnswered?: () => void;
}) {
  const router = useRouter();
  const queries = useQueryClient();
  const field = useRef<HTMLTextAreaElement>(null);
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const [asked, setAsked] = useState<'approve' | 'reject' | null>(null);
  const { run, busy, problem, clear } = useAct(answer);
  const refusal = proposal.refusal;
  const forbids = proposal.guardrails.find((check) => !check.ok && check.blocks);

  const ask = (verdict: 'approve' | 'reject') => {
    clear();
    setMissing(reason.trim().length < 3);
    if (reason.trim().length < 3) field.current?.focus();
    else setAsked(verdict);
  };
  const submit = async () => {
    if (!asked) return;
    const { id: proposalId, sha256 } = proposal;
    if (!(await run({ proposalId, verdict: asked, reason, sha256 }))) return;
    toast.success(asked === 'approve' ? `You approved P-${proposalId}` : `You rejected P-${proposalId}`);
    setAsked(null);
    setReason('');
    await queries.invalidateQueries({ queryKey: ['proposal', proposalId] });
    if (onAnswered) onAnswered();
    else router.refresh();
  };
  const mayApprove = refusal === null && forbids === undefined;
  useKeys({
    a: mayApprove ? () => ask('approve') : undefined,
    r: refusal === null ? () => ask('reject') : undefined,
  });

  const reject = (
    <Button
      large
      disabled={refusal !== null}
      keys={refusal === null ? 'R' : undefined}
      onClick={() => ask('reject')}
    >
      Reject…
    </Button>
  );
  const approve = (
    <Button
      large
      variant={mayApprove ? 'primary' : 'plain'}
      disabled={!mayApprove}
      keys={mayApprove ? 'A' : undefined}
      onClick={() => ask('approve')}
    >
      Approve this list
    </Button>
  );
  const canary = proposal.stages[0]?.total ?? 0;
  const last = proposal.approvals + 1 >= proposal.approvalsRequired;
  return (
    <>
      {refusal === null && (
        <ReasonField
          value={reason}
          onChange={(value) => {
            setReason(value);
            setMissing(false);
          }}
          fieldRef={field}
          placeholder="What you checked, and why it is right"
        />
      )}
      {missing && (
        <p className="small p-missing" role="alert">
          Say why, in a few words. The audit keeps it.
        </p>
      )}
      <div className="p-two">
        {refusal === null ? reject : <Refused reason={refusal}>{reject}</Refused>}
        {mayApprove ? approve : <Refused reason={refusal ?? `${forbids?.title}.`}>{approve}</Refused>}
      </div>
      {refusal !== null && <p className="small p-refusal">{refusal}</p>}
      {refusal === null && forbids && <p className="small p-refusal">{forbids.title}.</p>}
      <ProblemNote problem={asked === null ? problem : null} />
      <p className="small mute p-binds">
        Binds to hash <span title={proposal.sha256}>{tinyHash(proposal.sha256)}</span>.{' '}
        {last
          ? `Starts with ${formatOf(canary, 'account')}${canary < proposal.accountCount ? ', not all' : ''}.`
          : `${formatCount(proposal.approvalsRequired - proposal.approvals - 1)} more approval is needed after it.`}
      </p>
      {asked && (
        <ConfirmAnswer
          proposal={proposal}
          verdict={asked}
          reason={reason}
          busy={busy}
          problem={problem}
          onCancel={() => setAsked(null)}
          onConfirm={submit}
        />
      )}
    </>
  );
}
