import Link from 'next/link';
import type { ReactNode } from 'react';
import { WrongActionsBody } from '@/components/appeals/wrong-actions';
import { AxesChart } from '@/components/charts/axes-chart';
import { proposalTitle } from '@/components/enforcement/words';
import { CampaignChoice, type CampaignChoiceActions } from '@/components/intel/campaign-choice';
import { Ago } from '@/components/ui/ago';
import type { ClusterDetail, PersonRef } from '@/lib/clusters/schema';
import type { WrongActions } from '@/lib/enforcement/appeal-schema';
import { proposalRef } from '@/lib/enforcement/rules';
import type { EnforcementAction } from '@/lib/enforcement/schema';
import type { ClusterCampaign } from '@/lib/intel/schema';
import { type CommentAction, Comments } from './comments';
import { Decisions } from './decisions';
import { Lineage } from './lineage';
import type { UndoAction } from './undo-button';

/** Beside the evidence: where it lies, where it comes from, what people said, decided and proposed. */
export function Rail({
  cluster,
  wrong,
  secondLook,
  comment,
  undo,
  people,
  personId,
  campaign,
  campaignActions,
}: {
  cluster: ClusterDetail;
  wrong: WrongActions;
  secondLook: ReactNode;
  comment: CommentAction;
  undo: UndoAction;
  /** Whom a comment may name. */
  people: PersonRef[];
  personId: number;
  campaign: ClusterCampaign;
  campaignActions: CampaignChoiceActions;
}) {
  return (
    <aside className="rail cl-rail" aria-label="Beside the evidence">
      <section aria-labelledby="axes-title">
        <h2 id="axes-title">Axes</h2>
        <AxesChart {...cluster} />
      </section>
      <section aria-labelledby="campaign-title">
        <h2 id="campaign-title">Campaign</h2>
        <CampaignChoice cluster={cluster} {...campaign} actions={campaignActions} />
      </section>
      <section aria-labelledby="comments-title">
        <h2 id="comments-title">
          Comments <span className="label push">{cluster.comments.length || ''}</span>
        </h2>
        <Comments clusterId={cluster.id} comments={cluster.comments} people={people} comment={comment} />
      </section>
      <section aria-labelledby="decisions-title">
        <h2 id="decisions-title">Decisions and proposals</h2>
        <Decisions clusterId={cluster.id} decisions={cluster.decisions} personId={personId} undo={undo} />
        {cluster.proposals.length > 0 && (
          <ul className="cl-list">
            {cluster.proposals.map((proposal) => (
              <li key={proposal.id}>
                <Link className="link" href={`/approvals/${proposal.id}`}>
                  {proposalRef(proposal.id)}
                </Link>{' '}
                {proposalTitle({ ...proposal, action: proposal.action as EnforcementAction, cluster: null })}
                <span className="mute small">
                  {' '}
                  {proposal.status}, by {proposal.proposedBy.name} <Ago at={proposal.proposedAt} ago />
                </span>
              </li>
            ))}
          </ul>
        )}
        {cluster.decisions.length + cluster.proposals.length === 0 && (
          <p className="small mute">
            Nothing is decided yet. Confirm or dismiss it with a reason; a ban needs a confirmed cluster.
          </p>
        )}
      </section>
      <section aria-labelledby="second-title">
        <h2 id="second-title">Second look</h2>
        {secondLook}
      </section>
      {wrong.actedOn > 0 && (
        <section aria-labelledby="wrong-title">
          <h2 id="wrong-title">Owners who were right</h2>
          <WrongActionsBody wrong={wrong} />
        </section>
      )}
      <section id="lineage" aria-labelledby="lineage-title">
        <h2 id="lineage-title">Lineage</h2>
        <Lineage rows={cluster.lineage} />
      </section>
    </aside>
  );
}
