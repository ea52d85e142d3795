'use client';

import { useState } from 'react';
import { Ago } from '@/components/ui/ago';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { formatOf, showInvisible } from '@/components/ui/format';
import type { SettledValue } from '@/lib/intel/partner-schema';
import { NamedValue } from './named-value';
import { type Settle, SettleDialog } from './settle-dialog';

/** What people decided about values that partners name, and the way to decide otherwise. */
export function SettledValues({ rows, settle }: { rows: readonly SettledValue[]; settle: Settle | null }) {
  const [asked, setAsked] = useState<SettledValue | null>(null);
  if (rows.length === 0) return null;
  return (
    <section className="sec sh-waiting" aria-labelledby="settled-title">
      <header>
        <h2 id="settled-title">Decided</h2>
        <span className="small mute">
          {formatOf(rows.length, 'value')}; the later word counts, whoever names the value again
        </span>
      </header>
      <table className="grid rows-40 sh-settled">
        <thead>
          <tr>
            <th scope="col">Value</th>
            <th scope="col">Word</th>
            <th scope="col">Why</th>
            <th scope="col">By</th>
            <th scope="col" aria-label="Actions" />
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.indicatorId}>
              <NamedValue value={row.value} kind={row.kind} />
              <td>
                <Badge tone={row.counts ? 'ok' : 'bad'}>{row.counts ? 'Counts' : 'Disputed'}</Badge>
              </td>
              <td className="soft clip" title={showInvisible(row.reason)}>
                {showInvisible(row.reason)}
              </td>
              <td className="soft small clip">
                {showInvisible(row.decidedBy.name)}, <Ago at={row.decidedAt} ago />
              </td>
              <td className="num">
                {settle && (
                  <Button variant="ghost" onClick={() => setAsked({ ...row, counts: !row.counts })}>
                    {row.counts ? 'Dispute…' : 'Let it count…'}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {asked && settle && <SettleDialog {...asked} settle={settle} onClose={() => setAsked(null)} />}
    </section>
  );
}
