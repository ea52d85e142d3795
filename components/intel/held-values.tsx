'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { formatCount, formatOf, showInvisible } from '@/components/ui/format';
import { HELD_WORDS, type HeldValue, type SettleValueInput } from '@/lib/intel/partner-schema';
import { NamedValue } from './named-value';
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
      <table className="grid rows-40 sh-held">
        <thead>
          <tr>
            <th scope="col">Value</th>
            <th scope="col">Why it waits</th>
            <th scope="col">Named by</th>
            {settle && <th scope="col" aria-label="Actions" />}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.indicatorId} ${row.held}`}>
              <NamedValue value={row.value} kind={row.kind} />
              <td className="soft sh-became">
                {HELD_WORDS[row.held]}
                {row.accounts !== null && `: ${formatCount(row.accounts)} accounts`}
              </td>
              <td className="soft clip">{row.partners.map(showInvisible).join(', ')}</td>
              {settle && (
                <td className="num">
                  <Button variant="ghost" onClick={() => setAsked({ ...row, counts: true })}>
                    Let it count…
                  </Button>
                  <Button variant="ghost" onClick={() => setAsked({ ...row, counts: false })}>
                    Dispute…
                  </Button>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {asked && settle && <SettleDialog {...asked} settle={settle} onClose={() => setAsked(null)} />}
    </section>
  );
}
