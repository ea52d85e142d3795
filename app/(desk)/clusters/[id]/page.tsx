import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { readWay } from '@/app/read-way';
import { TimelineSection } from '@/components/charts/timeline-section';
import { AccountsSection } from '@/components/clusters/cluster/accounts-section';
import { ClusterBar } from '@/components/clusters/cluster/cluster-bar';
import { ClusterFacts } from '@/components/clusters/cluster/cluster-facts';
import { ClusterHeader } from '@/components/clusters/cluster/cluster-header';
import { DossierHead } from '@/components/clusters/cluster/dossier-head';
import { EvidenceTable } from '@/components/clusters/cluster/evidence-table';
import { HistorySection } from '@/components/clusters/cluster/history-section';
import { PromptsSection } from '@/components/clusters/cluster/prompts-section';
import { Rail } from '@/components/clusters/cluster/rail';
import { RegrowthSection } from '@/components/clusters/cluster/regrowth-section';
import { SectionTabs } from '@/components/clusters/cluster/section-tabs';
import { SimilarSection } from '@/components/clusters/cluster/similar-section';
import { LazyNetwork } from '@/components/graph/lazy-network';
import { CorroborationSection } from '@/components/intel/corroboration-section';
import { SecondLook } from '@/components/reviews/second-look';
import { TrailProvider } from '@/components/shell/trail';
import { trailCrumbs } from '@/components/shell/trail-crumbs';
import { requirePerson } from '@/lib/access/current-person';
import { may } from '@/lib/access/rules';
import { getAuditHistory } from '@/lib/audit/get-audit-history';
import { getCluster } from '@/lib/clusters/get-cluster';
import { getTimeline } from '@/lib/clusters/get-timeline';
import { listColleagues } from '@/lib/clusters/list-colleagues';
import { getRegrowth } from '@/lib/clusters/regrowth/get-regrowth';
import { listReviewsOf } from '@/lib/clusters/review/list-reviews';
import { clusterRef } from '@/lib/clusters/rules';
import { getClusterEstimate } from '@/lib/enforcement/get-cluster-estimate';
import { getWrongActions } from '@/lib/enforcement/get-wrong-actions';
import { AppError } from '@/lib/errors';
import { getClusterCampaign } from '@/lib/intel/get-cluster-campaign';
import { getCorroboration } from '@/lib/intel/partners/get-corroboration';
import { assignClusterAction, createCampaignAction } from '../../campaigns/actions';
import { settleValueAction } from '../../campaigns/share-actions';
import {
  assignClusterToAction,
  claimClusterAction,
  decideClusterAction,
  releaseClusterAction,
  undoDecisionAction,
} from '../actions';
import { commentAction, networkAccountsAction, previewAction, proposeAction } from './actions';
import '@/components/clusters/cluster/cluster.css';
import '@/components/appeals/wrong-actions.css';

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  const { cluster } = await read((await params).id);
  return { title: `${cluster.name}, ${clusterRef(cluster.id)}` };
}

export default async function ClusterPage({ params, searchParams }: Props) {
  const {
    person,
    cluster,
    timeline,
    history,
    wrong,
    regrowth,
    campaign,
    reviews,
    estimate,
    corroboration,
    people,
  } = await read((await params).id);
  const way = await readWay(person, searchParams);
  return (
    <TrailProvider way={way} here={{ type: 'cluster', id: cluster.id }}>
      <ClusterBar cluster={cluster} way={trailCrumbs(way)} />
      <DossierHead
        clusterId={cluster.id}
        accounts={cluster.accounts + cluster.weakAccounts}
        at={new Date().toISOString()}
      />
      <ClusterHeader
        cluster={cluster}
        personId={person.id}
        people={people.filter((each) => each.claims)}
        actions={{
          claim: claimClusterAction,
          release: releaseClusterAction,
          decide: decideClusterAction,
          undo: undoDecisionAction,
          assign: assignClusterToAction,
          preview: previewAction,
          propose: proposeAction,
        }}
      />
      <ClusterFacts cluster={cluster} timeline={timeline} />
      <SectionTabs
        sections={[
          { id: 'evidence', label: 'Evidence', count: cluster.allEvidence.length },
          ...(regrowth ? [{ id: 'regrowth', label: 'Regrowth', count: regrowth.total }] : []),
          ...(corroboration.length > 0
            ? [{ id: 'partners', label: 'Partners', count: corroboration.length }]
            : []),
          { id: 'timeline', label: 'Timeline' },
          ...(may(person, 'desk.read_sensitive') ? [{ id: 'prompts', label: 'Prompts' }] : []),
          { id: 'network', label: 'Network' },
          { id: 'accounts', label: 'Accounts', count: cluster.accounts + cluster.weakAccounts },
          { id: 'similar', label: 'Similar' },
          { id: 'history', label: 'History', count: history.length },
        ]}
      />
      <div className="cl-cols">
        <div className="cl-content">
          <EvidenceTable cluster={cluster} />
          <CorroborationSection rows={corroboration} settle={settleValueAction} />
          {regrowth && <RegrowthSection regrowth={regrowth} reopens={cluster.reopenedCause === 'regrowth'} />}
          <TimelineSection
            key={`t${cluster.id}`}
            source={`/api/clusters/${cluster.id}/timeline`}
            initial={timeline}
            others={cluster.others}
            handoff={may(person, 'desk.read_sensitive') ? `/api/clusters/${cluster.id}/handoff` : undefined}
          />
          {may(person, 'desk.read_sensitive') && (
            <PromptsSection key={`p${cluster.id}`} clusterId={cluster.id} accounts={cluster.accounts} />
          )}
          {may(person, 'desk.read_sensitive') && (
            <LazyNetwork
              key={`n${cluster.id}`}
              cluster={cluster}
              actions={{ preview: previewAction, propose: proposeAction, accounts: networkAccountsAction }}
            />
          )}
          <AccountsSection
            key={`a${cluster.id}`}
            cluster={cluster}
            actions={{ preview: previewAction, propose: proposeAction }}
          />
          <SimilarSection key={`s${cluster.id}`} clusterId={cluster.id} />
          <HistorySection id={clusterRef(cluster.id)} rows={history} />
        </div>
        <Rail
          cluster={cluster}
          wrong={wrong}
          secondLook={
            <SecondLook confirmed={cluster.status === 'confirmed'} reviews={reviews} estimate={estimate} />
          }
          comment={commentAction}
          undo={undoDecisionAction}
          people={people}
          personId={person.id}
          campaign={campaign}
          campaignActions={{ assign: assignClusterAction, create: createCampaignAction }}
        />
      </div>
    </TrailProvider>
  );
}

/** All that the page needs, read once for it and its title; a cluster that does not exist is a page of its own. */
const read = cache(async (text: string) => {
  const person = await requirePerson();
  if (!/^\d{1,9}$/.test(text)) notFound();
  const id = Number(text);
  try {
    const [cluster, timeline, history, wrong, regrowth, campaign, reviews, estimate, corroboration, people] =
      await Promise.all([
        getCluster(person, id),
        getTimeline(person, id),
        getAuditHistory(person, 'cluster', clusterRef(id)),
        getWrongActions(person, id),
        getRegrowth(person, id),
        getClusterCampaign(person, id),
        listReviewsOf(person, id),
        getClusterEstimate(person, id),
        may(person, 'desk.read_sensitive') ? getCorroboration(person, id) : [],
        listColleagues(person),
      ]);
    return {
      person,
      cluster,
      timeline,
      history,
      wrong,
      regrowth,
      campaign,
      reviews,
      estimate,
      corroboration,
      people,
    };
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound();
    throw error;
  }
});
