import type { Metadata } from 'next';
import { MuteTable } from '@/components/clusters/mutes/mute-table';
import { PageHeader } from '@/components/shell/page-header';
import { requirePerson } from '@/lib/access/current-person';
import { may } from '@/lib/access/rules';
import { listMutes } from '@/lib/clusters/mutes/list-mutes';
import { liftMuteAction } from './actions';
import '@/components/settings/settings.css';

export const metadata: Metadata = { title: 'Muted patterns' };

export default async function MutedPage() {
  const person = await requirePerson();
  const mutes = await listMutes(person);
  return (
    <>
      <PageHeader crumbs={[{ label: 'Clusters', href: '/clusters' }, { label: 'Muted patterns' }]} />
      <div className="s-page">
        <MuteTable mutes={mutes} lift={may(person, 'cluster.decide') ? liftMuteAction : null} />
      </div>
    </>
  );
}
