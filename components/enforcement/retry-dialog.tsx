'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { formatOf } from '@/components/ui/format';
import { ProblemNote } from '@/components/ui/problem-note';
import { ReasonField } from '@/components/ui/reason-field';
import { toast } from '@/components/ui/toast';
import { useAct } from '@/components/ui/use-act';
import type { RetryInput } from '@/lib/enforcement/schema';
import type { ActionResult } from '@/lib/errors';

export type RetryAction = (input: RetryInput) => Promise<ActionResult<unknown>>;

/** Asks once more before accounts that were given up are tried again. */
export function RetryDialog({
  id,
  accountIds,
  count,
  retry,
  onDone,
  onClose,
}: {
  id: number;
  /** Absent: all that were given up. */
  accountIds?: readonly string[];
  count: number;
  retry: RetryAction;
  /** They are tried again. */
  onDone: () => void;
  onClose: () => void;
}) {
  const router = useRouter();
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const { run, busy, problem } = useAct(retry);
  const accounts = formatOf(count, 'account');
  const submit = async () => {
    if (!(await run({ proposalId: id, reason, accountIds: accountIds && [...accountIds] }))) return;
    toast.success(`${accounts} of P-${id} ${count === 1 ? 'is' : 'are'} tried again`);
    onDone();
    onClose();
    await queries.invalidateQueries({ queryKey: ['proposal', id] });
    router.refresh();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Try ${accounts} again?`}
      note="With the same keys as before: what an earlier try did after all is not done twice. A finished action goes on for them; a paused one tries them once it is resumed."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" busy={busy} onClick={submit}>
            Try again
          </Button>
        </>
      }
    >
      <ReasonField value={reason} onChange={setReason} onSubmit={submit} autoFocus />
      <ProblemNote problem={problem} />
    </Dialog>
  );
}
