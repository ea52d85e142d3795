'use client';

import { type FormEvent, useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { showInvisible } from '@/components/ui/format';
import { ProblemNote } from '@/components/ui/problem-note';
import { useAct } from '@/components/ui/use-act';
import type { ApiKeyRow } from '@/lib/access/schema';
import type { ActionResult } from '@/lib/errors';
import { ShownOnce } from './shown-once';

export type AddKeyAction = (input: {
  name: string;
}) => Promise<ActionResult<{ row: ApiKeyRow; key: string }>>;

/** A name for the key; then the key, this once. */
export function AddKeyDialog({ add, onClose }: { add: AddKeyAction; onClose: () => void }) {
  const form = useId();
  const [made, setMade] = useState<{ row: ApiKeyRow; key: string } | null>(null);
  const { run, busy, problem } = useAct(add);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const result = await run({ name: String(new FormData(event.currentTarget).get('name')) });
    if (result) setMade(result.value);
  };
  if (made) {
    return (
      <Dialog
        open
        onOpenChange={(open) => !open && onClose()}
        title={`The key “${showInvisible(made.row.name)}” was made`}
        footer={
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        }
      >
        <ShownOnce
          secret={made.key}
          label="API key"
          note="It is shown only now. Store it where your log shipper reads its secrets; Weir keeps only a hash."
        />
      </Dialog>
    );
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Add an API key"
      note="It can send records and nothing else."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} variant="primary" busy={busy}>
            Make the key
          </Button>
        </>
      }
    >
      <form id={form} className="s-form" onSubmit={submit}>
        <div className="form-row">
          <label htmlFor={`${form}-name`}>Name, to recognise it by</label>
          <input
            id={`${form}-name`}
            name="name"
            className="field"
            required
            maxLength={80}
            autoComplete="off"
            placeholder="Log shipper"
          />
        </div>
      </form>
      <ProblemNote problem={problem} />
    </Dialog>
  );
}
