'use client';

import { Button } from '@/components/ui/button';
import { ProblemNote } from '@/components/ui/problem-note';
import { ReasonField } from '@/components/ui/reason-field';
import type { Draft } from './use-draft';

/** Asks for the reason once something was changed. It stands under the form, so nothing above it moves. */
export function SaveBar<T>({ draft, price }: { draft: Draft<T>; price: string }) {
  if (!draft.changed) return null;
  return (
    <div className="pv-save">
      <ReasonField value={draft.reason} onChange={draft.setReason} onSubmit={draft.save} />
      <ProblemNote problem={draft.problem} />
      <div className="pv-row">
        <Button variant="primary" busy={draft.busy} onClick={draft.save}>
          Save
        </Button>
        <Button variant="ghost" onClick={draft.reset}>
          Put back
        </Button>
        <span className="small mute">{price}</span>
      </div>
    </div>
  );
}
