import type { Metadata } from 'next';
import { CodePanel } from '@/components/settings/code-panel';
import { PasswordPanel } from '@/components/settings/password-panel';
import { SessionPanel } from '@/components/settings/session-panel';
import { SettingsTabs } from '@/components/settings/settings-tabs';
import { PageHeader } from '@/components/shell/page-header';
import { requirePerson } from '@/lib/access/current-person';
import { getCodeState } from '@/lib/access/get-code-state';
import { listSessions } from '@/lib/access/list-sessions';
import { changePasswordAction, endSessionAction, signOutEverywhereAction } from './actions';
import { beginCodeAction, confirmCodeAction, removeCodeAction } from './code-actions';
import '@/components/settings/settings.css';

export const metadata: Metadata = { title: 'Your sign-in' };

export default async function SignInSettingsPage() {
  const person = await requirePerson();
  const [sessions, code] = await Promise.all([listSessions(person), getCodeState(person)]);
  return (
    <>
      <PageHeader title="Settings" tabs={<SettingsTabs current="/settings/sign-in" />} />
      <div className="s-page">
        {!person.atProvider && (
          <>
            <PasswordPanel change={changePasswordAction} />
            <CodePanel
              state={code}
              actions={{ begin: beginCodeAction, confirm: confirmCodeAction, remove: removeCodeAction }}
            />
          </>
        )}
        <SessionPanel sessions={sessions} end={endSessionAction} endAll={signOutEverywhereAction} />
      </div>
    </>
  );
}
