import type { Metadata } from 'next';
import { PageHeader } from '@/components/shell/page-header';
import { AgePanel } from '@/components/workload/age-panel';
import { LimitsPanel } from '@/components/workload/limits-panel';
import { WorkloadTable } from '@/components/workload/workload-table';
import { requirePerson } from '@/lib/access/current-person';
import { getWorkload } from '@/lib/clusters/get-workload';
import { changeLimitsAction } from './actions';
import '@/components/workload/workload.css';

export const metadata: Metadata = { title: 'Workload' };

/** Who has how much on their hands, how old the queue is against the agreed limits, and whose judgement is shared. */
export default async function WorkloadPage() {
  const workload = await getWorkload(await requirePerson());
  return (
    <>
      <PageHeader crumbs={[{ label: 'Clusters', href: '/clusters' }, { label: 'Workload' }]} />
      <div className="wl">
        <WorkloadTable workload={workload} />
        <div className="wl-side">
          <AgePanel workload={workload} />
          <LimitsPanel workload={workload} change={changeLimitsAction} key={workload.limitsVersion} />
        </div>
      </div>
    </>
  );
}
