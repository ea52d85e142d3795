import type { Metadata } from 'next';
import Link from 'next/link';
import { CampaignTable } from '@/components/intel/campaign-table';
import { NewCampaign } from '@/components/intel/new-campaign';
import { ShareTable } from '@/components/intel/share-table';
import { PageHeader } from '@/components/shell/page-header';
import { requirePerson } from '@/lib/access/current-person';
import { may } from '@/lib/access/rules';
import { listCampaigns } from '@/lib/intel/list-campaigns';
import { listShares } from '@/lib/intel/list-shares';
import { createCampaignAction } from './actions';
import '@/components/enforcement/enforcement.css';
import '@/components/intel/intel.css';
import '@/components/intel/share.css';

export const metadata: Metadata = { title: 'Campaigns' };

export default async function CampaignsPage() {
  const person = await requirePerson();
  const [rows, waiting] = await Promise.all([listCampaigns(person), listShares(person, 'waiting')]);
  return (
    <>
      <PageHeader title="Campaigns" fit>
        <Link className="btn" href="/campaigns/partners">
          From partners
        </Link>
        {may(person, 'campaign.manage') && <NewCampaign create={createCampaignAction} />}
      </PageHeader>
      <div className="p-scroll">
        {waiting.length > 0 && (
          <section className="sec sh-waiting" aria-labelledby="waiting-title">
            <header>
              <h2 id="waiting-title">Waiting to be shared</h2>
              <span className="small mute">somebody other than the proposer approves</span>
            </header>
            <ShareTable rows={waiting} naming />
          </section>
        )}
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
