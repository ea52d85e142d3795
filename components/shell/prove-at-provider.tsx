'use client';

import { signIn } from 'next-auth/react';
import { useEffect } from 'react';
import { PROOF_CHANNEL } from './proof-channel';

/** Goes to the identity provider, which has to ask anew; back from there it tells the tab that waits. */
export function ProveAtProvider({ state }: { state: 'begin' | 'proved' | 'unproved' }) {
  useEffect(() => {
    if (state === 'begin') {
      void signIn('oidc', { callbackUrl: '/login/prove?back' }, { prompt: 'login', max_age: '0' });
    }
    if (state !== 'proved') return;
    const channel = new BroadcastChannel(PROOF_CHANNEL);
    channel.postMessage('proved');
    channel.close();
  }, [state]);
  if (state === 'begin') return <p role="status">On the way to your identity provider…</p>;
  if (state === 'proved') return <p role="status">Done: the other tab goes on. You can close this one.</p>;
  return (
    <p className="problem" role="alert">
      Your identity provider did not say that you signed in just now, so this does not count. Ask whoever
      manages it to send auth_time.
    </p>
  );
}
