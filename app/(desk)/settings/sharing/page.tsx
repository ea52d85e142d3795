import type { Metadata } from 'next';
import { SettingsTabs } from '@/components/settings/settings-tabs';
import { CollectionPanel } from '@/components/settings/sharing/collection-panel';
import { FeedPanel } from '@/components/settings/sharing/feed-panel';
import { SharingPanels } from '@/components/settings/sharing/sharing-panels';
import { PageHeader } from '@/components/shell/page-header';
import { requirePerson } from '@/lib/access/current-person';
import { listApiKeys } from '@/lib/access/list-api-keys';
import { may } from '@/lib/access/rules';
import { getSharingSettings } from '@/lib/intel/get-sharing-settings';
import { listFeeds } from '@/lib/intel/taxii/change-feeds';
import { listCollections } from '@/lib/intel/taxii/list-collections';
import {
  addCollectionAction,
  addFeedAction,
  changeProducerAction,
  endFeedAction,
  grantCollectionAction,
  setSharingKeyAction,
} from './actions';
import '@/components/intel/intel.css';
import '@/components/settings/settings.css';
import '@/components/settings/provider/provider.css';

export const metadata: Metadata = { title: 'Sharing' };

export default async function SharingPage() {
  const person = await requirePerson();
  const [{ mayChange, ...settings }, collections, feeds, keys] = await Promise.all([
    getSharingSettings(person),
    listCollections(person),
    listFeeds(person),
    may(person, 'key.manage') ? listApiKeys(person) : [],
  ]);
  const inUse = keys.filter(({ revokedAt }) => revokedAt === null);
  return (
    <>
      <PageHeader title="Settings" tabs={<SettingsTabs current="/settings/sharing" />} />
      <div className="s-page">
        <SharingPanels
          settings={settings}
          actions={mayChange ? { change: changeProducerAction, setKey: setSharingKeyAction } : null}
        />
        <CollectionPanel
          rows={collections}
          keys={inUse}
          actions={mayChange ? { add: addCollectionAction, grant: grantCollectionAction } : null}
        />
        <FeedPanel rows={feeds} actions={mayChange ? { add: addFeedAction, end: endFeedAction } : null} />
      </div>
    </>
  );
}
