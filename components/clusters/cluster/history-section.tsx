import { Check, X } from 'lucide-react';
import Link from 'next/link';
import { ActorMark } from '@/components/audit/actor-mark';
import { aboutHref } from '@/components/audit/audit-query';
import { formatMoment } from '@/components/ui/format';
import { RawText } from '@/components/ui/raw-text';
import type { AuditRow, ObjectType } from '@/lib/audit/schema';

const SHOWN = 30;

/** Everything that was done to a cluster or another object, as the audit has it, newest first. */
export function HistorySection({
  type = 'cluster',
  id,
  rows,
}: {
  type?: ObjectType;
  /** As the audit names it: "CL-12". */
  id: string;
  rows: AuditRow[];
}) {
  return (
    <section className="sec" id="history" aria-labelledby="history-title">
      <header>
        <h2 id="history-title">History</h2>
        <span className="small mute">as the audit has it</span>
        <span className="push" />
        <Link className="link small" href={aboutHref(type, id)}>
          {rows.length > SHOWN ? `All ${rows.length} in the audit` : 'Everything in the audit'}
        </Link>
      </header>
      {rows.length === 0 ? (
        <p className="cl-none">Nothing is written down about it yet.</p>
      ) : (
        <table className="grid rows-32 cl-history">
          <thead>
            <tr>
              <th scope="col">Time, UTC</th>
              <th scope="col">Who</th>
              <th scope="col">What</th>
              <th scope="col">Reason</th>
              <th scope="col">Outcome</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, SHOWN).map((row) => (
              <tr key={row.id}>
                <td className="soft">{formatMoment(row.at).replace(' UTC', '')}</td>
                <td>
                  <ActorMark actor={row.actor} name={row.actorName} you={false} />
                </td>
                <td className="mono">{row.verb}</td>
                <td className="cl-reason">
                  {row.reason ? <RawText>{row.reason}</RawText> : <span className="mute">–</span>}
                </td>
                <td>
                  <span className={row.outcome === 'refused' ? 'badge bad' : 'cl-done'}>
                    {row.outcome === 'refused' ? (
                      <X className="i" aria-hidden="true" />
                    ) : (
                      <Check className="i" aria-hidden="true" />
                    )}
                    {row.outcome === 'refused' ? 'Refused' : 'Done'}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
