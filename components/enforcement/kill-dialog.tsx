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
import type { KillSwitchInput, KillSwitchState } from '@/lib/enforcement/kill-switch-schema';
import type { ActionResult } from '@/lib/errors';

export type KillAction = (input: KillSwitchInput) => Promise<ActionResult<unknown>>;

function wordsFor({ on, asked }: KillSwitchState) {
  if (!on) {
    return {
      title: 'Stop all enforcement?',
      note: 'Every action is paused, and none can start. Nothing is sent after 5 s. Two different people have to release it; each action is then resumed by itself.',
      button: 'Stop all enforcement',
      done: 'All enforcement is stopped',
    };
  }
  if (!asked) {
    return {
      title: 'Agree to release the kill switch?',
      note: 'Nothing is sent yet: a second person has to agree as well.',
      button: 'Agree',
      done: 'You agreed; a second person has to release it',
    };
  }
  return {
    title: 'Release the kill switch?',
    note: 'Actions can start again. What the switch has paused stays paused until somebody resumes it.',
    button: 'Release',
    done: 'The kill switch is released',
  };
}

/** Asks once more, with the reason that the audit keeps. */
export function KillDialog({
  state,
  action,
  onClose,
}: {
  state: KillSwitchState;
  action: KillAction;
  onClose: () => void;
}) {
  const router = useRouter();
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const { run, busy, problem } = useAct(action);
  const words = wordsFor(state);
  const submit = async () => {
    if (!(await run({ reason }))) return;
    toast.success(words.done);
    onClose();
    await queries.invalidateQueries();
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
          <Button variant={state.on ? 'primary' : 'stop'} busy={busy} onClick={submit}>
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
