'use client';

import { useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { formatOf } from '@/components/ui/format';
import { LOST_CONNECTION } from '@/components/ui/lost-connection';
import { ProblemNote } from '@/components/ui/problem-note';
import { ReasonField } from '@/components/ui/reason-field';
import { toast } from '@/components/ui/toast';
import { useAct } from '@/components/ui/use-act';
import { CONFIRM_REASONS, DISMISS_REASONS } from '@/lib/clusters/fixed-sets';
import { clusterRef } from '@/lib/clusters/rules';
import type { ClusterRow, DecideInput } from '@/lib/clusters/schema';
import type { ActionResult } from '@/lib/errors';

export type DecideAction = (input: DecideInput) => Promise<ActionResult>;
export type Verdict = DecideInput['verdict'];

const WORDS: Record<Verdict, { title: string; note: string; button: string; done: string }> = {
  confirm: {
    title: 'Confirm',
    note: 'Says that this is what the evidence says. Nothing is done to any account yet: that takes a proposal and another person’s approval.',
    button: 'Confirm',
    done: 'is confirmed',
  },
  dismiss: {
    title: 'Dismiss',
    note: 'Takes it off the queue. Detection keeps looking, and anyone may reopen it.',
    button: 'Dismiss',
    done: 'is dismissed',
  },
  reopen: {
    title: 'Reopen',
    note: 'Puts it back on the queue, unclaimed. What was decided stays in its history.',
    button: 'Reopen',
    done: 'is open again',
  },
};

const MUTES = [
  { days: 0, label: 'Show them' },
  { days: 30, label: 'Mute the pattern for 30 days' },
  { days: 90, label: 'Mute the pattern for 90 days' },
  { days: 365, label: 'Mute the pattern for a year' },
] as const;

const CODES: Record<Verdict, Record<string, string>> = {
  confirm: CONFIRM_REASONS,
  dismiss: DISMISS_REASONS,
  reopen: { person: 'A person asked' },
};

/** Asks for the reason of a decision. What was chosen and typed is kept when saving fails. */
export function DecideDialog({
  cluster,
  verdict,
  decide,
  undo,
  onClose,
  onDone,
}: {
  cluster: Pick<ClusterRow, 'id' | 'name' | 'accounts'>;
  verdict: Verdict;
  decide: DecideAction;
  /** Takes the decision back. */
  undo?: (input: { clusterId: number }) => Promise<ActionResult>;
  onClose: () => void;
  /** After it was saved: read again. */
  onDone: () => void;
}) {
  const words = WORDS[verdict];
  const codes = Object.entries(CODES[verdict]);
  // A dismissal's reason is chosen, never what happened to stand first.
  const [code, setCode] = useState(verdict === 'dismiss' ? '' : (codes[0]?.[0] ?? ''));
  const [reason, setReason] = useState('');
  const { run, busy, problem } = useAct(decide);
  const [muteDays, setMuteDays] = useState(0);
  const codeId = useId();
  const muteId = useId();
  const ready = code !== '' && reason.trim().length >= 3;
  const submit = async () => {
    if (!ready || busy) return;
    // The codes offered are the verdict's own; the server parses them again.
    const input = {
      verdict,
      clusterId: cluster.id,
      reasonCode: code,
      reason,
      ...(verdict === 'dismiss' && muteDays > 0 && { muteDays }),
    } as DecideInput;
    if (!(await run(input))) return;
    toast.success(`${cluster.name} ${words.done}`, {
      duration: 10_000,
      action: undo && {
        label: 'Undo',
        onClick: () => {
          void undo({ clusterId: cluster.id })
            .catch(() => ({
              ok: false as const,
              message: LOST_CONNECTION,
            }))
            .then((result) => {
              if (result.ok) toast.success(`${cluster.name} stands as it did before`);
              else toast.error(result.message);
              onDone();
            });
        },
      },
    });
    onDone();
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`${words.title} ${cluster.name}?`}
      note={words.note}
      footer={
        <>
          <span className="small mute">
            {clusterRef(cluster.id)}, {formatOf(cluster.accounts, 'account')}
          </span>
          <span className="push" />
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" busy={busy} disabled={!ready} onClick={() => void submit()}>
            {busy ? 'Saving…' : words.button}
          </Button>
        </>
      }
    >
      {codes.length > 1 && (
        <div className="form-row">
          <label htmlFor={codeId}>What it is</label>
          <select
            id={codeId}
            className="field"
            value={code}
            onChange={(event) => setCode(event.target.value)}
          >
            {verdict === 'dismiss' && (
              <option value="" disabled>
                Choose…
              </option>
            )}
            {codes.map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </div>
      )}
      {verdict === 'dismiss' && (
        <div className="form-row">
          <label htmlFor={muteId}>Others like it</label>
          <select
            id={muteId}
            className="field"
            value={muteDays}
            onChange={(event) => setMuteDays(Number(event.target.value))}
          >
            {MUTES.map(({ days, label }) => (
              <option key={days} value={days}>
                {label}
              </option>
            ))}
          </select>
          {muteDays > 0 && (
            <p className="small mute">
              Clusters that rest on the same values stay out of the queue until then. They come back sooner
              when they change: a new kind of evidence, or twice the accounts.
            </p>
          )}
        </div>
      )}
      <ReasonField value={reason} onChange={setReason} onSubmit={() => void submit()} autoFocus />
      <ProblemNote problem={problem} />
    </Dialog>
  );
}
