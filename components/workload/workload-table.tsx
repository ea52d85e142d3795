import { TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { Ago } from '@/components/ui/ago';
import { formatCount, formatDuration, formatPercent, showInvisible } from '@/components/ui/format';
import type { Workload } from '@/lib/clusters/workload-schema';

/** A row a person: what they have, what they decided, and what second analysts thought of it. */
export function WorkloadTable({ workload: { people, limits } }: { workload: Workload }) {
  return (
    <section className="panel" aria-labelledby="people">
      <header>
        <h2 id="people">People</h2>
        <span className="small mute clip">
          late: in review for over {formatDuration(limits.decideHours * 3_600)}; agreement: sampled accounts
          that a second analyst, who did not see the first judgement, put in as well
        </span>
      </header>
      {people.length === 0 ? (
        <p className="body soft">
          Nobody may claim clusters yet. An administrator adds analysts in the settings.
        </p>
      ) : (
        <table className="grid rows-32 plain wl-people">
          <thead>
            <tr>
              <th scope="col">Who</th>
              <th scope="col" className="num">
                In review
              </th>
              <th scope="col" className="num">
                Late
              </th>
              <th scope="col" className="num">
                Oldest claim
              </th>
              <th scope="col" className="num">
                Confirmed, 30 d
              </th>
              <th scope="col" className="num">
                Dismissed
              </th>
              <th scope="col" className="num">
                Claim to decision
              </th>
              <th scope="col" className="num">
                Agreement
              </th>
            </tr>
          </thead>
          <tbody>
            {people.map((row) => (
              <tr key={row.id}>
                <td className="wl-name">
                  {showInvisible(row.name)} <span className="small mute">{row.role}</span>
                </td>
                <td className="num">
                  <Link className="link" href={`/clusters?status=in_review&who=${row.id}`} prefetch={false}>
                    {formatCount(row.inReview)}
                  </Link>
                </td>
                <td className="num">
                  {row.late > 0 ? (
                    <span className="wl-late">
                      <TriangleAlert className="i i-s" aria-hidden="true" />
                      {formatCount(row.late)}
                    </span>
                  ) : (
                    <span className="mute">0</span>
                  )}
                </td>
                <td className="num soft">
                  <Ago at={row.oldestAt} />
                </td>
                <td className="num">{formatCount(row.confirmed)}</td>
                <td className="num">{formatCount(row.dismissed)}</td>
                <td className="num soft">
                  {row.medianSeconds === null ? '–' : formatDuration(row.medianSeconds)}
                </td>
                <td className="num">
                  {row.judged === 0 ? (
                    <span className="mute">none judged</span>
                  ) : (
                    <>
                      {formatPercent(row.agreed / row.judged)}{' '}
                      <span className="small mute">
                        {formatCount(row.agreed)} of {formatCount(row.judged)}
                      </span>
                    </>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
