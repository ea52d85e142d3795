'use client';

import { useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { showInvisible } from '@/components/ui/format';
import { ProblemNote } from '@/components/ui/problem-note';
import { useAct } from '@/components/ui/use-act';
import type { ApiKeyRow } from '@/lib/access/schema';
import type { ActionResult } from '@/lib/errors';
import { ShownOnce } from './shown-once';

export type RotateKeyAction = (input: {
  keyId: number;
  keepHours: number;
}) => Promise<ActionResult<{ key: string }>>;

/** A new key in another's place, with a time in which both open the door. */
export function RotateKeyDialog({
  row,
  rotate,
  onClose,
}: {
  row: ApiKeyRow;
  rotate: RotateKeyAction;
  onClose: () => void;
}) {
  const field = useId();
  const [hours, setHours] = useState(24);
  const [made, setMade] = useState<string | null>(null);
  const { run, busy, problem } = useAct(rotate);
  const make = async () => {
    const result = await run({ keyId: row.id, keepHours: hours });
    if (result) setMade(result.value.key);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Replace the key “${showInvisible(row.name)}”`}
      note={made ? undefined : 'The new one opens the same doors. Until the old one ends, both do.'}
      footer={
        made ? (
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button variant="primary" busy={busy} onClick={() => void make()}>
              Make the new key
            </Button>
          </>
        )
      }
    >
      {made ? (
        <ShownOnce
          secret={made}
          label="New API key"
          note="It is shown only now. Store it where the machine reads its secrets; Weir keeps only a hash."
        />
      ) : (
        <div className="form-row">
          <label htmlFor={field}>The old one ends</label>
          <select
            id={field}
            className="field"
            value={hours}
            onChange={(event) => setHours(Number(event.target.value))}
          >
            <option value={0}>at once</option>
            <option value={1}>in an hour</option>
            <option value={24}>in a day</option>
            <option value={168}>in a week</option>
          </select>
        </div>
      )}
      <ProblemNote problem={problem} />
    </Dialog>
  );
}
