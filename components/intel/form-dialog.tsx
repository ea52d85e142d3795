'use client';

import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { ProblemNote } from '@/components/ui/problem-note';
import { toast } from '@/components/ui/toast';
import { useAct } from '@/components/ui/use-act';
import type { ActionResult } from '@/lib/errors';

/** A form over the desk that writes one thing: what was typed stays when it is refused. */
export function FormDialog<Input, Value>({
  title,
  note,
  button,
  done,
  input,
  act,
  onDone,
  onClose,
  wide = false,
  children,
}: {
  title: string;
  note: string;
  button: string;
  /** Said when it is saved. */
  done: string;
  /** What is sent; null while something is missing. */
  input: Input | null;
  act: (input: Input) => Promise<ActionResult<Value>>;
  onDone?: (value: Value) => void;
  onClose: () => void;
  wide?: boolean;
  children: ReactNode;
}) {
  const { run, busy, problem } = useAct(act);
  const submit = async () => {
    if (input === null || busy) return;
    const result = await run(input);
    if (!result) return;
    toast.success(done);
    onClose();
    onDone?.(result.value);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      note={note}
      wide={wide}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" busy={busy} disabled={input === null} onClick={() => void submit()}>
            {busy ? 'Saving…' : button}
          </Button>
        </>
      }
    >
      {children}
      <ProblemNote problem={problem} />
    </Dialog>
  );
}
