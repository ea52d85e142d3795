import type { Metadata } from 'next';
import { Health } from '@/components/overview/health';
import { NeedsYou } from '@/components/overview/needs-you';
import { QueueFacts } from '@/components/overview/queue-facts';
import { PageHeader } from '@/components/shell/page-header';
import { requirePerson } from '@/lib/access/current-person';
import { getDeskStatus } from '@/lib/clusters/desk-status';
import { getOverview } from '@/lib/clusters/get-overview';
import { listProposals } from '@/lib/enforcement/list-proposals';
import '@/components/overview/overview.css';

export const metadata: Metadata = { title: 'Overview' };

export default async function OverviewPage() {
  const person = await requirePerson();
  const [overview, status, proposals] = await Promise.all([
    getOverview(person),
    getDeskStatus(person),
    listProposals(person, { view: 'waiting' }),
  ]);
  return (
    <>
      <PageHeader title="Overview" />
      <div className="ov">
        <NeedsYou overview={overview} approvals={proposals.rows.filter((row) => row.waitsForMe)} />
        <div className="ov-side">
          <QueueFacts overview={overview} />
          <Health overview={overview} status={status} />
        </div>
      </div>
    </>
  );
}
