import type { Metadata } from 'next';
import { KeyPanel } from '@/components/settings/key-panel';
import { UserPanel } from '@/components/settings/user-panel';
import { PageHeader } from '@/components/shell/page-header';
import { requirePerson } from '@/lib/access/current-person';
import { listApiKeys } from '@/lib/access/list-api-keys';
import { listUsers } from '@/lib/access/list-users';
import { may } from '@/lib/access/rules';
import { addApiKeyAction, addUserAction, revokeApiKeyAction, setUserDisabledAction } from './actions';
import '@/components/settings/settings.css';

export const metadata: Metadata = { title: 'Settings' };

export default async function SettingsPage() {
  const person = await requirePerson();
  const [users, keys] = await Promise.all([
    may(person, 'user.manage') ? listUsers(person) : null,
    may(person, 'key.manage') ? listApiKeys(person) : null,
  ]);
  return (
    <>
      <PageHeader title="Settings" />
      <div className="s-page">
        {users ? (
          <UserPanel users={users} add={addUserAction} setDisabled={setUserDisabledAction} />
        ) : (
          <NotYours id="users" title="Users" what="add, disable and enable users" />
        )}
        {keys ? (
          <KeyPanel keys={keys} add={addApiKeyAction} revoke={revokeApiKeyAction} />
        ) : (
          <NotYours id="keys" title="API keys" what="make and revoke keys" />
        )}
      </div>
    </>
  );
}

function NotYours({ id, title, what }: { id: string; title: string; what: string }) {
  return (
    <section className="panel" id={id} aria-labelledby={`${id}-title`}>
      <header>
        <h2 id={`${id}-title`}>{title}</h2>
      </header>
      <p className="body soft">Only administrators {what}. Ask one of them.</p>
    </section>
  );
}
