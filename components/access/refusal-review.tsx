import Link from 'next/link';
import { ActorMark } from '@/components/audit/actor-mark';
import { auditHref } from '@/components/audit/audit-query';
import { Ago } from '@/components/ui/ago';
import { formatCount } from '@/components/ui/format';
import type { AccessReview } from '@/lib/access/review-schema';

/** What people tried and were refused. */
export function RefusalReview({ refusals, from }: { refusals: AccessReview['refusals']; from: string }) {
  return (
    <section className="panel" aria-labelledby="refusals-title">
      <header>
        <h2 id="refusals-title">Refused attempts</h2>
        <span className="small mute">a lost race counts too; the reason is in each entry</span>
      </header>
      {refusals.length === 0 ? (
        <p className="body soft">Nothing was refused to anybody within the period.</p>
      ) : (
        <table className="grid rows-32 plain">
          <thead>
            <tr>
              <th scope="col">Who</th>
              <th scope="col">Tried</th>
              <th scope="col" className="num">
                Times
              </th>
              <th scope="col">Last</th>
              <th scope="col">
                <span className="vh">Entries</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {refusals.map(({ actor, name, verb, refused, lastAt }) => (
              <tr key={`${actor} ${verb}`}>
                <td>
                  <ActorMark actor={actor} name={name} you={false} />
                </td>
                <td className="mono">{verb}</td>
                <td className="num">{formatCount(refused)}</td>
                <td className="soft">
                  <Ago at={lastAt} ago />
                </td>
                <td className="num">
                  <Link
                    className="link"
                    href={auditHref({ view: 'refused', actor, verb, from: from.slice(0, 10) })}
                  >
                    Entries
                  </Link>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
