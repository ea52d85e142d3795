import type { Metadata } from 'next';
import { InfrastructureView } from '@/components/settings/infrastructure/infrastructure-view';
import { SettingsTabs } from '@/components/settings/settings-tabs';
import { PageHeader } from '@/components/shell/page-header';
import { requirePerson } from '@/lib/access/current-person';
import { may } from '@/lib/access/rules';
import { listLists } from '@/lib/infrastructure/list-lists';
import { endListAction, importListAction, settleHeldAction } from './actions';
import '@/components/settings/settings.css';

export const metadata: Metadata = { title: 'Known infrastructure' };

export default async function InfrastructurePage() {
  const person = await requirePerson();
  const lists = await listLists(person);
  const actions = { import: importListAction, settle: settleHeldAction, end: endListAction };
  return (
    <>
      <PageHeader title="Settings" tabs={<SettingsTabs current="/settings/infrastructure" />} />
      <div className="s-page">
        <InfrastructureView lists={lists} actions={may(person, 'settings.manage') ? actions : null} />
      </div>
    </>
  );
}
