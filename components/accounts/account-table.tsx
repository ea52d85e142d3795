'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { keepSelection } from '@/components/enforcement/selection';
import { useDesk } from '@/components/shell/desk-context';
import { Ago } from '@/components/ui/ago';
import { Button } from '@/components/ui/button';
import { formatDollars, formatOf, formatShort } from '@/components/ui/format';
import { RawText } from '@/components/ui/raw-text';
import { useKeys } from '@/components/ui/use-keys';
import { useRowKeys } from '@/components/ui/use-row-keys';
import type { AccountFilter, AccountRow, AccountSort } from '@/lib/clusters/account-schema';
import { accountPath } from './account-path';
import { AccountStatusMark } from './account-status';
import { KindChips, ROLE_LABELS } from './membership-table';

interface Column {
  label: string;
  sort?: AccountSort;
  className?: string;
}

const COLUMNS: Column[] = [
  { label: 'Account', sort: 'id' },
  { label: 'State', className: 'a-state' },
  { label: 'Cluster', className: 'a-cluster' },
  { label: 'Held by', className: 'a-held' },
  { label: 'Plan', className: 'a-plan' },
  { label: 'Country', className: 'a-country' },
  { label: 'Spend/mo', sort: 'spend', className: 'num a-num' },
  { label: 'Exchanges', sort: 'exchanges', className: 'num a-num' },
  { label: 'Last seen', sort: 'seen', className: 'num a-num' },
  { label: 'Age', sort: 'age', className: 'num a-age' },
];

/** Accounts, one a row; j and k move, enter opens. `hrefs` of the heads keep the other filters. */
export function AccountTable({
  rows,
  filter,
  sortHrefs,
}: {
  rows: AccountRow[];
  filter: AccountFilter;
  sortHrefs: Record<AccountSort, string>;
}) {
  const { at, table } = useRowKeys(rows.map((row) => accountPath(row.id)));
  const { may } = useDesk();
  const router = useRouter();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const mayPropose = may('proposal.create');
  const toggle = (id: string) => {
    const next = new Set(selected);
    if (!next.delete(id)) next.add(id);
    setSelected(next);
  };
  useKeys({
    x: () => {
      const row = rows.find((each) => accountPath(each.id) === at);
      if (row && mayPropose) toggle(row.id);
    },
  });
  const propose = () => {
    keepSelection([...selected]);
    router.push('/approvals/new?from=selection');
  };
  return (
    <>
      <table className="grid rows-40 a-list" ref={table}>
        <thead>
          <tr>
            {mayPropose && (
              <th scope="col" className="a-pick">
                <span className="vh">Select</span>
              </th>
            )}
            {COLUMNS.map(({ label, sort, className }) => (
              <th
                key={label}
                scope="col"
                className={className}
                aria-sort={
                  sort !== filter.sort ? undefined : filter.dir === 'asc' ? 'ascending' : 'descending'
                }
              >
                {sort ? (
                  <Link
                    href={sortHrefs[sort]}
                    className={`a-sort ${sort === filter.sort ? filter.dir : ''}`}
                    replace
                  >
                    {label}
                  </Link>
                ) : (
                  label
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row
              key={row.id}
              row={row}
              at={at === accountPath(row.id)}
              picked={mayPropose ? selected.has(row.id) : null}
              onPick={() => toggle(row.id)}
            />
          ))}
        </tbody>
      </table>
      {selected.size > 0 && (
        <div className="a-bulk" role="toolbar" aria-label="Selection">
          <span className="strong">{formatOf(selected.size, 'account')} selected</span>
          <span className="small soft">kept from page to page</span>
          <span className="push" />
          <Button onClick={propose}>Propose for these…</Button>
          <Button variant="ghost" onClick={() => setSelected(new Set())}>
            Clear
          </Button>
        </div>
      )}
    </>
  );
}

function Row({
  row,
  at,
  picked,
  onPick,
}: {
  row: AccountRow;
  at: boolean;
  /** Selected or not; null when the reader has nothing to select for. */
  picked: boolean | null;
  onPick: () => void;
}) {
  const { membership } = row;
  const tags = [row.enterprise && row.plan !== 'enterprise' && 'enterprise', row.verified && 'verified']
    .filter(Boolean)
    .join(', ');
  const program = row.program === row.plan ? null : row.program;
  return (
    <tr data-row={accountPath(row.id)} className={at ? 'at' : undefined} aria-selected={picked ?? undefined}>
      {picked !== null && (
        <td className="a-pick">
          <input type="checkbox" aria-label={`Select ${row.id}`} checked={picked} onChange={onPick} />
        </td>
      )}
      <td className="a-who">
        <Link className="mono a-open" href={accountPath(row.id)} prefetch={false}>
          <RawText>{row.id}</RawText>
        </Link>
        {row.displayName && (
          <span className="small mute a-name">
            <RawText>{row.displayName}</RawText>
          </span>
        )}
      </td>
      <td className="a-state">
        <AccountStatusMark status={row.status} />
      </td>
      <td className="a-cluster">
        {membership ? (
          <>
            <Link className="a-link clip" href={`/clusters/${membership.cluster.id}`} prefetch={false}>
              {membership.cluster.name}
            </Link>
            <span className="small mute clip">
              {ROLE_LABELS[membership.role].toLowerCase()} {membership.strength.toFixed(2)}
              {row.otherMemberships > 0 && `, +${row.otherMemberships}`}
            </span>
          </>
        ) : (
          <span className="mute">–</span>
        )}
      </td>
      <td className="a-held">
        {membership && membership.kinds.length > 0 ? (
          <KindChips kinds={membership.kinds} shown={2} />
        ) : (
          <span className="mute">–</span>
        )}
      </td>
      <td className="a-plan">
        <span className="a-clip">
          {row.plan ? <RawText>{row.plan.replaceAll('_', ' ')}</RawText> : <span className="mute">–</span>}
        </span>
        {(tags || program) && (
          <span className="small mute a-clip">
            {tags}
            {tags && program && ', '}
            {program && <RawText>{program.replaceAll('_', ' ')}</RawText>}
          </span>
        )}
      </td>
      <td className="a-country">{row.country ?? <span className="mute">–</span>}</td>
      <td className="num a-num soft">
        {row.monthlySpendUsd === null ? '–' : formatDollars(row.monthlySpendUsd)}
      </td>
      <td className="num a-num">{formatShort(row.exchanges)}</td>
      <td className="num a-num soft">
        <Ago at={row.lastSeenAt} />
      </td>
      <td className="num a-age soft">
        <Ago at={row.createdAt} />
      </td>
    </tr>
  );
}
