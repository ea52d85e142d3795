'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { showInvisible } from '@/components/ui/format';
import { ProblemNote } from '@/components/ui/problem-note';
import { useAct } from '@/components/ui/use-act';
import type { UserRow } from '@/lib/access/schema';
import type { ActionResult } from '@/lib/errors';
import { ShownOnce } from './shown-once';

export type ResetAction = (input: {
  userId: number;
}) => Promise<ActionResult<{ email: string; password: string }>>;

/** A new one-time password for who lost theirs. */
export function ResetDialog({
  user,
  reset,
  onClose,
}: {
  user: UserRow;
  reset: ResetAction;
  onClose: () => void;
}) {
  const [made, setMade] = useState<string | null>(null);
  const { run, busy, problem } = useAct(reset);
  const make = async () => {
    const result = await run({ userId: user.id });
    if (result) setMade(result.value.password);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`A new password for ${showInvisible(user.name)}`}
      note={
        made
          ? undefined
          : 'Their sessions end, a second factor is taken away and a lock lifted. They choose a password of their own when they sign in with it.'
      }
      footer={
        made ? (
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button variant="stop" busy={busy} onClick={() => void make()}>
              Make it
            </Button>
          </>
        )
      }
    >
      {made && (
        <ShownOnce
          secret={made}
          label={`One-time password of ${user.email}`}
          note="It is shown only now. Pass it on over a safe way; Weir keeps no copy."
        />
      )}
      <ProblemNote problem={problem} />
    </Dialog>
  );
}
