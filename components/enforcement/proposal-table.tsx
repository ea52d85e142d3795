'use client';

import Link from 'next/link';
import { Fragment } from 'react';
import { useDesk } from '@/components/shell/desk-context';
import { Ago } from '@/components/ui/ago';
import { Avatar } from '@/components/ui/avatar';
import { formatCount, showInvisible } from '@/components/ui/format';
import { RawText } from '@/components/ui/raw-text';
import { useRowKeys } from '@/components/ui/use-row-keys';
import type { ProposalRow } from '@/lib/enforcement/schema';
import { plainLines } from './plain-lines';
import { StatusMark } from './status-badge';
import { TimeLeft } from './time-left';
import { DONE_WORD, proposalTitle, rowWords } from './words';

export interface ProposalGroup {
  title: string;
  rows: ProposalRow[];
}

/** Proposals in groups, most urgent first; j and k move, enter opens. */
export function ProposalTable({ groups }: { groups: ProposalGroup[] }) {
  const { person } = useDesk();
  const { at, table } = useRowKeys(
    groups.flatMap((group) => group.rows.map((row) => `/approvals/${row.id}`)),
  );
  return (
    <table className="grid rows-40 p-list" ref={table}>
      <thead>
        <tr>
          <th scope="col">Proposal</th>
          <th scope="col" className="num">
            Accounts
          </th>
          <th scope="col">Proposed by</th>
          <th scope="col" className="num">
            Approvals
          </th>
          <th scope="col">State</th>
          <th scope="col">Progress</th>
          <th scope="col" className="num">
            Expires
          </th>
          <th scope="col" className="num">
            Age
          </th>
        </tr>
      </thead>
      <tbody>
        {groups.map((group) => (
          <Fragment key={group.title}>
            <tr className="p-group">
              <th scope="rowgroup" colSpan={8}>
                {group.title} <span className="p-n">{formatCount(group.rows.length)}</span>
              </th>
            </tr>
            {group.rows.map((row) => (
              <tr
                key={row.id}
                data-row={`/approvals/${row.id}`}
                className={at === `/approvals/${row.id}` ? 'at' : undefined}
              >
                <td className="p-what">
                  <Link href={`/approvals/${row.id}`} className="p-open clip" title={proposalTitle(row)}>
                    {proposalTitle(row)}
                  </Link>
                  <span className="small mute clip" title={plainLines(row.reason)}>
                    P-{row.id} · {showInvisible(row.reason.replaceAll(/\s+/g, ' '))}
                  </span>
                </td>
                <td className="num">{formatCount(row.accountCount)}</td>
                <td>
                  <span className="p-who">
                    <Avatar name={row.proposedBy.name} you={row.proposedBy.id === person.id} label={false} />
                    <RawText>{row.proposedBy.name}</RawText>
                  </span>
                </td>
                <td className="num">
                  <b>{row.approvals}</b> <span className="mute">of {row.approvalsRequired}</span>
                </td>
                <td>
                  <StatusMark words={rowWords(row)} />
                </td>
                <td>
                  <Progress row={row} />
                </td>
                <td className="num soft">
                  {row.status === 'waiting' ? <TimeLeft until={row.expiresAt} /> : '–'}
                </td>
                <td className="num soft">
                  <Ago at={row.proposedAt} />
                </td>
              </tr>
            ))}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}

function Progress({ row }: { row: ProposalRow }) {
  if (['waiting', 'rejected', 'withdrawn', 'expired'].includes(row.status))
    return <span className="mute">–</span>;
  const label = `${formatCount(row.done)} of ${formatCount(row.accountCount)} ${DONE_WORD[row.action]}`;
  const failed = row.dead > 0 ? `, ${formatCount(row.dead)} failed` : '';
  return (
    <span className="p-bar2">
      <span className="p-prog" aria-hidden="true">
        {row.done > 0 && <i className="p-d" style={{ width: `${(row.done / row.accountCount) * 100}%` }} />}
        {row.dead > 0 && <i className="p-x" style={{ width: `${(row.dead / row.accountCount) * 100}%` }} />}
      </span>
      <span className="small soft clip" title={label + failed}>
        {label}
        {failed && <span className="p-bad">{failed}</span>}
      </span>
    </span>
  );
}
