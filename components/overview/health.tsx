'use client';

import { Check, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { useNow } from '@/components/ui/now';
import { RawText } from '@/components/ui/raw-text';
import type { DeskStatus, Overview } from '@/lib/clusters/overview-schema';
import type { DeskHealth } from '@/lib/worker/health-schema';
import { healthLines } from './health-lines';

/** Whether records still come in, detection looks at them, and the parts that nobody sees do their work. */
export function Health({
  overview,
  status,
  health,
}: {
  overview: Overview;
  status: DeskStatus;
  health: DeskHealth;
}) {
  const lines = healthLines(overview, status, health, useNow());
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
              <th scope="row">
                <Link href={line.href} prefetch={false}>
                  {line.part}
                </Link>
              </th>
              <td>
                <b>{line.figure}</b>
              </td>
              <td className="mute" title={line.comparison}>
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
