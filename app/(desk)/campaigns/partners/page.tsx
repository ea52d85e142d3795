import type { Metadata } from 'next';
import { HeldValues } from '@/components/intel/held-values';
import { ImportTable } from '@/components/intel/import-table';
import { SettledValues } from '@/components/intel/settled-values';
import { TakeBundle } from '@/components/intel/take-bundle';
import { PageHeader } from '@/components/shell/page-header';
import { requirePerson } from '@/lib/access/current-person';
import { may } from '@/lib/access/rules';
import { listHeld } from '@/lib/intel/partners/list-held';
import { listImports } from '@/lib/intel/partners/list-imports';
import { listSettled } from '@/lib/intel/partners/list-settled';
import { settleValueAction } from '../share-actions';
import '@/components/clusters/cluster/cluster.css';
import '@/components/enforcement/enforcement.css';
import '@/components/intel/intel.css';
import '@/components/intel/share.css';

export const metadata: Metadata = { title: 'From partners' };

export default async function PartnersPage() {
  const person = await requirePerson();
  const sensitive = may(person, 'desk.read_sensitive');
  const [imports, held, settled] = await Promise.all([
    listImports(person),
    sensitive ? listHeld(person) : null,
    sensitive ? listSettled(person) : [],
  ]);
  const settle = may(person, 'intel.import') ? settleValueAction : null;
  const crumbs = [{ label: 'Campaigns', href: '/campaigns' }, { label: 'From partners' }];
  return (
    <>
      <PageHeader crumbs={crumbs}>{may(person, 'intel.import') && <TakeBundle />}</PageHeader>
      <div className="p-scroll">
        {held && <HeldValues {...held} settle={settle} />}
        <ImportTable rows={imports} />
        <SettledValues rows={settled} settle={settle} />
      </div>
    </>
  );
}
