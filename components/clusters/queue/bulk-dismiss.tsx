'use client';

import { useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { formatCount, formatOf } from '@/components/ui/format';
import { ProblemNote } from '@/components/ui/problem-note';
import { ReasonField } from '@/components/ui/reason-field';
import { toast } from '@/components/ui/toast';
import { useAct } from '@/components/ui/use-act';
import { DISMISS_REASONS } from '@/lib/clusters/fixed-sets';
import type { DismissManyInput, RowResult } from '@/lib/clusters/queue-schema';
import type { ClusterRow, DismissReason } from '@/lib/clusters/schema';
import type { ActionResult } from '@/lib/errors';
import { type Outcome, OutcomeList } from './row-results';

/** One reason for several clusters, each of them named with what speaks for it before it is dismissed. */
export function BulkDismiss({
  rows,
  refusal,
  dismiss,
  onClose,
  onDone,
}: {
  rows: ClusterRow[];
  /** Why a row cannot be dismissed now, or null. */
  refusal: (row: ClusterRow) => string | null;
  dismiss: (input: DismissManyInput) => Promise<ActionResult<RowResult[]>>;
  onClose: () => void;
  onDone: (results: RowResult[]) => void;
}) {
  const [code, setCode] = useState<DismissReason | ''>('');
  const [reason, setReason] = useState('');
  const { run, busy, problem } = useAct(dismiss);
  const codeId = useId();
  const outcomes: Outcome[] = rows.map((row) => {
    const no = refusal(row);
    const strongest = row.evidence[0]?.kind;
    const words =
      no ??
      `${row.score.toFixed(1)}, ${formatOf(row.accounts, 'account')}${strongest ? `, ${strongest}` : ''}`;
    return { id: row.id, name: row.name, done: no ? false : null, words };
  });
  const free = outcomes.filter((each) => each.done === null).map((each) => each.id);
  const accounts = rows.filter((row) => free.includes(row.id)).reduce((sum, row) => sum + row.accounts, 0);
  const ready = code !== '' && reason.trim().length >= 3 && free.length > 0;
  const submit = async () => {
    if (!ready || busy) return;
    const done = await run({ clusterIds: free, reasonCode: code, reason });
    if (!done) return;
    const dismissed = done.value.filter((each) => each.refused === null).length;
    if (dismissed > 0) toast.success(`${formatOf(dismissed, 'cluster')} dismissed`);
    onDone(done.value);
  };
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => !open && onClose()}
      title={`Dismiss ${formatOf(free.length, 'cluster')}?`}
      note="Takes them off the queue, each with this reason. Detection keeps looking, and anyone may reopen one."
      footer={
        <>
          <span className="small mute">{formatOf(accounts, 'account')} in all</span>
          <span className="push" />
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" busy={busy} disabled={!ready} onClick={() => void submit()}>
            {busy ? 'Saving…' : `Dismiss ${formatCount(free.length)}`}
          </Button>
        </>
      }
    >
      <OutcomeList outcomes={outcomes} />
      <div className="form-row">
        <label htmlFor={codeId}>What they are</label>
        <select
          id={codeId}
          className="field"
          value={code}
          onChange={(event) => setCode(event.target.value as DismissReason)}
        >
          <option value="" disabled>
            Choose…
          </option>
          {Object.entries(DISMISS_REASONS).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </div>
      <ReasonField value={reason} onChange={setReason} onSubmit={() => void submit()} autoFocus />
      <ProblemNote problem={problem} />
    </Dialog>
  );
}
