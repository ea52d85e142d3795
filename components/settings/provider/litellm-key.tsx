'use client';

import { KeyRound } from 'lucide-react';
import { useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { ProblemNote } from '@/components/ui/problem-note';
import { ReasonField } from '@/components/ui/reason-field';
import { toast } from '@/components/ui/toast';
import { useAct } from '@/components/ui/use-act';
import type { LitellmKeyInput } from '@/lib/enforcement/provider-settings-schema';
import type { ActionResult } from '@/lib/errors';
import type { SecretRow } from '@/lib/settings/schema';
import { SecretList } from './webhook-secret';

export type SetKeyAction = (input: LitellmKeyInput) => Promise<ActionResult<unknown>>;

/** The key with which Weir calls LiteLLM: written here, never shown again. @param set null for readers */
export function LitellmKey({ rows, set }: { rows: SecretRow[]; set: SetKeyAction | null }) {
  const [asking, setAsking] = useState(false);
  return (
    <div className="body pv-part">
      <div className="pv-row">
        <h3>Administrator key</h3>
        <span className="small mute">kept sealed; only its fingerprint is shown</span>
        <span className="push" />
        {set && (
          <Button onClick={() => setAsking(true)}>
            <KeyRound className="i" aria-hidden="true" />
            {rows.length === 0 ? 'Set the key…' : 'Replace…'}
          </Button>
        )}
      </div>
      <SecretList rows={rows} none="There is none yet: LiteLLM will refuse every call." />
      {asking && set && <KeyDialog set={set} onClose={() => setAsking(false)} />}
    </div>
  );
}

function KeyDialog({ set, onClose }: { set: SetKeyAction; onClose: () => void }) {
  const id = useId();
  const [key, setKey] = useState('');
  const [reason, setReason] = useState('');
  const { run, busy, problem } = useAct(set);
  const submit = async () => {
    if (!(await run({ key, reason }))) return;
    toast.success('The key is kept');
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Set LiteLLM’s administrator key"
      note="A key with the rights of a proxy administrator. It replaces the one before at once."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" busy={busy} onClick={submit}>
            Keep it
          </Button>
        </>
      }
    >
      <div className="s-form">
        <div className="form-row">
          <label className="label" htmlFor={id}>
            Key
          </label>
          <input
            id={id}
            className="field mono"
            type="password"
            value={key}
            maxLength={200}
            autoComplete="off"
            onChange={(event) => setKey(event.target.value)}
          />
        </div>
        <ReasonField value={reason} onChange={setReason} onSubmit={submit} />
      </div>
      <ProblemNote problem={problem} />
    </Dialog>
  );
}
