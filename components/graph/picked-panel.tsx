'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import type { ClusterPageActions } from '@/components/clusters/cluster/cluster-actions';
import { proposalRefusal } from '@/components/clusters/cluster/proposal-refusal';
import { useDesk } from '@/components/shell/desk-context';
import { Button } from '@/components/ui/button';
import { formatCount, formatOf } from '@/components/ui/format';
import { later } from '@/components/ui/later';
import { RawText } from '@/components/ui/raw-text';
import { Refused } from '@/components/ui/tooltip';
import type { NetworkAccounts, NetworkSelection } from '@/lib/clusters/network-schema';
import type { ClusterDetail } from '@/lib/clusters/schema';
import type { ActionResult } from '@/lib/errors';
import { PathSteps } from './path-steps';
import type { Network } from './use-network';

const ProposeDialog = later(() =>
  import('@/components/clusters/cluster/propose-dialog').then((loaded) => loaded.ProposeDialog),
);

export interface NetworkActions extends Pick<ClusterPageActions, 'preview' | 'propose'> {
  accounts: (clusterId: number, selection: NetworkSelection) => Promise<ActionResult<NetworkAccounts>>;
}

/** What was picked, as accounts: how many, who, and what can be done with exactly these. */
export function PickedPanel({
  network,
  cluster,
  actions,
  onSelect,
}: {
  network: Network;
  cluster: ClusterDetail;
  actions: NetworkActions;
  onSelect: (id: string) => void;
}) {
  const { view, change, path } = network;
  const { person } = useDesk();
  const [proposing, setProposing] = useState(false);
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['cluster', cluster.id, 'network accounts', view.picked, view.expand],
    queryFn: async () => {
      const result = await actions.accounts(cluster.id, {
        nodes: [...view.picked],
        expand: view.expand ?? undefined,
      });
      if (!result.ok) throw new Error(result.message);
      return result.value;
    },
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 60_000,
  });
  const refusal =
    data && data.proposable.length === 0
      ? 'Only weakly linked accounts are picked; those are never proposed by themselves.'
      : proposalRefusal(cluster, person);
  const propose = (
    <Button disabled={refusal !== null || !data || isFetching} onClick={() => setProposing(true)}>
      Propose for {data ? formatCount(data.proposable.length) : '…'}…
    </Button>
  );
  return (
    <div className="net-side" aria-live="polite">
      <h3 className="net-head">{formatOf(view.picked.length, 'shape')} picked</h3>
      {path && <PathSteps network={network} onSelect={onSelect} />}
      {view.path && !path && (
        <p className="soft small">
          Nothing that is drawn joins these two. Show more kinds, or expand a group.
        </p>
      )}
      {error ? (
        <div role="alert">
          <p className="small">The accounts could not be listed: {error.message}</p>
          <Button onClick={() => void refetch()}>Try again</Button>
        </div>
      ) : data ? (
        <AccountTable data={data} stale={isFetching} />
      ) : (
        <p className="soft small" aria-busy="true">
          Listing the accounts behind them…
        </p>
      )}
      <div className="net-acts">
        {view.picked.length === 2 && (
          <Button keys="B" aria-pressed={view.path} onClick={() => change({ path: !view.path })}>
            {view.path ? 'Hide the path' : 'Path between them'}
          </Button>
        )}
        {refusal ? <Refused reason={refusal}>{propose}</Refused> : propose}
        <Button variant="ghost" onClick={() => change({ picked: [] })}>
          Clear
        </Button>
      </div>
      {proposing && data && (
        <ProposeDialog
          cluster={cluster}
          accountIds={data.proposable}
          actions={actions}
          onClose={() => setProposing(false)}
        />
      )}
    </div>
  );
}

function AccountTable({ data, stale }: { data: NetworkAccounts; stale: boolean }) {
  const left = data.accounts - data.rows.length;
  return (
    <>
      <p className="small">
        <b>{formatOf(data.accounts, 'account')}</b>
        <span className="mute">
          {' '}
          {formatCount(data.core)} core, {formatCount(data.weak)} weak
        </span>
      </p>
      {data.unknown > 0 && (
        <p className="small soft">
          {formatOf(data.unknown, 'shape')} changed with the latest detection run. Clear, and pick again.
        </p>
      )}
      <section
        className="net-picked"
        data-stale={stale || undefined}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area has to be reachable by keyboard
        tabIndex={0}
        aria-label="Accounts picked"
      >
        <table className="grid rows-28">
          <thead>
            <tr>
              <th scope="col">Account</th>
              <th scope="col">Role</th>
              <th scope="col" className="num">
                Link
              </th>
            </tr>
          </thead>
          <tbody>
            {data.rows.map((row) => (
              <tr key={row.accountId}>
                <td className="net-cell">
                  <Link
                    className="link mono"
                    prefetch={false}
                    href={`/accounts/${encodeURIComponent(row.accountId)}`}
                  >
                    <RawText>{row.accountId}</RawText>
                  </Link>
                </td>
                <td className="soft">{row.role}</td>
                <td className="num soft">{row.strength.toFixed(2)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {left > 0 && <p className="small mute">and {formatCount(left)} more</p>}
    </>
  );
}
