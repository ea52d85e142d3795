'use client';

import Link from 'next/link';
import { useState } from 'react';
import { TypedText } from '@/components/clusters/cluster/typed-text';
import { useDesk } from '@/components/shell/desk-context';
import { Ago } from '@/components/ui/ago';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { showInvisible } from '@/components/ui/format';
import { clusterRef } from '@/lib/clusters/rules';
import { confidenceWords } from '@/lib/intel/rules';
import {
  EVIDENCE_SIDES,
  type EvidenceItem,
  type EvidenceSide,
  type GatheredCluster,
  type HypothesisDetail,
  type HypothesisState,
} from '@/lib/intel/schema';
import type { AttributionActions } from './attribution-section';
import { AddDialog, AssessDialog, WithdrawDialog } from './hypothesis-dialogs';

const STATE_LABELS: Record<HypothesisState, string> = {
  standing: 'Hypothesis',
  attributed: 'Attributed',
  withdrawn: 'Withdrawn',
};
const SIDE_LABELS: Record<EvidenceSide, string> = { for: 'For it', against: 'Against it' };

type Open =
  | { what: 'assess' }
  | { what: 'add'; side: EvidenceSide }
  | { what: 'withdraw'; item: EvidenceItem };

/** One hypothesis: how sure and who says so, what speaks for and against it, and what was thought before. */
export function Hypothesis({
  hypothesis,
  clusters,
  actions,
}: {
  hypothesis: HypothesisDetail;
  clusters: GatheredCluster[];
  actions: AttributionActions;
}) {
  const { may } = useDesk();
  const [open, setOpen] = useState<Open | null>(null);
  const { actor, state, confidence, evidence, revisions } = hypothesis;
  const [last] = revisions;
  const manages = may('campaign.manage');
  const close = () => setOpen(null);
  return (
    <article className="in-hypothesis" data-state={state} aria-labelledby={`hypothesis-${hypothesis.id}`}>
      <header>
        <h3 id={`hypothesis-${hypothesis.id}`} className="strong">
          {showInvisible(actor.name)}
        </h3>
        <Badge tone={state === 'attributed' ? 'live' : undefined}>{STATE_LABELS[state]}</Badge>
        <span className="meter in-meter" aria-hidden="true">
          <i style={{ width: `${confidence}%` }} />
        </span>
        <span className="small">
          <b>{confidence}</b> of 100, {confidenceWords(confidence)}
        </span>
        <span className="small mute">
          {last && (
            <>
              {showInvisible(last.author.name)}, <Ago at={last.at} ago />
            </>
          )}
        </span>
        <span className="push" />
        {manages && <Button onClick={() => setOpen({ what: 'assess' })}>Assess…</Button>}
      </header>
      <div className="in-sides">
        {EVIDENCE_SIDES.map((side) => (
          <Side
            key={side}
            side={side}
            items={evidence.filter((item) => item.side === side)}
            onAdd={manages && state !== 'withdrawn' ? () => setOpen({ what: 'add', side }) : null}
            onWithdraw={manages ? (item) => setOpen({ what: 'withdraw', item }) : null}
          />
        ))}
      </div>
      <details className="in-revisions small">
        <summary>
          {revisions.length === 1 ? 'First assessment' : `${revisions.length} assessments`}
          {last && (
            <span className="mute">, the latest: {showInvisible(last.reason.replaceAll(/\s+/g, ' '))}</span>
          )}
        </summary>
        <ol>
          {revisions.map((each) => (
            <li key={each.revision}>
              <b>{each.confidence}</b>, {STATE_LABELS[each.state].toLowerCase()}{' '}
              <span className="mute">
                {showInvisible(each.author.name)}, <Ago at={each.at} ago />
              </span>
              <TypedText>{each.reason}</TypedText>
            </li>
          ))}
        </ol>
      </details>
      {open?.what === 'assess' && (
        <AssessDialog hypothesis={hypothesis} assess={actions.assess} onClose={close} />
      )}
      {open?.what === 'add' && (
        <AddDialog
          hypothesis={hypothesis}
          side={open.side}
          clusters={clusters}
          add={actions.add}
          onClose={close}
        />
      )}
      {open?.what === 'withdraw' && (
        <WithdrawDialog item={open.item} withdraw={actions.withdraw} onClose={close} />
      )}
    </article>
  );
}

function Side({
  side,
  items,
  onAdd,
  onWithdraw,
}: {
  side: EvidenceSide;
  items: EvidenceItem[];
  onAdd: (() => void) | null;
  onWithdraw: ((item: EvidenceItem) => void) | null;
}) {
  const standing = items.filter((item) => !item.withdrawn).length;
  return (
    <div>
      <h4 className="label">
        {SIDE_LABELS[side]}
        {standing > 0 && `, ${standing}`}
      </h4>
      {items.length === 0 && <p className="small mute">Nothing is written down.</p>}
      <ul>
        {items.map((item) => (
          <li key={item.id} data-withdrawn={item.withdrawn !== null || undefined}>
            <TypedText>{item.body}</TypedText>
            <p className="small mute">
              {item.cluster && (
                <>
                  <Link className="link" href={`/clusters/${item.cluster.id}`}>
                    {item.cluster.name}, {clusterRef(item.cluster.id)}
                  </Link>
                  {' · '}
                </>
              )}
              {showInvisible(item.author.name)}, <Ago at={item.at} ago />
              {item.withdrawn && (
                <>
                  {' · '}withdrawn by {showInvisible(item.withdrawn.by.name)}:{' '}
                  {showInvisible(item.withdrawn.reason)}
                </>
              )}
              {onWithdraw && !item.withdrawn && (
                <Button variant="ghost" className="in-withdraw" onClick={() => onWithdraw(item)}>
                  Withdraw…
                </Button>
              )}
            </p>
          </li>
        ))}
      </ul>
      {onAdd && (
        <Button variant="ghost" className="in-add" onClick={onAdd}>
          Add what speaks {side} it…
        </Button>
      )}
    </div>
  );
}
