'use client';

import { KeyRound } from 'lucide-react';
import { useId, useState } from 'react';
import { ShownOnce } from '@/components/settings/shown-once';
import { Ago } from '@/components/ui/ago';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { ProblemNote } from '@/components/ui/problem-note';
import { ReasonField } from '@/components/ui/reason-field';
import { useAct } from '@/components/ui/use-act';
import type { ActionResult } from '@/lib/errors';
import type { SetSharingKeyInput, SharingSettings } from '@/lib/intel/sharing-settings-schema';

export type SetSharingKey = (input: SetSharingKeyInput) => Promise<ActionResult<{ key: string | null }>>;

/** The key under which partners compare what only a provider knows. @param set null for readers */
export function SharingKey({ rows, set }: { rows: SharingSettings['keys']; set: SetSharingKey | null }) {
  const [asking, setAsking] = useState(false);
  return (
    <section className="panel" id="sharing-key" aria-labelledby="sharing-key-title">
      <header>
        <h2 id="sharing-key-title">Sharing key</h2>
        <span className="small mute">
          cards, phones, devices and prompts leave as HMAC-SHA-256 under it alone
        </span>
        <span className="push" />
        {set && (
          <Button onClick={() => setAsking(true)}>
            <KeyRound className="i" aria-hidden="true" />
            {rows.length === 0 ? 'Set a key…' : 'Replace…'}
          </Button>
        )}
      </header>
      {rows.length === 0 ? (
        <p className="body soft">
          There is none: nothing leaves hashed, and hashed values of partners match nothing.
        </p>
      ) : (
        <ul className="body">
          {rows.map((row) => (
            <li key={row.fingerprint}>
              <span className="mono">{row.keyId ?? 'cannot be opened'}</span>{' '}
              <span className="small mute">
                set by {row.madeBy ?? 'the command line'} <Ago at={row.madeAt} ago />
                {row.endsAt && ', compared with for a while beside the newer one'}
              </span>
            </li>
          ))}
        </ul>
      )}
      {asking && set && <KeyDialog set={set} onClose={() => setAsking(false)} />}
    </section>
  );
}

function KeyDialog({ set, onClose }: { set: SetSharingKey; onClose: () => void }) {
  const id = useId();
  const [key, setKey] = useState('');
  const [reason, setReason] = useState('');
  const [made, setMade] = useState<string | null>(null);
  const { run, busy, problem } = useAct(set);
  const submit = async () => {
    const result = await run({ key: key.trim() === '' ? null : key, reason });
    if (!result) return;
    if (result.value.key === null) onClose();
    else setMade(result.value.key);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={made ? 'The key was made' : 'Set the sharing key'}
      note="What leaves from now on is hashed under it; the one before is compared with for 90 days more."
      footer={
        made ? (
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button
              variant="primary"
              busy={busy}
              disabled={reason.trim().length < 3}
              onClick={() => void submit()}
            >
              {key.trim() === '' ? 'Make a key' : 'Keep it'}
            </Button>
          </>
        )
      }
    >
      {made ? (
        <ShownOnce
          secret={made}
          label="Sharing key"
          note="It is shown only now. Hand it to your partners on a channel that you trust."
        />
      ) : (
        <div className="s-form">
          <div className="form-row">
            <label className="label" htmlFor={id}>
              A partner’s key, 32 bytes in base64; empty makes a new one
            </label>
            <input
              id={id}
              className="field mono"
              type="password"
              value={key}
              maxLength={100}
              autoComplete="off"
              onChange={(event) => setKey(event.target.value)}
            />
          </div>
          <ReasonField value={reason} onChange={setReason} onSubmit={submit} />
          <ProblemNote problem={problem} />
        </div>
      )}
    </Dialog>
  );
}
