import type { Metadata } from 'next';
import { AfterTheAct } from '@/components/overview/after-the-act';
import { Extraction } from '@/components/overview/extraction';
import { Health } from '@/components/overview/health';
import { NeedsYou } from '@/components/overview/needs-you';
import { QueueFacts } from '@/components/overview/queue-facts';
import { sumSparks } from '@/components/overview/sum-sparks';
import { PageHeader } from '@/components/shell/page-header';
import { formatDay } from '@/components/ui/format';
import { requirePerson } from '@/lib/access/current-person';
import { getDeskStatus } from '@/lib/clusters/desk-status';
import { getOverview } from '@/lib/clusters/get-overview';
import { listClusters } from '@/lib/clusters/list-clusters';
import { clusterFilterSchema } from '@/lib/clusters/schema';
import { getWrongActions } from '@/lib/enforcement/get-wrong-actions';
import { listProposals } from '@/lib/enforcement/list-proposals';
import '@/components/overview/overview.css';
import '@/components/appeals/wrong-actions.css';

export const metadata: Metadata = { title: 'Overview' };

export default async function OverviewPage() {
  const person = await requirePerson();
  const [overview, status, proposals, extraction, wrong] = await Promise.all([
    getOverview(person),
    getDeskStatus(person),
    listProposals(person, { view: 'waiting' }),
    listClusters(person, clusterFilterSchema.parse({ quadrant: 'distillation' })),
    getWrongActions(person),
  ]);
  return (
    <>
      <PageHeader
        title="Overview"
        tabs={<span className="small mute">{formatDay(new Date().toISOString())}, UTC</span>}
      />
      <div className="ov">
        <div className="ov-main">
          <NeedsYou overview={overview} approvals={proposals.rows.filter((row) => row.waitsForMe)} />
          <Extraction {...sumSparks(extraction.rows)} />
        </div>
        <div className="ov-side">
          <QueueFacts overview={overview} />
          <AfterTheAct wrong={wrong} conflicts={overview.conflicts} />
          <Health overview={overview} status={status} />
        </div>
      </div>
    </>
  );
}
