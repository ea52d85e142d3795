import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { TimelineSection } from '@/components/charts/timeline-section';
import { HistorySection } from '@/components/clusters/cluster/history-section';
import { AttributionSection } from '@/components/intel/attribution-section';
import { CampaignFacts } from '@/components/intel/campaign-facts';
import { CampaignHeader } from '@/components/intel/campaign-header';
import { GatheredSection } from '@/components/intel/gathered-section';
import { SharingSection } from '@/components/intel/sharing-section';
import { PageHeader } from '@/components/shell/page-header';
import { showInvisible } from '@/components/ui/format';
import { requirePerson } from '@/lib/access/current-person';
import { getAuditHistory } from '@/lib/audit/get-audit-history';
import { AppError } from '@/lib/errors';
import { getCampaign } from '@/lib/intel/get-campaign';
import { getCampaignTimeline } from '@/lib/intel/get-campaign-timeline';
import { listShares } from '@/lib/intel/list-shares';
import { campaignRef } from '@/lib/intel/rules';
import {
  addEvidenceAction,
  assessHypothesisAction,
  assignClusterAction,
  editCampaignAction,
  supposeActorAction,
  withdrawEvidenceAction,
} from '../actions';
import '@/components/clusters/cluster/cluster.css';
import '@/components/intel/intel.css';
import '@/components/intel/share.css';

interface Props {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { campaign } = await read((await params).id);
  return { title: `${showInvisible(campaign.name)}, ${campaignRef(campaign.id)}` };
}

export default async function CampaignPage({ params }: Props) {
  const { campaign, timeline, history, shares } = await read((await params).id);
  const name = showInvisible(campaign.name);
  return (
    <>
      <PageHeader crumbs={[{ label: 'Campaigns', href: '/campaigns' }, { label: name }]} />
      <CampaignHeader campaign={campaign} edit={editCampaignAction} />
      <CampaignFacts campaign={campaign} timeline={timeline} />
      <div className="cl-content in-content">
        <GatheredSection campaign={campaign} assign={assignClusterAction} />
        <TimelineSection source={`/api/campaigns/${campaign.id}/timeline`} initial={timeline} />
        <AttributionSection
          campaign={campaign}
          actions={{
            suppose: supposeActorAction,
            assess: assessHypothesisAction,
            add: addEvidenceAction,
            withdraw: withdrawEvidenceAction,
          }}
        />
        <SharingSection campaignId={campaign.id} shares={shares} />
        <HistorySection type="campaign" id={campaignRef(campaign.id)} rows={history} />
      </div>
    </>
  );
}

const read = cache(async (text: string) => {
  const person = await requirePerson();
  if (!/^\d{1,9}$/.test(text)) notFound();
  const id = Number(text);
  try {
    const [campaign, timeline, history, shares] = await Promise.all([
      getCampaign(person, id),
      getCampaignTimeline(person, id),
      getAuditHistory(person, 'campaign', campaignRef(id)),
      listShares(person, { campaignId: id }),
    ]);
    return { campaign, timeline, history, shares };
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound();
    throw error;
  }
});
