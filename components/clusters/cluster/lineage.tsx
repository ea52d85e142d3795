import Link from 'next/link';
import { Ago } from '@/components/ui/ago';
import { formatCount, formatOf } from '@/components/ui/format';
import { clusterRef } from '@/lib/clusters/rules';
import type { LineageRow } from '@/lib/clusters/schema';

const EVENTS: Record<LineageRow['event'], string> = {
  born: 'Found',
  grew: 'Grew',
  shrank: 'Shrank',
  split: 'Split from',
  merged: 'Merged with',
  dormant: 'Went dormant',
  re_emerged: 'Came back',
  regrew: 'Regrew after a ban',
};

/** How the cluster came to be what it is, newest first; runs that changed nothing are not in it. */
export function Lineage({ rows }: { rows: LineageRow[] }) {
  if (rows.length === 0) return <p className="small mute">Found once and unchanged since.</p>;
  return (
    <ol className="cl-line">
      {[...rows].reverse().map((row) => (
        <li key={`${row.at} ${row.event} ${row.otherClusterId ?? ''}`}>
          <span>
            {row.event === 'regrew' && row.otherClusterId !== null ? 'Regrew from' : EVENTS[row.event]}
            {row.otherClusterId !== null && (
              <>
                {' '}
                <Link className="link" href={`/clusters/${row.otherClusterId}`}>
                  {clusterRef(row.otherClusterId)}
                </Link>
              </>
            )}
          </span>
          <span className="soft">
            {row.event === 'regrew' && row.otherClusterId === null
              ? `${formatCount(row.before)} banned, ${formatCount(row.after)} back`
              : row.event === 'born' || row.before === 0
                ? formatOf(row.after, 'account')
                : `${formatCount(row.before)} → ${formatCount(row.after)}`}
          </span>
          <span className="mute small">
            <Ago at={row.at} ago />
          </span>
        </li>
      ))}
    </ol>
  );
}
