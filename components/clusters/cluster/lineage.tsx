import Link from 'next/link';
import { Ago } from '@/components/ui/ago';
import { clusterRef } from '@/lib/clusters/rules';
import type { LineageRow } from '@/lib/clusters/schema';
import { lineageWords } from './lineage-words';

/** How the cluster came to be what it is, newest first; runs that changed nothing are not in it. */
export function Lineage({ rows }: { rows: LineageRow[] }) {
  if (rows.length === 0) return <p className="small mute">Found once and unchanged since.</p>;
  return (
    <ol className="cl-line">
      {[...rows].reverse().map((row) => (
        <li key={`${row.at} ${row.event} ${row.otherClusterId ?? ''}`}>
          <span>
            <LineageSentence row={row} />
          </span>
          <span className="mute small">
            <Ago at={row.at} ago />
          </span>
        </li>
      ))}
    </ol>
  );
}

/** One event, with the way to the other cluster. */
export function LineageSentence({ row }: { row: LineageRow }) {
  const { before, other, after } = lineageWords(row);
  if (other === null) return before;
  return (
    <>
      {before}{' '}
      <Link className="link" href={`/clusters/${other}`} prefetch={false}>
        {clusterRef(other)}
      </Link>
      , {after}
    </>
  );
}
