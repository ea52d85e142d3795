'use client';

import { useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { formatCount, formatOf } from '@/components/ui/format';
import { ReasonField } from '@/components/ui/reason-field';
import { toast } from '@/components/ui/toast';
import type { ClusterRow } from '@/lib/clusters/schema';
import type { PreviewInput, ProposalPreview, ProposeInput } from '@/lib/enforcement/propose-schema';
import { proposalRef } from '@/lib/enforcement/rules';
import type { ActionResult } from '@/lib/errors';
import { type Outcome, OutcomeList } from './row-results';

export interface ProposeActions {
  preview: (input: PreviewInput) => Promise<ActionResult<ProposalPreview>>;
  propose: (input: ProposeInput) => Promise<ActionResult<{ id: number }>>;
}

/** Proposals made in one go: each has to be read by somebody. */
export const MOST_PROPOSED = 50;

type Action = 'ban' | 'require_verification' | 'throttle';
const ACTIONS: { action: Action; label: string }[] = [
  { action: 'ban', label: 'Ban' },
  { action: 'require_verification', label: 'Require verification' },
  { action: 'throttle', label: 'Throttle' },
];
const LOST = 'no answer came: look whether it was proposed before you try again';

type Weighed = { preview: ProposalPreview } | { problem: string };

/**
 * A proposal for each of several clusters: each has a list, a hash and approvals of its own, and each is weighed before
 * it is made. What cannot be proposed stops none of the others.
 */
export function BulkPropose({
  rows,
  actions,
  onClose,
  onDone,
}: {
  rows: ClusterRow[];
  actions: ProposeActions;
  onClose: () => void;
  onDone: () => void;
}) {
  const [action, setAction] = useState<Action>('ban');
  const [reason, setReason] = useState('');
  const { weighed, made, busy, proposing, propose } = useProposals(rows, action, actions);
  const ready = rows.filter((row) => !made.has(row.id) && may(weighed.get(row.id)));
  const accounts = ready.reduce((sum, row) => sum + countOf(weighed.get(row.id)), 0);
  const outcomes = rows.map((row) => outcomeOf(row, weighed.get(row.id), made.get(row.id)));
  const waiting = rows.length - rows.filter((row) => weighed.has(row.id)).length;
  const submit = async () => {
    if (busy || reason.trim().length < 3 || ready.length === 0) return;
    const count = await propose(ready, reason);
    if (count > 0)
      toast.success(
        `${formatOf(count, 'proposal')} made; other people approve ${count === 1 ? 'it' : 'them'}`,
      );
    onDone();
  };
  const unconfirmed = ready.filter((row) => row.status !== 'confirmed').length;
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => !open && !proposing && onClose()}
      title={`Propose an action for ${formatOf(rows.length, 'cluster')}`}
      note="Each cluster gets a proposal of its own, with its own list and approvals. Nothing is done to any account before other people approve."
      footer={
        <>
          <span className="small mute" role="status">
            {waiting > 0
              ? `Counting whom it would hit: ${formatCount(rows.length - waiting)} of ${formatCount(rows.length)}`
              : `${formatOf(accounts, 'account')} in ${formatOf(ready.length, 'list')}`}
            {unconfirmed > 0 && `; claims and confirms ${formatCount(unconfirmed)}`}
          </span>
          <span className="push" />
          <Button onClick={onClose} disabled={proposing}>
            {made.size > 0 ? 'Close' : 'Cancel'}
          </Button>
          <Button
            variant="primary"
            busy={busy}
            disabled={reason.trim().length < 3 || ready.length === 0}
            onClick={() => void submit()}
          >
            {proposing ? 'Proposing…' : `Propose ${formatCount(ready.length)}`}
          </Button>
        </>
      }
    >
      <div className="form-row">
        <span className="label" id="bulk-action">
          Action
        </span>
        <fieldset className="seg q-seg" aria-labelledby="bulk-action">
          {ACTIONS.map((each) => (
            <button
              key={each.action}
              type="button"
              aria-pressed={action === each.action}
              disabled={busy && proposing}
              onClick={() => setAction(each.action)}
            >
              {each.label}
            </button>
          ))}
        </fieldset>
      </div>
      <OutcomeList outcomes={outcomes} />
      <ReasonField
        value={reason}
        onChange={setReason}
        onSubmit={() => void submit()}
        placeholder="What you saw, and what you checked. Approvers read this with each list."
      />
    </Dialog>
  );
}

/** Weighs the lists one after the other, and proposes those that may be. */
function useProposals(rows: ClusterRow[], action: Action, actions: ProposeActions) {
  const [weighed, setWeighed] = useState<ReadonlyMap<number, Weighed>>(new Map());
  const [made, setMade] = useState<ReadonlyMap<number, Outcome>>(new Map());
  const [proposing, setProposing] = useState(false);
  const latest = useRef({ rows, actions });
  useEffect(() => {
    let current = true;
    setWeighed(new Map());
    void (async () => {
      for (const row of latest.current.rows) {
        const result = await latest.current.actions
          .preview({ clusterId: row.id, action })
          .catch(() => ({ ok: false as const, message: LOST }));
        if (!current) return;
        const value: Weighed = result.ok ? { preview: result.value } : { problem: result.message };
        setWeighed((before) => new Map(before).set(row.id, value));
      }
    })();
    return () => {
      current = false;
    };
  }, [action]);

  const propose = async (ready: ClusterRow[], reason: string): Promise<number> => {
    setProposing(true);
    let count = 0;
    for (const row of ready) {
      const list = weighed.get(row.id);
      if (!list || !('preview' in list)) continue;
      const { sha256, accountCount: seenCount } = list.preview;
      const result = await actions
        .propose({ clusterId: row.id, action, reason, sha256, seenCount })
        .catch(() => ({ ok: false as const, message: `Not known whether it was made: ${LOST}` }));
      if (result.ok) count++;
      const words = result.ok ? `${proposalRef(result.value.id)} waits for approval` : result.message;
      setMade((before) =>
        new Map(before).set(row.id, { id: row.id, name: row.name, done: result.ok, words }),
      );
    }
    setProposing(false);
    return count;
  };
  return { weighed, made, proposing, propose, busy: proposing || weighed.size < rows.length };
}

function may(weighed: Weighed | undefined): boolean {
  if (!weighed || !('preview' in weighed) || weighed.preview.accountCount === 0) return false;
  return !weighed.preview.guardrails.some((check) => !check.ok && check.blocks);
}

function countOf(weighed: Weighed | undefined): number {
  return weighed && 'preview' in weighed ? weighed.preview.accountCount : 0;
}

function outcomeOf(
  { id, name }: ClusterRow,
  weighed: Weighed | undefined,
  made: Outcome | undefined,
): Outcome {
  if (made) return made;
  if (!weighed) return { id, name, done: null, words: 'counting…' };
  if ('problem' in weighed) return { id, name, done: false, words: weighed.problem };
  const { accountCount, guardrails, approvalsRequired } = weighed.preview;
  if (accountCount === 0) return { id, name, done: false, words: 'nobody is left to act on' };
  const blocks = guardrails.find((check) => !check.ok && check.blocks);
  if (blocks) return { id, name, done: false, words: blocks.title };
  const warnings = guardrails.filter((check) => !check.ok).map((check) => check.title);
  const words = [
    `${formatOf(accountCount, 'account')}, ${formatOf(approvalsRequired, 'approval')}`,
    ...warnings,
  ];
  return { id, name, done: null, words: words.join('; ') };
}
