'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { formatOf } from '@/components/ui/format';
import { ProblemNote } from '@/components/ui/problem-note';
import { ReasonField } from '@/components/ui/reason-field';
import { useAct } from '@/components/ui/use-act';
import { clusterRef } from '@/lib/clusters/rules';
import type { ClusterDetail } from '@/lib/clusters/schema';
import type { ProposeInput } from '@/lib/enforcement/propose-schema';
import { proposalRef } from '@/lib/enforcement/rules';
import type { ImpactGroupName } from '@/lib/enforcement/schema';
import type { ClusterPageActions } from './cluster-actions';
import { ProposalOutlook } from './proposal-outlook';

type Action = ProposeInput['action'];
export type Exclusion = ImpactGroupName;

const ACTIONS: { action: Action; label: string; of: string; note: string }[] = [
  { action: 'ban', label: 'Ban', of: 'ban of', note: 'The accounts stop working at the provider.' },
  {
    action: 'require_verification',
    label: 'Require verification',
    of: 'verification of',
    note: 'They stop until somebody proves who they are: for abused education, research and start-up programmes.',
  },
  { action: 'throttle', label: 'Throttle', of: 'throttling of', note: 'They go on, slowly.' },
];

/** Shows whom an action would hit before it is proposed. Nothing happens to any account until others approve. */
export function ProposeDialog({
  cluster,
  accountIds,
  actions,
  onClose,
}: {
  cluster: ClusterDetail;
  /** Exactly these, or all core and ordinary members. */
  accountIds?: string[];
  actions: Pick<ClusterPageActions, 'preview' | 'propose'>;
  onClose: () => void;
}) {
  const [action, setAction] = useState<Action>('ban');
  const [exclude, setExclude] = useState<Exclusion[]>([]);
  const [reason, setReason] = useState('');
  const [proposed, setProposed] = useState<number | null>(null);
  const { run, busy, problem } = useAct(actions.propose);
  const choice = { clusterId: cluster.id, action, exclude, accountIds };
  const { data, error, isFetching, isPlaceholderData, refetch } = useQuery({
    queryKey: ['cluster', cluster.id, 'proposal preview', action, exclude, accountIds],
    queryFn: async () => {
      const result = await actions.preview(choice);
      if (!result.ok) throw new Error(result.message);
      return result.value;
    },
    placeholderData: keepPreviousData,
    staleTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  });
  const chosen = ACTIONS.find((each) => each.action === action);
  const forbidden = data?.guardrails.some((check) => !check.ok && check.blocks) ?? false;
  const ready =
    data !== undefined &&
    !isPlaceholderData &&
    !error &&
    !forbidden &&
    data.accountCount > 0 &&
    reason.trim().length >= 3;
  const submit = async () => {
    if (!ready || busy) return;
    const { sha256, accountCount: seenCount } = data;
    const done = await run({ ...choice, reason, sha256, seenCount });
    if (done) setProposed(done.value.id);
    // What was refused may have been another list: the new one is counted and shown.
    else void refetch();
  };

  if (proposed !== null) {
    return (
      <Dialog
        open
        onOpenChange={(open) => !open && onClose()}
        title={`${proposalRef(proposed)} waits for approval`}
        footer={
          <>
            <Button onClick={onClose}>Stay here</Button>
            <Link className="btn primary" href={`/approvals/${proposed}`}>
              Open {proposalRef(proposed)}
            </Link>
          </>
        }
      >
        <p>
          The list is frozen.{' '}
          {data?.approvalsRequired === 2 ? 'Two other people approve it' : 'Another person approves it'}; you
          cannot approve your own proposal. Accounts that join the cluster from now on are not on it.
        </p>
      </Dialog>
    );
  }
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => !open && onClose()}
      title={
        accountIds
          ? `Propose an action for ${formatOf(accountIds.length, 'account')} of ${cluster.name}`
          : `Propose an action for ${cluster.name}`
      }
      note={
        cluster.status === 'confirmed'
          ? 'Freezes the list below and asks other people to approve it. Nothing is done to any account before that.'
          : `${clusterRef(cluster.id)} is not confirmed yet: proposing also claims and confirms it, with the reason you give here. Nothing is done to any account before other people approve.`
      }
      footer={
        <>
          {!accountIds && (
            <Link
              className="btn ghost"
              href={`/approvals/new?cluster=${cluster.id}&action=${action}`}
              prefetch={false}
            >
              Whole preview, wrong bans and split
            </Link>
          )}
          <span className="push" />
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" busy={busy} disabled={!ready} onClick={() => void submit()}>
            {busy
              ? 'Proposing…'
              : `Propose ${chosen?.of} ${data ? formatOf(data.accountCount, 'account') : '…'}`}
          </Button>
        </>
      }
    >
      <div className="form-row">
        <span className="label" id="propose-action">
          Action
        </span>
        <div className="cl-choice">
          <fieldset className="seg" aria-labelledby="propose-action">
            {ACTIONS.map((each) => (
              <button
                key={each.action}
                type="button"
                aria-pressed={action === each.action}
                onClick={() => setAction(each.action)}
              >
                {each.label}
              </button>
            ))}
          </fieldset>
          <span className="hint">{chosen?.note}</span>
        </div>
      </div>
      {error ? (
        <div className="cl-preview-failed">
          <ProblemNote problem={`The list could not be counted: ${error.message}`} />
          <Button onClick={() => void refetch()}>Try again</Button>
        </div>
      ) : data ? (
        <ProposalOutlook preview={data} stale={isFetching} exclude={exclude} onExclude={setExclude} />
      ) : (
        <p className="hint cl-preview-wait" aria-busy="true">
          Counting whom it would hit…
        </p>
      )}
      <ReasonField
        value={reason}
        onChange={setReason}
        onSubmit={() => void submit()}
        placeholder="What you saw, and what you checked. Approvers read this."
      />
      <ProblemNote problem={problem} />
    </Dialog>
  );
}
