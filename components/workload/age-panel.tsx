import { TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { formatCount, formatDuration } from '@/components/ui/format';
import type { Workload } from '@/lib/clusters/workload-schema';

/** How old what nobody has claimed is, against the agreed limit. */
export function AgePanel({ workload: { unclaimed, unclaimedLate, ages, limits } }: { workload: Workload }) {
  const limit = formatDuration(limits.claimHours * 3_600);
  return (
    <section className="panel" aria-labelledby="ages">
      <header>
        <h2 id="ages">Unclaimed</h2>
        <span className="push small mute">limit {limit}</span>
      </header>
      <div className="body">
        <p>
          <b>{formatCount(unclaimedLate)}</b> of {formatCount(unclaimed)} wait for longer than {limit}.
          {unclaimedLate > 0 && (
            <span className="wl-late">
              {' '}
              <TriangleAlert className="i i-s" aria-hidden="true" /> over the limit
            </span>
          )}
        </p>
        <ul className="wl-ages">
          {ages.map(({ label, filter, count }) => (
            <li key={label}>
              <Link className="link" href={filter} prefetch={false}>
                {label}
              </Link>
              <b className="num">{formatCount(count)}</b>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
