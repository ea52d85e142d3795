'use client';

import { CircleAlert, Clock, KeyRound } from 'lucide-react';
import { signIn } from 'next-auth/react';
import { type FormEvent, useRef, useState, useSyncExternalStore } from 'react';
import { Button } from '@/components/ui/button';
import { SIGN_IN_ERRORS, signInMessage } from '@/lib/access/rules';

/** E-mail and password, and the way to the identity provider where there is one. What went wrong stands beside the form; the e-mail stays, the password goes. */
export function LoginForm({
  next,
  expired,
  problem,
  provider,
}: {
  next: string;
  expired: boolean;
  problem: string | null;
  /** What the identity provider is called. */
  provider: string | null;
}) {
  const [said, setSaid] = useState(problem);
  const [busy, setBusy] = useState(false);
  const [needsCode, setNeedsCode] = useState(false);
  // Until the script has taken over, a press would send the form nowhere.
  const ready = useSyncExternalStore(
    () => () => {},
    () => true,
    () => false,
  );
  const password = useRef<HTMLInputElement>(null);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setSaid(null);
    const code = String(form.get('code') ?? '');
    const refused = await trySignIn(String(form.get('email')), String(form.get('password')), code);
    if (refused === null) {
      // A full load, so that nothing of an earlier session stays in the browser's memory.
      location.assign(withPlace(next));
      return;
    }
    setBusy(false);
    // The password was right: it stays, and the code is asked for beside it.
    if (refused === SIGN_IN_ERRORS.code || refused === SIGN_IN_ERRORS.wrong_code) {
      setNeedsCode(true);
      setSaid(refused === SIGN_IN_ERRORS.wrong_code ? refused : null);
      return;
    }
    setSaid(refused);
    if (password.current) {
      password.current.value = '';
      password.current.focus();
    }
  };

  return (
    // POST, so that a press before the script is there never puts a password into the address.
    <form method="post" onSubmit={(event) => void submit(event)} className="login-form">
      {expired && said === null && (
        <p className="problem calm" role="status">
          <Clock className="i" aria-hidden="true" />
          <span>Your session has ended. Sign in again and you go back to where you were.</span>
        </p>
      )}
      {said !== null && (
        <p className="problem" role="alert" id="login-problem">
          <CircleAlert className="i" aria-hidden="true" />
          <span>{said}</span>
        </p>
      )}
      <div className="form-row">
        <label htmlFor="email">E-mail</label>
        <input
          className="field"
          id="email"
          name="email"
          type="email"
          autoComplete="username"
          required
          // biome-ignore lint/a11y/noAutofocus: the page holds this form and nothing else
          autoFocus
        />
      </div>
      <div className="form-row">
        <label htmlFor="password">Password</label>
        <input
          ref={password}
          className="field"
          id="password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
          aria-invalid={said !== null}
          aria-describedby={said === null ? undefined : 'login-problem'}
        />
      </div>
      {needsCode && (
        <div className="form-row">
          <label htmlFor="code">Code</label>
          <input
            className="field mono"
            id="code"
            name="code"
            autoComplete="one-time-code"
            required
            // biome-ignore lint/a11y/noAutofocus: it appears in answer to a press and is all that is left to fill in
            autoFocus
          />
          <span className="hint">{SIGN_IN_ERRORS.code}</span>
        </div>
      )}
      <Button type="submit" variant="primary" large wide busy={busy || !ready}>
        {busy ? 'Signing in…' : 'Sign in'}
      </Button>
      {provider && (
        <Button
          large
          wide
          busy={busy || !ready}
          onClick={() => {
            setBusy(true);
            void signIn('oidc', { callbackUrl: withPlace(next) });
          }}
        >
          <KeyRound className="i" aria-hidden="true" />
          Continue with {provider}
        </Button>
      )}
    </form>
  );
}

/** Null when signed in, else words for the person. */
async function trySignIn(email: string, password: string, code: string): Promise<string | null> {
  try {
    const answer = await signIn('credentials', { email, password, code, redirect: false });
    if (answer?.ok && !answer.error) return null;
    return signInMessage(answer?.error ?? 'unavailable');
  } catch {
    return 'No connection to Weir. Check that it runs, then try again.';
  }
}

/** Where in a page a link led to never reaches the server; the browser carries it along to here. */
function withPlace(next: string): string {
  return next.includes('#') ? next : next + location.hash;
}
