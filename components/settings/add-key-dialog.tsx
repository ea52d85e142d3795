'use client';

import { type FormEvent, useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { showInvisible } from '@/components/ui/format';
import { ProblemNote } from '@/components/ui/problem-note';
import { useAct } from '@/components/ui/use-act';
import type { ApiKeyRow, KeyScope, NewKey } from '@/lib/access/schema';
import type { ActionResult } from '@/lib/errors';
import { ShownOnce } from './shown-once';

export type AddKeyAction = (input: NewKey) => Promise<ActionResult<{ row: ApiKeyRow; key: string }>>;

const SCOPE_NOTES: readonly { scope: KeyScope; label: string; note: string }[] = [
  { scope: 'records', label: 'Records', note: 'sends account and request records' },
  { scope: 'taxii', label: 'TAXII', note: 'a partner polls or writes the collections it is named in' },
  { scope: 'metrics', label: 'Metrics', note: 'Prometheus reads /metrics' },
  { scope: 'clusters', label: 'Clusters', note: 'another program reads clusters, evidence and accounts' },
];

/** A name for the key; then the key, this once. */
export function AddKeyDialog({ add, onClose }: { add: AddKeyAction; onClose: () => void }) {
  const form = useId();
  const [made, setMade] = useState<{ row: ApiKeyRow; key: string } | null>(null);
  const { run, busy, problem } = useAct(add);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const days = Number(data.get('days'));
    const result = await run({
      name: String(data.get('name')),
      scopes: data.getAll('scope') as KeyScope[],
      ...(days > 0 && { days }),
    });
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
      note="It opens the doors you choose and nothing else."
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
        <fieldset className="s-roles">
          <legend className="label">Opens</legend>
          {SCOPE_NOTES.map(({ scope, label, note }) => (
            <label key={scope}>
              <input type="checkbox" name="scope" value={scope} defaultChecked={scope === 'records'} />
              <span>
                <b>{label}</b> <span className="small mute">{note}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <div className="form-row">
          <label htmlFor={`${form}-days`}>Lasts</label>
          <select id={`${form}-days`} name="days" className="field" defaultValue="365">
            <option value="90">90 days</option>
            <option value="365">a year</option>
            <option value="0">until it is revoked</option>
          </select>
        </div>
      </form>
      <ProblemNote problem={problem} />
    </Dialog>
  );
}
