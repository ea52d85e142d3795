'use client';

import { Check, TriangleAlert } from 'lucide-react';
import { useNow } from '@/components/ui/now';
import { RawText } from '@/components/ui/raw-text';
import type { DeskStatus, Overview } from '@/lib/clusters/overview-schema';
import { healthLines } from './health-lines';

/** Whether records still come in and detection still looks at them. */
export function Health({ overview, status }: { overview: Overview; status: DeskStatus }) {
  const lines = healthLines(overview, status, useNow());
  const watched = lines.filter((line) => line.watch).length;
  return (
    <section className="panel" aria-labelledby="health">
      <header>
        <h2 id="health">Health</h2>
        <span className="push small mute">{watched > 0 ? `${watched} to watch` : 'nothing to watch'}</span>
      </header>
      <table className="grid hl plain">
        <tbody>
          {lines.map((line) => (
            <tr key={line.part}>
              <th scope="row">{line.part}</th>
              <td>
                <b>{line.figure}</b>
              </td>
              <td className="mute">
                <RawText>{line.comparison}</RawText>
              </td>
              <td>
                <Verdict watch={line.watch} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Verdict({ watch }: { watch: boolean }) {
  const Icon = watch ? TriangleAlert : Check;
  return (
    <span className={watch ? 'hs warn' : 'hs ok'}>
      <Icon className="i" aria-hidden="true" />
      {watch ? 'Watch' : 'Normal'}
    </span>
  );
}
