'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { formatCount, formatOf, showInvisible } from '@/components/ui/format';
import { HELD_WORDS, type HeldValue, type SettleValueInput } from '@/lib/intel/partner-schema';
import { type Settle, SettleDialog } from './settle-dialog';

/** Values that partners name and that would tie strangers together: they count for nothing until a person has looked. */
export function HeldValues({
  rows,
  more,
  settle,
}: {
  rows: readonly HeldValue[];
  more: boolean;
  settle: Settle | null;
}) {
  const [asked, setAsked] = useState<
    (Pick<SettleValueInput, 'counts' | 'indicatorId'> & { value: string }) | null
  >(null);
  if (rows.length === 0) return null;
  return (
    <section className="sec sh-waiting" aria-labelledby="held-title">
      <header>
        <h2 id="held-title">Held for review</h2>
        <span className="small mute">
          {more ? `the first ${rows.length}` : formatOf(rows.length, 'value')}; evidence of nothing until
          somebody decides
        </span>
      </header>
      <ul className="sh-values">
        {rows.map((row) => (
          <li key={`${row.indicatorId} ${row.held}`} className="sh-value">
            <span className="mute small">{row.kind.replaceAll('_', ' ')}</span>
            <span className="mono clip" title={showInvisible(row.value)}>
              {showInvisible(row.value)}
            </span>
            <span className="small soft clip">
              {HELD_WORDS[row.held]}
              {row.accounts !== null && `: ${formatCount(row.accounts)} accounts`}
            </span>
            <span className="small mute num clip">{row.partners.map(showInvisible).join(', ')}</span>
            {settle && (
              <>
                <Button variant="ghost" onClick={() => setAsked({ ...row, counts: true })}>
                  Let it count…
                </Button>
                <Button variant="ghost" onClick={() => setAsked({ ...row, counts: false })}>
                  Dispute…
                </Button>
              </>
            )}
          </li>
        ))}
      </ul>
      {asked && settle && <SettleDialog {...asked} settle={settle} onClose={() => setAsked(null)} />}
    </section>
  );
}
