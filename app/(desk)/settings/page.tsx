import type { Metadata } from 'next';
import { HoldPanel } from '@/components/settings/hold-panel';
import { KeyPanel } from '@/components/settings/key-panel';
import { NotificationPanel } from '@/components/settings/notification-panel';
import { CountermeasurePanel } from '@/components/settings/provider/countermeasure-panel';
import { NoticePanel } from '@/components/settings/provider/notice-panel';
import { ProviderPanel } from '@/components/settings/provider/provider-panel';
import { SettingHistory } from '@/components/settings/provider/setting-history';
import { SettingsTabs } from '@/components/settings/settings-tabs';
import { StreamPanel } from '@/components/settings/stream-panel';
import { TiersPanel } from '@/components/settings/tiers-panel';
import { UserPanel } from '@/components/settings/user-panel';
import { PageHeader } from '@/components/shell/page-header';
import { requirePerson } from '@/lib/access/current-person';
import { listApiKeys } from '@/lib/access/list-api-keys';
import { listUsers } from '@/lib/access/list-users';
import { may } from '@/lib/access/rules';
import { getStreams } from '@/lib/audit/get-streams';
import { getProviderSettings } from '@/lib/enforcement/get-provider-settings';
import { listHolds } from '@/lib/enforcement/list-holds';
import { tiersSetting } from '@/lib/enforcement/tiers-settings-schema';
import { getDelivery } from '@/lib/notifications/get-delivery';
import { listSettingVersions } from '@/lib/settings/list-setting-versions';
import { readSetting } from '@/lib/settings/read-setting';
import {
  addApiKeyAction,
  addUserAction,
  resetPasswordAction,
  revokeApiKeyAction,
  rotateApiKeyAction,
  setUserDisabledAction,
  setUserRoleAction,
  signUserOutAction,
} from './actions';
import { addHoldAction, changeTiersAction, endHoldAction } from './enforcement-actions';
import {
  changeNotificationWebhookAction,
  rotateNotificationSecretAction,
  testDeliveryAction,
} from './notification-actions';
import {
  changeCountermeasuresAction,
  changeNoticesAction,
  changeProviderAction,
  rotateWebhookSecretAction,
  setLitellmKeyAction,
  testProviderAction,
} from './provider-actions';
import '@/components/settings/settings.css';
import '@/components/settings/provider/provider.css';

export const metadata: Metadata = { title: 'Settings' };

export default async function SettingsPage() {
  const person = await requirePerson();
  const [users, keys, provider, streams, tiers, tierVersions, holds, delivery] = await Promise.all([
    may(person, 'user.manage') ? listUsers(person) : null,
    may(person, 'key.manage') ? listApiKeys(person) : null,
    getProviderSettings(person),
    getStreams(person),
    readSetting(tiersSetting),
    listSettingVersions(person, tiersSetting),
    listHolds(person),
    getDelivery(person),
  ]);
  return (
    <>
      <PageHeader title="Settings" tabs={<SettingsTabs current="/settings" />} />
      <div className="s-page">
        {users ? (
          <UserPanel
            users={users}
            add={addUserAction}
            setDisabled={setUserDisabledAction}
            setRole={setUserRoleAction}
            signOut={signUserOutAction}
            reset={resetPasswordAction}
          />
        ) : (
          <NotYours id="users" title="Users" what="add, disable and enable users" />
        )}
        {keys ? (
          <KeyPanel
            keys={keys}
            add={addApiKeyAction}
            rotate={rotateApiKeyAction}
            revoke={revokeApiKeyAction}
          />
        ) : (
          <NotYours id="keys" title="API keys" what="make and revoke keys" />
        )}
        {may(person, 'settings.manage') ? (
          <TiersPanel tiers={tiers} versions={tierVersions} change={changeTiersAction} key={tiers.version} />
        ) : (
          <NotYours id="tiers" title="Approval tiers" what="change how many people approve what" />
        )}
        {may(person, 'hold.manage') ? (
          <HoldPanel {...holds} actions={{ add: addHoldAction, end: endHoldAction }} />
        ) : (
          <NotYours id="holds" title="Never-ban list and legal holds" what="change them" />
        )}
        <ProviderPanel
          view={provider}
          actions={{
            change: changeProviderAction,
            rotate: rotateWebhookSecretAction,
            setKey: setLitellmKeyAction,
            test: testProviderAction,
          }}
        />
        <CountermeasurePanel
          setting={provider.countermeasures}
          change={provider.mayChange ? changeCountermeasuresAction : null}
        />
        <NoticePanel
          setting={provider.notices}
          change={provider.mayChange ? changeNoticesAction : null}
          example={provider.countermeasures.value[0]?.name ?? 'Cap output'}
        />
        <SettingHistory rows={provider.history} />
        <NotificationPanel
          view={delivery}
          actions={{
            change: changeNotificationWebhookAction,
            rotate: rotateNotificationSecretAction,
            test: testDeliveryAction,
          }}
        />
        <StreamPanel {...streams} />
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
