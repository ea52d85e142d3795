'use client';

import { Check, Copy } from 'lucide-react';
import { useState } from 'react';

/** Puts a text into the clipboard and says so. */
export function CopyButton({ text, label, small = false }: { text: string; label: string; small?: boolean }) {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');
  const copy = () =>
    navigator.clipboard
      .writeText(text)
      .then(() => setState('copied'))
      .catch(() => setState('failed'));
  const words = { idle: label, copied: 'Copied', failed: 'Not copied: select it and copy by hand' }[state];
  const Icon = state === 'copied' ? Check : Copy;
  return (
    <button
      type="button"
      className={small ? 'btn ghost icon copy' : 'btn'}
      aria-label={small ? words : undefined}
      title={words}
      onClick={copy}
      onBlur={() => setState('idle')}
    >
      <Icon className="i i-s" aria-hidden="true" />
      {!small && words}
      <span className="vh" aria-live="polite">
        {small && state !== 'idle' ? words : ''}
      </span>
    </button>
  );
}
