import type { Metadata } from 'next';
import { SettingsTabs } from '@/components/settings/settings-tabs';
import { SharingPanels } from '@/components/settings/sharing/sharing-panels';
import { PageHeader } from '@/components/shell/page-header';
import { requirePerson } from '@/lib/access/current-person';
import { getSharingSettings } from '@/lib/intel/get-sharing-settings';
import { changeProducerAction, setSharingKeyAction } from './actions';
import '@/components/settings/settings.css';
import '@/components/settings/provider/provider.css';

export const metadata: Metadata = { title: 'Sharing' };

export default async function SharingPage() {
  const { mayChange, ...settings } = await getSharingSettings(await requirePerson());
  return (
    <>
      <PageHeader title="Settings" tabs={<SettingsTabs current="/settings/sharing" />} />
      <div className="s-page">
        <SharingPanels
          settings={settings}
          actions={mayChange ? { change: changeProducerAction, setKey: setSharingKeyAction } : null}
        />
      </div>
    </>
  );
}
