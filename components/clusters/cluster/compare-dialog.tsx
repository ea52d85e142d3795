'use client';

import { useQuery } from '@tanstack/react-query';
import { Check } from 'lucide-react';
import Link from 'next/link';
import { accountPath } from '@/components/accounts/account-path';
import { AccountStatusMark } from '@/components/accounts/account-status';
import { readJson } from '@/components/shell/read-json';
import { Ago } from '@/components/ui/ago';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { formatCount, formatDollars, formatOf } from '@/components/ui/format';
import { ProblemNote } from '@/components/ui/problem-note';
import { RawText } from '@/components/ui/raw-text';
import type { Comparison } from '@/lib/clusters/compare-schema';
import type { MemberRow } from '@/lib/clusters/schema';
import { KindIcon, kindShort } from '../kind-icon';

const FACTS: { label: string; of: (row: MemberRow) => React.ReactNode }[] = [
  { label: 'Role, link', of: (row) => `${row.role}, ${row.strength.toFixed(2)}` },
  { label: 'Plan', of: (row) => (row.plan ? <RawText>{row.plan.replaceAll('_', ' ')}</RawText> : '–') },
  { label: 'Country', of: (row) => row.country ?? '–' },
  {
    label: 'Spend/mo',
    of: (row) => (row.monthlySpendUsd === null ? '–' : formatDollars(row.monthlySpendUsd)),
  },
  { label: 'Exchanges', of: (row) => formatCount(row.exchanges) },
  { label: 'Age', of: (row) => <Ago at={row.createdAt} /> },
  { label: 'Status', of: (row) => <AccountStatusMark status={row.status} /> },
];

/** Accounts beside each other: what is known of each, and the values that two or more have in common. */
export function CompareDialog({
  clusterId,
  accountIds,
  onClose,
}: {
  clusterId: number;
  accountIds: string[];
  onClose: () => void;
}) {
  const params = new URLSearchParams(accountIds.map((id) => ['account', id]));
  const { data, error } = useQuery({
    queryKey: ['cluster', clusterId, 'compare', accountIds],
    queryFn: ({ signal }) =>
      readJson<Comparison>(`/api/clusters/${clusterId}/accounts/compare?${params}`, signal),
    staleTime: 60_000,
  });
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => !open && onClose()}
      title={`Compare ${formatOf(accountIds.length, 'account')}`}
      footer={
        <>
          <span className="small mute">
            {data && `${formatOf(data.shared.length, 'value')} in common, rarest first`}
          </span>
          <span className="push" />
          <Button onClick={onClose}>Close</Button>
        </>
      }
    >
      <ProblemNote problem={error?.message ?? null} />
      {!data && !error && <p className="hint cl-preview-wait">Comparing…</p>}
      {data && (
        <section
          className="cl-compare"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls has to be reachable by keyboard
          tabIndex={0}
          aria-label="Comparison"
        >
          <table className="grid rows-28 plain">
            <thead>
              <tr>
                <th scope="col">What</th>
                {data.accounts.map(({ accountId }) => (
                  <th key={accountId} scope="col" className="cl-compared">
                    <Link className="mono" href={accountPath(accountId)} target="_blank" prefetch={false}>
                      <RawText>{accountId}</RawText>
                    </Link>
                  </th>
                ))}
                <th scope="col" className="num">
                  Held by
                </th>
              </tr>
            </thead>
            <tbody>
              {FACTS.map(({ label, of }) => (
                <tr key={label}>
                  <th scope="row">{label}</th>
                  {data.accounts.map((row) => (
                    <td key={row.accountId}>{of(row)}</td>
                  ))}
                  <td />
                </tr>
              ))}
              {data.shared.map((row, index) => (
                <tr key={`${row.kind} ${row.indicatorId || index}`}>
                  <th scope="row">
                    <span className="kind">
                      <KindIcon kind={row.kind} />
                      <span className="clip">
                        {kindShort(row.kind)}{' '}
                        {row.value === null ? (
                          <span className="mute">hidden</span>
                        ) : (
                          <RawText className="mono">{row.value}</RawText>
                        )}
                      </span>
                    </span>
                  </th>
                  {data.accounts.map(({ accountId }, column) => (
                    <td key={accountId}>
                      {row.holders[column] ? (
                        <Check className="i i-s" role="img" aria-label="has it" />
                      ) : (
                        <span className="mute">–</span>
                      )}
                    </td>
                  ))}
                  <td className="num soft">
                    {formatCount(row.population)}
                    {row.atLeast && ' or more'}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {data.shared.length === 0 && <p className="soft">No two of them were seen with the same value.</p>}
        </section>
      )}
    </Dialog>
  );
}
