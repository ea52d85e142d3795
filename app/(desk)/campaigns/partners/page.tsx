import type { Metadata } from 'next';
import { HeldValues } from '@/components/intel/held-values';
import { ImportTable } from '@/components/intel/import-table';
import { TakeBundle } from '@/components/intel/take-bundle';
import { PageHeader } from '@/components/shell/page-header';
import { requirePerson } from '@/lib/access/current-person';
import { may } from '@/lib/access/rules';
import { listHeld } from '@/lib/intel/partners/list-held';
import { listImports } from '@/lib/intel/partners/list-imports';
import { settleValueAction } from '../share-actions';
import '@/components/clusters/cluster/cluster.css';
import '@/components/enforcement/enforcement.css';
import '@/components/intel/intel.css';
import '@/components/intel/share.css';

export const metadata: Metadata = { title: 'From partners' };

export default async function PartnersPage() {
  const person = await requirePerson();
  const [imports, held] = await Promise.all([
    listImports(person),
    may(person, 'desk.read_sensitive') ? listHeld(person) : null,
  ]);
  const crumbs = [{ label: 'Campaigns', href: '/campaigns' }, { label: 'From partners' }];
  return (
    <>
      <PageHeader crumbs={crumbs}>{may(person, 'intel.import') && <TakeBundle />}</PageHeader>
      <div className="p-scroll">
        {held && <HeldValues {...held} settle={may(person, 'intel.import') ? settleValueAction : null} />}
        <ImportTable rows={imports} />
      </div>
    </>
  );
}
