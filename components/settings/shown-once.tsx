'use client';

import { KeyRound } from 'lucide-react';
import { CopyButton } from '@/components/ui/copy-button';

/** A secret that exists in the clear only now. */
export function ShownOnce({ secret, label, note }: { secret: string; label: string; note: string }) {
  return (
    <div className="s-once">
      <p className="problem calm">
        <KeyRound className="i" aria-hidden="true" />
        <span>{note}</span>
      </p>
      <div className="form-row">
        <label className="label" htmlFor="shown-once">
          {label}
        </label>
        <div className="s-secret">
          <input
            id="shown-once"
            className="field mono"
            readOnly
            value={secret}
            onFocus={(event) => event.target.select()}
          />
          <CopyButton text={secret} label="Copy" />
        </div>
      </div>
    </div>
  );
}
