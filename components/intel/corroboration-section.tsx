'use client';

import { useState } from 'react';
import { useDesk } from '@/components/shell/desk-context';
import { Ago } from '@/components/ui/ago';
import { Button } from '@/components/ui/button';
import { formatCount, formatDay, showInvisible } from '@/components/ui/format';
import type { Corroboration } from '@/lib/intel/partner-schema';
import { NamedValue } from './named-value';
import { type Settle, SettleDialog } from './settle-dialog';
import { tlpLabel } from './share-words';
import './share.css';

/** What partners say of the values that this cluster's accounts show. Evidence of its own kind: it links nobody. */
export function CorroborationSection({ rows, settle }: { rows: readonly Corroboration[]; settle: Settle }) {
  const { may } = useDesk();
  const [asked, setAsked] = useState<Corroboration | null>(null);
  if (rows.length === 0) return null;
  return (
    <section className="sec" id="partners" aria-labelledby="partners-title">
      <header>
        <h2 id="partners-title">Named by partners</h2>
        <span className="small mute">
          beside the score, never in it: what others report links nobody here
        </span>
      </header>
      <table className="grid rows-40 sh-said">
        <thead>
          <tr>
            <th scope="col">Value</th>
            <th scope="col">Partner, marking</th>
            <th scope="col" className="num">
              Sure
            </th>
            <th scope="col" className="num">
              Members
            </th>
            <th scope="col">Said</th>
            <th scope="col" aria-label="Actions" />
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.indicatorId} ${row.partner}`}>
              <NamedValue
                value={row.value}
                kind={row.kind}
                note={row.hashed ? ', told by its keyed hash' : ''}
              />
              <td className="sh-two">
                <span className="clip">{showInvisible(row.partner)}</span>
                <span className="small mute">{tlpLabel(row.tlp)}</span>
              </td>
              <td className="num">{row.confidence}</td>
              <td className="num">
                {formatCount(row.members)} <span className="mute small">of {formatCount(row.accounts)}</span>
              </td>
              <td className="sh-two soft">
                <Ago at={row.saidAt} ago />
                <span className="small mute">until {formatDay(row.validUntil)}</span>
              </td>
              <td className="num">
                {may('intel.import') && (
                  <Button variant="ghost" onClick={() => setAsked(row)}>
                    Dispute…
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {asked && <SettleDialog {...asked} counts={false} settle={settle} onClose={() => setAsked(null)} />}
    </section>
  );
}
