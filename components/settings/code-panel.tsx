'use client';

import { type FormEvent, useId, useState } from 'react';
import { Ago } from '@/components/ui/ago';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { Dialog } from '@/components/ui/dialog';
import { ProblemNote } from '@/components/ui/problem-note';
import { toast } from '@/components/ui/toast';
import { useAct } from '@/components/ui/use-act';
import type { CodeState } from '@/lib/access/schema';
import type { ActionResult } from '@/lib/errors';
import { ConfirmDialog } from './confirm-dialog';

export interface CodeActions {
  begin: () => Promise<ActionResult<{ secret: string; uri: string; picture: string }>>;
  confirm: (input: { code: string }) => Promise<ActionResult<{ recoveryCodes: string[] }>>;
  remove: () => Promise<ActionResult<unknown>>;
}

/** The second factor: an authenticator app, and ten codes on paper for when it is lost. */
export function CodePanel({ state, actions }: { state: CodeState; actions: CodeActions }) {
  const [removing, setRemoving] = useState(false);
  const [begun, setBegun] = useState<{ secret: string; picture: string } | null>(null);
  const { run, busy, problem } = useAct(actions.begin);
  const begin = async () => {
    const result = await run(undefined as never);
    if (result) setBegun(result.value);
  };
  return (
    <section className="panel" id="code" aria-labelledby="code-title">
      <header>
        <h2 id="code-title">Second factor</h2>
        <span className="small mute">
          {state.since ? (
            <>
              on since <Ago at={state.since} ago />, {state.recoveryCodes} recovery codes left
            </>
          ) : (
            'off: your password alone opens the desk'
          )}
        </span>
        <span className="push" />
        {state.since ? (
          <Button onClick={() => setRemoving(true)}>Remove…</Button>
        ) : (
          <Button busy={busy} onClick={() => void begin()}>
            Set up…
          </Button>
        )}
      </header>
      <p className="body soft">
        With it, signing in takes a code of six figures from an authenticator app beside the password.
      </p>
      <ProblemNote problem={problem} />
      {begun && <SetUp begun={begun} confirm={actions.confirm} onClose={() => setBegun(null)} />}
      {removing && (
        <ConfirmDialog
          title="Remove the second factor?"
          note="Your password alone opens the desk again, and the recovery codes are void."
          button="Remove"
          done="The second factor is removed"
          input={undefined}
          action={actions.remove}
          onClose={() => setRemoving(false)}
        />
      )}
    </section>
  );
}

function SetUp({
  begun,
  confirm,
  onClose,
}: {
  begun: { secret: string; picture: string };
  confirm: CodeActions['confirm'];
  onClose: () => void;
}) {
  const form = useId();
  const [codes, setCodes] = useState<string[] | null>(null);
  const { run, busy, problem } = useAct(confirm);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const result = await run({ code: String(new FormData(event.currentTarget).get('code')) });
    if (!result) return;
    setCodes(result.value.recoveryCodes);
    toast.success('The second factor is on');
  };
  if (codes) {
    return (
      <Dialog
        open
        onOpenChange={(open) => !open && onClose()}
        title="Keep these recovery codes"
        note="Each opens the desk once when your app is lost. They are shown only now: print them, or keep them in a password manager."
        footer={
          <>
            <CopyButton text={codes.join('\n')} label="Copy" />
            <Button variant="primary" onClick={onClose}>
              I have kept them
            </Button>
          </>
        }
      >
        <ol className="s-codes mono">
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ol>
      </Dialog>
    );
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Set up the second factor"
      note="Read the picture with an authenticator app, or type the key into it, then enter the code it shows."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} variant="primary" busy={busy}>
            Turn on
          </Button>
        </>
      }
    >
      <form id={form} className="s-form" onSubmit={(event) => void submit(event)}>
        <div className="s-setup">
          {/* biome-ignore lint/performance/noImgElement: a picture made here for this once */}
          <img src={begun.picture} alt="The key as a QR code" width={176} height={176} />
          <div className="form-row">
            <span className="label">Key</span>
            <span className="mono s-key">{begun.secret.replaceAll(/(.{4})(?=.)/g, '$1 ')}</span>
            <CopyButton text={begun.secret} label="Copy the key" />
          </div>
        </div>
        <div className="form-row">
          <label htmlFor={`${form}-code`}>Code of six figures</label>
          <input
            id={`${form}-code`}
            name="code"
            className="field mono"
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={8}
            required
          />
        </div>
      </form>
      <ProblemNote problem={problem} />
    </Dialog>
  );
}
