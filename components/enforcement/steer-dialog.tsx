'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { ProblemNote } from '@/components/ui/problem-note';
import { ReasonField } from '@/components/ui/reason-field';
import { toast } from '@/components/ui/toast';
import { useAct } from '@/components/ui/use-act';
import type { ProposalDetail, SteerInput } from '@/lib/enforcement/schema';
import type { ActionResult } from '@/lib/errors';
import { DONE_WORD } from './words';

/** The server action behind all four. */
export type SteerAction = (input: SteerInput) => Promise<ActionResult<unknown>>;

interface Words {
  title: string;
  note: string;
  button: string;
  variant: 'primary' | 'stop';
  done: string;
}

function wordsFor(to: SteerInput['to'], { id, action }: ProposalDetail): Words {
  const ref = `P-${id}`;
  const done = DONE_WORD[action];
  return {
    pause: {
      title: `Pause ${ref}?`,
      note: `Nothing more is sent once the accounts under way have their answer. Who is ${done} stays ${done}; it can be resumed.`,
      button: 'Pause',
      variant: 'primary' as const,
      done: `${ref} is paused`,
    },
    resume: {
      title: `Resume ${ref}?`,
      note: 'It goes on where it was, with the accounts that still wait. Nobody is acted on twice.',
      button: 'Resume',
      variant: 'primary' as const,
      done: `${ref} goes on`,
    },
    stop: {
      title: `Stop ${ref} here?`,
      note: `Nothing more is sent, and it cannot be resumed. Who is ${done} stays ${done}; the rest needs a new proposal.`,
      button: 'Stop here',
      variant: 'stop' as const,
      done: `${ref} is stopped`,
    },
    withdraw: {
      title: `Withdraw ${ref}?`,
      note: 'Nobody can approve it any more. Approvals given so far lapse; the list can be proposed anew.',
      button: 'Withdraw',
      variant: 'primary' as const,
      done: `${ref} is withdrawn`,
    },
  }[to];
}

/** Asks once more, with the reason that the audit keeps. */
export function SteerDialog({
  proposal,
  steer,
  to,
  onClose,
}: {
  proposal: ProposalDetail;
  steer: SteerAction;
  to: SteerInput['to'];
  onClose: () => void;
}) {
  const router = useRouter();
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const { run, busy, problem } = useAct(steer);
  const words = wordsFor(to, proposal);
  const submit = async () => {
    if (!(await run({ proposalId: proposal.id, to, reason }))) return;
    toast.success(words.done);
    onClose();
    await queries.invalidateQueries({ queryKey: ['proposal', proposal.id] });
    router.refresh();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={words.title}
      note={words.note}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant={words.variant} busy={busy} onClick={submit}>
            {words.button}
          </Button>
        </>
      }
    >
      <ReasonField value={reason} onChange={setReason} onSubmit={submit} autoFocus />
      <ProblemNote problem={problem} />
    </Dialog>
  );
}
