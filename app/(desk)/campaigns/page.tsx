import type { Metadata } from 'next';
import { CampaignTable } from '@/components/intel/campaign-table';
import { NewCampaign } from '@/components/intel/new-campaign';
import { PageHeader } from '@/components/shell/page-header';
import { requirePerson } from '@/lib/access/current-person';
import { may } from '@/lib/access/rules';
import { listCampaigns } from '@/lib/intel/list-campaigns';
import { createCampaignAction } from './actions';
import '@/components/enforcement/enforcement.css';
import '@/components/intel/intel.css';

export const metadata: Metadata = { title: 'Campaigns' };

export default async function CampaignsPage() {
  const person = await requirePerson();
  const rows = await listCampaigns(person);
  return (
    <>
      <PageHeader title="Campaigns" fit>
        {may(person, 'campaign.manage') && <NewCampaign create={createCampaignAction} />}
      </PageHeader>
      <div className="p-scroll">
        {rows.length > 0 ? (
          <CampaignTable rows={rows} />
        ) : (
          <div className="p-nothing">
            <p className="strong">No campaign is open.</p>
            <p className="soft">
              A campaign gathers the clusters that one operation runs. Open one from a cluster’s page, or here
              and add clusters afterwards.
            </p>
          </div>
        )}
      </div>
    </>
  );
}
