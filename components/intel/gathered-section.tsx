'use client';

import Link from 'next/link';
import { useState } from 'react';
import { SeverityMark } from '@/components/clusters/severity-mark';
import { StateMark } from '@/components/clusters/state-mark';
import { useDesk } from '@/components/shell/desk-context';
import { Ago } from '@/components/ui/ago';
import { Button } from '@/components/ui/button';
import { formatCount, formatOf, formatPercent, formatShort, showInvisible } from '@/components/ui/format';
import { ReasonField } from '@/components/ui/reason-field';
import { clusterRef } from '@/lib/clusters/rules';
import type { ActionResult } from '@/lib/errors';
import type { AssignClusterInput, CampaignDetail, GatheredCluster } from '@/lib/intel/schema';
import { FormDialog } from './form-dialog';

export type Assign = (input: AssignClusterInput) => Promise<ActionResult<unknown>>;
type Moving = { id: number; name: string; from: number | null };

/** The clusters of a campaign with their share of its volume, and those that it may have missed. */
export function GatheredSection({ campaign, assign }: { campaign: CampaignDetail; assign: Assign }) {
  const { may } = useDesk();
  const [moving, setMoving] = useState<Moving | null>(null);
  const { clusters, offshoots } = campaign;
  const total = clusters.reduce((sum, cluster) => sum + (cluster.counts ? cluster.exchanges : 0), 0);
  return (
    <section className="sec" id="clusters" aria-labelledby="clusters-title">
      <header>
        <h2 id="clusters-title">Clusters</h2>
        <span className="small mute">{formatOf(clusters.length, 'cluster')}</span>
        <span className="push" />
        {clusters.length > 0 && (
          <Link className="link small" href={`/clusters?campaign=${campaign.id}`}>
            Show in the queue
          </Link>
        )}
      </header>
      {clusters.length === 0 ? (
        <p className="cl-none">
          No cluster is in it. Open a cluster and choose this campaign beside its evidence.
        </p>
      ) : (
        <table className="grid rows-40 in-clusters">
          <thead>
            <tr>
              <th scope="col">Cluster</th>
              <th scope="col">Score</th>
              <th scope="col">State</th>
              <th scope="col" className="num">
                Accounts
              </th>
              <th scope="col" className="num">
                Exchanges
              </th>
              <th scope="col" className="num">
                Output tokens
              </th>
              <th scope="col">Added</th>
              <th scope="col" aria-label="Actions" />
            </tr>
          </thead>
          <tbody>
            {clusters.map((cluster) => (
              <tr key={cluster.id}>
                <td className="p-what">
                  <Link className="strong" href={`/clusters/${cluster.id}`}>
                    {cluster.name}
                  </Link>
                  <span className="small mute clip">
                    {clusterRef(cluster.id)}
                    {note(cluster)}
                  </span>
                </td>
                <td>
                  <SeverityMark score={cluster.score} />
                </td>
                <td>
                  <StateMark status={cluster.status} reopenedCause={cluster.reopenedCause} />
                </td>
                <td className="num">{formatCount(cluster.accounts)}</td>
                <td className="num">
                  {formatShort(cluster.exchanges)}{' '}
                  <span className="mute small">
                    {cluster.counts && total > 0 ? formatPercent(cluster.exchanges / total) : 'not counted'}
                  </span>
                </td>
                <td className="num">{formatShort(cluster.outputTokens)}</td>
                <td className="soft small">
                  {showInvisible(cluster.addedBy.name)}, <Ago at={cluster.addedAt} ago />
                </td>
                <td className="num">
                  {may('campaign.manage') && (
                    <Button
                      variant="ghost"
                      aria-label={`Take ${cluster.name} out`}
                      onClick={() => setMoving({ id: cluster.id, name: cluster.name, from: campaign.id })}
                    >
                      Take out…
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {offshoots.length > 0 && (
        <ul className="in-offshoots small">
          {offshoots.map((each) => (
            <li key={each.id}>
              <Link className="link" href={`/clusters/${each.id}`}>
                {each.name}
              </Link>{' '}
              ({formatOf(each.accounts, 'account')}) split from {clusterRef(each.from)} and is in no campaign.
              {may('campaign.manage') && (
                <Button
                  variant="ghost"
                  onClick={() => setMoving({ id: each.id, name: each.name, from: null })}
                >
                  Add…
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {moving && (
        <MoveDialog campaign={campaign} moving={moving} assign={assign} onClose={() => setMoving(null)} />
      )}
    </section>
  );
}

function note({ active, mergedInto, status }: GatheredCluster): string {
  if (mergedInto)
    return ` · taken over by ${clusterRef(mergedInto.id)}${mergedInto.inCampaign ? '' : ', which is not in this campaign'}`;
  if (status === 'dismissed') return ' · dismissed, not counted';
  return active ? '' : ' · no longer found';
}

function MoveDialog({
  campaign,
  moving,
  assign,
  onClose,
}: {
  campaign: CampaignDetail;
  moving: Moving;
  assign: Assign;
  onClose: () => void;
}) {
  const [reason, setReason] = useState('');
  const out = moving.from !== null;
  const input = { clusterId: moving.id, from: moving.from, to: out ? null : campaign.id, reason };
  return (
    <FormDialog
      title={out ? `Take ${moving.name} out?` : `Add ${moving.name}?`}
      note={
        out
          ? 'Its volume no longer counts here. Its state and every proposal stay as they are.'
          : 'Its volume counts here from now on. Nothing is done to its accounts.'
      }
      button={out ? 'Take out' : 'Add'}
      done={out ? `${moving.name} is out of the campaign` : `${moving.name} is in the campaign`}
      input={reason.trim().length >= 3 ? input : null}
      act={assign}
      onClose={onClose}
    >
      <ReasonField value={reason} onChange={setReason} autoFocus />
    </FormDialog>
  );
}
