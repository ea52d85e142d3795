'use client';

import { useRouter } from 'next/navigation';
import { Button } from '@/components/ui/button';
import { formatAge } from '@/components/ui/format';
import { useNow } from '@/components/ui/now';
import { toast } from '@/components/ui/toast';
import { useAct } from '@/components/ui/use-act';
import type { ActionResult } from '@/lib/errors';

export type UndoAction = (input: { clusterId: number }) => Promise<ActionResult>;

/** Takes one's own decision back while that is still possible. */
export function UndoButton({
  clusterId,
  until,
  undo,
}: {
  clusterId: number;
  /** ISO time. */
  until: string;
  undo: UndoAction;
}) {
  const router = useRouter();
  const left = Date.parse(until) - useNow();
  const { run, busy, problem } = useAct(undo);
  if (left <= 0) return null;
  const submit = async () => {
    const done = await run({ clusterId });
    if (done) toast.success('Taken back: the cluster stands as it did before');
    router.refresh();
  };
  return (
    <p className="small cl-undo">
      <Button className="short" busy={busy} onClick={() => void submit()}>
        Undo
      </Button>
      <span className="mute">{problem ?? `possible for ${formatAge(left)}`}</span>
    </p>
  );
}
