'use client';

import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { ProblemNote } from '@/components/ui/problem-note';
import { toast } from '@/components/ui/toast';
import { useAct } from '@/components/ui/use-act';
import type { ActionResult } from '@/lib/errors';

/** Asks once more before something that is not undone by a click. */
export function ConfirmDialog<Input>({
  title,
  note,
  button,
  done,
  input,
  action,
  onClose,
}: {
  title: string;
  note: string;
  button: string;
  /** What the message says afterwards. */
  done: string;
  input: Input;
  action: (input: Input) => Promise<ActionResult<unknown>>;
  onClose: () => void;
}) {
  const { run, busy, problem } = useAct(action);
  const confirm = async () => {
    if (!(await run(input))) return;
    toast.success(done);
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      note={note}
      footer={
        <>
          <Button onClick={onClose} autoFocus>
            Cancel
          </Button>
          <Button variant="stop" busy={busy} onClick={confirm}>
            {button}
          </Button>
        </>
      }
    >
      <ProblemNote problem={problem} />
    </Dialog>
  );
}
