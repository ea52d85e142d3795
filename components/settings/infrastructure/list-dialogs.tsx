'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { formatOf, showInvisible } from '@/components/ui/format';
import { ProblemNote } from '@/components/ui/problem-note';
import { RawText } from '@/components/ui/raw-text';
import { ReasonField } from '@/components/ui/reason-field';
import { toast } from '@/components/ui/toast';
import { useAct } from '@/components/ui/use-act';
import { HELD_REASONS, type HeldReason, type ListRow } from '@/lib/infrastructure/schema';
import type { ListActions } from './infrastructure-view';

const PRICE: Record<HeldReason, string> = {
  wide: 'A network of this size may hold whole countries: accounts that share its addresses would no longer be tied by them.',
  overlap: 'Another list speaks for these already. When that one ends or expires, these go on.',
  identity:
    'Cards, phones and devices tie an operation together. Accounts that share a listed one are no longer tied by it.',
};

/** Decides what was held of a list: it counts, or it is taken out. */
export function SettleDialog({
  list,
  held,
  settle,
  onClose,
}: {
  list: ListRow;
  held: HeldReason;
  settle: ListActions['settle'];
  onClose: () => void;
}) {
  const [reason, setReason] = useState('');
  const { run, busy, problem } = useAct(settle);
  const group = list.held[held];
  const submit = async (take: boolean) => {
    const done = await run({ listId: list.id, held, take, reason });
    if (!done) return;
    const entries = formatOf(done.value.entries, 'entry', 'entries');
    toast.success(take ? `${entries} count from the next run on` : `${entries} taken out`);
    onClose();
  };
  const ready = reason.trim().length >= 3;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Let ${formatOf(group?.count ?? 0, 'held entry', 'held entries')} count?`}
      note={`Held: ${HELD_REASONS[held]}. ${PRICE[held]}`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button busy={busy} disabled={!ready} onClick={() => void submit(false)}>
            Take them out
          </Button>
          <Button variant="stop" busy={busy} disabled={!ready} onClick={() => void submit(true)}>
            Let them count
          </Button>
        </>
      }
    >
      <div className="s-form">
        <ul>
          {group?.examples.map((each) => (
            <li key={each.line} className="small">
              <span className="mute">line {each.line}:</span>{' '}
              <RawText className="mono">
                {each.kind === 'cidr' ? each.value : `${each.kind},${each.value}`}
              </RawText>
            </li>
          ))}
        </ul>
        <ReasonField value={reason} onChange={setReason} />
        <ProblemNote problem={problem} />
      </div>
    </Dialog>
  );
}

/** Ends a list before its day. */
export function EndDialog({
  list,
  end,
  onClose,
}: {
  list: ListRow;
  end: ListActions['end'];
  onClose: () => void;
}) {
  const [reason, setReason] = useState('');
  const { run, busy, problem } = useAct(end);
  const submit = async () => {
    if (!(await run({ listId: list.id, reason }))) return;
    toast.success(`${showInvisible(list.name)} is ended`);
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`End the list ${showInvisible(list.name)}?`}
      note={`Its ${formatOf(list.entries, 'entry', 'entries')} link accounts again from the next run on. The list stays as a record.`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="stop"
            busy={busy}
            disabled={reason.trim().length < 3}
            onClick={() => void submit()}
          >
            End it
          </Button>
        </>
      }
    >
      <ReasonField value={reason} onChange={setReason} autoFocus />
      <ProblemNote problem={problem} />
    </Dialog>
  );
}
