'use client';

import Link from 'next/link';
import { Ago } from '@/components/ui/ago';
import { formatCount, formatOf } from '@/components/ui/format';
import { RawText } from '@/components/ui/raw-text';
import { type Column, RowTable } from '@/components/ui/row-table';
import type { ReviewRow } from '@/lib/clusters/review-schema';
import { clusterRef } from '@/lib/clusters/rules';
import { kappaWords, shareWords } from './review-words';

const hrefOf = (row: ReviewRow) => `/reviews/${row.id}`;

const COLUMNS: readonly Column<ReviewRow>[] = [
  {
    head: 'Cluster',
    className: 'p-what',
    cell: (row) => (
      <>
        <Link className="p-open clip" href={hrefOf(row)}>
          <RawText>{row.cluster.name}</RawText>
        </Link>
        <span className="small mute">{clusterRef(row.cluster.id)}</span>
      </>
    ),
  },
  {
    head: 'Sample',
    num: true,
    cell: (row) => (
      <>
        {formatCount(row.size)}{' '}
        <span className="mute small">of {formatOf(row.cluster.accounts, 'account')}</span>
      </>
    ),
  },
  {
    head: 'Reviewer',
    className: 'rv-who',
    cell: (row) =>
      row.reviewer ? <RawText>{row.reviewer.name}</RawText> : <span className="mute">nobody yet</span>,
  },
  { head: 'State', cell: stateOf },
  { head: 'Drawn', num: true, className: 'soft', cell: (row) => <Ago at={row.drawnAt} ago /> },
];

/** Samples to be judged, or that were. */
export function ReviewTable({ rows }: { rows: ReviewRow[] }) {
  return <RowTable className="rv-table" rows={rows} href={hrefOf} columns={COLUMNS} />;
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
  return row.own ? <span className="mute">Somebody else’s: you confirmed it</span> : 'Waits for a reviewer';
}
