import type { Metadata } from 'next';
import { Operations } from '@/components/settings/api/operations';
import { Schemas } from '@/components/settings/api/schemas';
import { SettingsTabs } from '@/components/settings/settings-tabs';
import { PageHeader } from '@/components/shell/page-header';
import { requirePerson } from '@/lib/access/current-person';
import { readApi } from '@/lib/openapi/read-api';
import '@/components/settings/settings.css';
import '@/components/settings/api/api.css';

export const metadata: Metadata = { title: 'API' };

/** What the addresses for machines take and answer, read from the same document that machines get. */
export default async function ApiPage() {
  await requirePerson();
  const api = readApi();
  return (
    <>
      <PageHeader title="Settings" tabs={<SettingsTabs current="/settings/api" />} />
      <div className="s-page">
        <Operations api={api} />
        <Schemas api={api} />
      </div>
    </>
  );
}
