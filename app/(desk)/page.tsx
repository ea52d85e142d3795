import type { Metadata } from 'next';
import { AfterTheAct } from '@/components/overview/after-the-act';
import { Health } from '@/components/overview/health';
import { NeedsYou } from '@/components/overview/needs-you';
import { QueueFacts } from '@/components/overview/queue-facts';
import { VolumesSection } from '@/components/overview/volumes';
import { PageHeader } from '@/components/shell/page-header';
import { formatDay } from '@/components/ui/format';
import { requirePerson } from '@/lib/access/current-person';
import { may } from '@/lib/access/rules';
import { getDeskStatus } from '@/lib/clusters/desk-status';
import { getOverview } from '@/lib/clusters/get-overview';
import { getWrongActions } from '@/lib/enforcement/get-wrong-actions';
import { listProposals } from '@/lib/enforcement/list-proposals';
import { listCampaigns } from '@/lib/intel/list-campaigns';
import { listShares } from '@/lib/intel/list-shares';
import { getDeskHealth } from '@/lib/worker/get-desk-health';
import '@/components/overview/overview.css';
import '@/components/appeals/wrong-actions.css';

export const metadata: Metadata = { title: 'Overview' };

export default async function OverviewPage() {
  const person = await requirePerson();
  const [overview, status, proposals, shares, campaigns, wrong, health] = await Promise.all([
    getOverview(person),
    getDeskStatus(person),
    listProposals(person, { view: 'waiting' }),
    may(person, 'share.approve') ? listShares(person, 'waiting') : [],
    listCampaigns(person),
    getWrongActions(person),
    getDeskHealth(person),
  ]);
  return (
    <>
      <PageHeader
        title="Overview"
        tabs={<span className="small mute">{formatDay(new Date().toISOString())}, UTC</span>}
      />
      <div className="ov">
        <div className="ov-main">
          <NeedsYou
            overview={overview}
            approvals={proposals.rows.filter((row) => row.waitsForMe)}
            shares={shares.filter(({ proposedBy }) => proposedBy.id !== person.id)}
          />
          <VolumesSection campaigns={campaigns} />
        </div>
        <div className="ov-side">
          <QueueFacts overview={overview} />
          <AfterTheAct wrong={wrong} conflicts={overview.conflicts} />
          <Health overview={overview} status={status} health={health} />
        </div>
      </div>
    </>
  );
}
