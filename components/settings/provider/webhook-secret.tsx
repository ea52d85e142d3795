'use client';

import { RotateCw } from 'lucide-react';
import { useState } from 'react';
import { Ago, Until } from '@/components/ui/ago';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { ProblemNote } from '@/components/ui/problem-note';
import { RawText } from '@/components/ui/raw-text';
import { ReasonField } from '@/components/ui/reason-field';
import { useAct } from '@/components/ui/use-act';
import type { ActionResult } from '@/lib/errors';
import type { RotateSecretInput, SecretRow } from '@/lib/settings/schema';
import { ShownOnce } from '../shown-once';

export type RotateAction = (input: RotateSecretInput) => Promise<ActionResult<{ secret: string }>>;

const KEEP: { hours: RotateSecretInput['keepHours']; label: string }[] = [
  { hours: 1, label: 'for an hour' },
  { hours: 24, label: 'for a day' },
  { hours: 168, label: 'for a week' },
  { hours: 0, label: 'not at all: it leaked' },
];

/** The signing secrets in use, by fingerprint, and the way to the next one. @param rotate null for readers */
export function WebhookSecret({ rows, rotate }: { rows: SecretRow[]; rotate: RotateAction | null }) {
  const [asking, setAsking] = useState(false);
  return (
    <div className="body pv-part">
      <div className="pv-row">
        <h3>Signing secret</h3>
        <span className="small mute">
          {rows.length === 2
            ? 'two sign each message until the older one ends'
            : 'signs each message; only fingerprints are shown'}
        </span>
        <span className="push" />
        {rotate && (
          <Button onClick={() => setAsking(true)}>
            <RotateCw className="i" aria-hidden="true" />
            {rows.length === 0 ? 'Make the secret…' : 'Rotate…'}
          </Button>
        )}
      </div>
      <SecretList rows={rows} none="There is none yet: no call can be signed, so none is sent." />
      {asking && rotate && (
        <RotateDialog first={rows.length === 0} rotate={rotate} onClose={() => setAsking(false)} />
      )}
    </div>
  );
}

export function SecretList({ rows, none }: { rows: SecretRow[]; none: string }) {
  if (rows.length === 0) return <p className="small soft">{none}</p>;
  return (
    <ul className="pv-secrets">
      {rows.map((row) => (
        <li key={row.fingerprint + row.madeAt}>
          <span className="mono">{row.fingerprint}…</span>
          <span className="soft">
            made <Ago at={row.madeAt} ago /> by{' '}
            {row.madeBy ? <RawText>{row.madeBy}</RawText> : 'the command line'}
          </span>
          {row.endsAt && (
            <span className="mute">
              ends in <Until at={row.endsAt} />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

function RotateDialog({
  first,
  rotate,
  onClose,
}: {
  first: boolean;
  rotate: RotateAction;
  onClose: () => void;
}) {
  const [reason, setReason] = useState('');
  const [keepHours, setKeepHours] = useState<RotateSecretInput['keepHours']>(24);
  const [made, setMade] = useState<string | null>(null);
  const { run, busy, problem } = useAct(rotate);
  const submit = async () => {
    const result = await run({ reason, keepHours: first ? 0 : keepHours });
    if (result) setMade(result.value.secret);
  };
  if (made) {
    return (
      <Dialog
        open
        onOpenChange={(open) => !open && onClose()}
        title="The signing secret was made"
        footer={
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        }
      >
        <ShownOnce
          secret={made}
          label="Signing secret"
          note="It is shown only now. Give it to whoever runs the receiver; Weir keeps it sealed."
        />
      </Dialog>
    );
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={first ? 'Make the signing secret' : 'Rotate the signing secret'}
      note={
        first
          ? 'Weir makes it and shows it once.'
          : 'Weir makes the next one and shows it once. While both sign, the receiver may hold either. An even older one ends now.'
      }
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" busy={busy} onClick={submit}>
            {first ? 'Make it' : 'Rotate'}
          </Button>
        </>
      }
    >
      {!first && (
        <fieldset className="s-roles">
          <legend className="label">The one before goes on signing</legend>
          {KEEP.map(({ hours, label }) => (
            <label key={hours}>
              <input
                type="radio"
                name="keep"
                checked={keepHours === hours}
                onChange={() => setKeepHours(hours)}
              />
              <span>{label}</span>
            </label>
          ))}
        </fieldset>
      )}
      <ReasonField value={reason} onChange={setReason} onSubmit={submit} autoFocus />
      <ProblemNote problem={problem} />
    </Dialog>
  );
}
