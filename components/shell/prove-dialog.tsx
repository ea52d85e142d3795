'use client';

import { type FormEvent, useEffect, useEffectEvent, useId } from 'react';
import { confirmPersonAction } from '@/app/(desk)/settings/sign-in/actions';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { ProblemNote } from '@/components/ui/problem-note';
import { useAct } from '@/components/ui/use-act';
import { useDesk } from './desk-context';
import { PROOF_CHANNEL } from './proof-channel';

/** Asks for the password once more, or for a sign-in at the identity provider in another tab, when an act takes a fresh proof; the act is then tried again by itself. */
export function ProveDialog({ onAnswer }: { onAnswer: (proved: boolean) => void }) {
  const form = useId();
  const { person } = useDesk();
  const { run, busy, problem } = useAct(confirmPersonAction);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    // React hands events of portals on to the form that asked.
    event.stopPropagation();
    const data = new FormData(event.currentTarget);
    const code = String(data.get('code') ?? '');
    if (await run({ password: String(data.get('password')), ...(code && { code }) })) onAnswer(true);
  };
  if (person.atProvider) return <ProveElsewhere onAnswer={onAnswer} />;
  return (
    <Dialog
      open
      onOpenChange={() => onAnswer(false)}
      title="It is you?"
      note="This takes a fresh proof: you signed in a while ago. It then holds for a quarter of an hour."
      footer={
        <>
          <Button onClick={() => onAnswer(false)}>Cancel</Button>
          <Button type="submit" form={form} variant="primary" busy={busy}>
            Go on
          </Button>
        </>
      }
    >
      <form id={form} className="s-form" onSubmit={(event) => void submit(event)}>
        <div className="form-row">
          <label htmlFor={`${form}-password`}>Your password</label>
          <input
            id={`${form}-password`}
            name="password"
            type="password"
            className="field"
            required
            autoComplete="current-password"
          />
        </div>
        {person.hasCode && (
          <div className="form-row">
            <label htmlFor={`${form}-code`}>Code of your authenticator app</label>
            <input
              id={`${form}-code`}
              name="code"
              className="field mono"
              required
              autoComplete="one-time-code"
            />
          </div>
        )}
      </form>
      <ProblemNote problem={problem} />
    </Dialog>
  );
}

/** What was typed on this page stays as it is: the provider is asked in a tab of its own, which tells when it is done. */
function ProveElsewhere({ onAnswer }: { onAnswer: (proved: boolean) => void }) {
  const told = useEffectEvent(() => onAnswer(true));
  useEffect(() => {
    const channel = new BroadcastChannel(PROOF_CHANNEL);
    channel.onmessage = () => told();
    return () => channel.close();
  }, []);
  return (
    <Dialog
      open
      onOpenChange={() => onAnswer(false)}
      title="It is you?"
      note="This takes a fresh proof: you signed in a while ago. Your identity provider asks in another tab; it then holds for a quarter of an hour."
      footer={
        <>
          <Button onClick={() => onAnswer(false)}>Cancel</Button>
          <a className="btn primary" href="/login/prove" target="_blank" rel="noopener">
            Sign in there again
          </a>
        </>
      }
    >
      <p className="hint">This page goes on by itself when you have signed in.</p>
    </Dialog>
  );
}
