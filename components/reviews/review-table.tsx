'use client';

import Link from 'next/link';
import { useRowKeys } from '@/components/accounts/use-row-keys';
import { Ago } from '@/components/ui/ago';
import { formatCount, formatOf } from '@/components/ui/format';
import { RawText } from '@/components/ui/raw-text';
import type { ReviewRow } from '@/lib/clusters/review-schema';
import { clusterRef } from '@/lib/clusters/rules';
import { kappaWords, shareWords } from './review-words';

/** Samples to be judged, or that were; j and k move, enter opens. */
export function ReviewTable({ rows }: { rows: ReviewRow[] }) {
  const { at, table } = useRowKeys(rows.map((row) => `/reviews/${row.id}`));
  return (
    <table className="grid rows-40 rv-table" ref={table}>
      <thead>
        <tr>
          <th scope="col">Cluster</th>
          <th scope="col" className="num">
            Sample
          </th>
          <th scope="col">Reviewer</th>
          <th scope="col">State</th>
          <th scope="col" className="num">
            Drawn
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr
            key={row.id}
            data-row={`/reviews/${row.id}`}
            className={at === `/reviews/${row.id}` ? 'at' : undefined}
          >
            <td>
              <Link className="rv-open" href={`/reviews/${row.id}`}>
                <b>
                  <RawText>{row.cluster.name}</RawText>
                </b>{' '}
                <span className="mute small">{clusterRef(row.cluster.id)}</span>
              </Link>
            </td>
            <td className="num">
              {formatCount(row.size)}{' '}
              <span className="mute small">of {formatOf(row.cluster.accounts, 'account')}</span>
            </td>
            <td>{row.reviewer ? row.reviewer.name : <span className="mute">nobody yet</span>}</td>
            <td>{stateOf(row)}</td>
            <td className="num">
              <Ago at={row.drawnAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function stateOf(row: ReviewRow) {
  if (row.agreement) {
    return (
      <>
        {shareWords(row.agreement)} <span className="mute small">{kappaWords(row.agreement)}</span>
      </>
    );
  }
  if (row.reviewer) return `${formatCount(row.judged)} of ${formatCount(row.size)} judged`;
  return row.own ? (
    <span className="mute">You confirmed it, so somebody else reviews it</span>
  ) : (
    'Waits for a reviewer'
  );
}
