import type { Metadata } from 'next';
import { SessionPanel } from '@/components/settings/session-panel';
import { SettingsTabs } from '@/components/settings/settings-tabs';
import { PageHeader } from '@/components/shell/page-header';
import { requirePerson } from '@/lib/access/current-person';
import { listSessions } from '@/lib/access/list-sessions';
import { endSessionAction, signOutEverywhereAction } from './actions';
import '@/components/settings/settings.css';

export const metadata: Metadata = { title: 'Your sign-in' };

export default async function SignInSettingsPage() {
  const person = await requirePerson();
  const sessions = await listSessions(person);
  return (
    <>
      <PageHeader title="Settings" tabs={<SettingsTabs current="/settings/sign-in" />} />
      <div className="s-page">
        <SessionPanel sessions={sessions} end={endSessionAction} endAll={signOutEverywhereAction} />
      </div>
    </>
  );
}
