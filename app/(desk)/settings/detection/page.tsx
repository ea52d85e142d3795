import type { Metadata } from 'next';
import { DetectionView } from '@/components/settings/detection/detection-view';
import { SettingsTabs } from '@/components/settings/settings-tabs';
import { PageHeader } from '@/components/shell/page-header';
import { requirePerson } from '@/lib/access/current-person';
import { may } from '@/lib/access/rules';
import { detectionSetting } from '@/lib/clusters/detection-settings-schema';
import { getOpenBacktest } from '@/lib/clusters/get-backtest';
import { listLinkingKinds } from '@/lib/clusters/list-linking-kinds';
import { listSettingVersions } from '@/lib/settings/list-setting-versions';
import { readSetting } from '@/lib/settings/read-setting';
import { adoptBacktestAction, discardBacktestAction, requestBacktestAction } from './actions';
import '@/components/settings/settings.css';

export const metadata: Metadata = { title: 'Detection settings' };

export default async function DetectionSettingsPage() {
  const person = await requirePerson();
  const [setting, versions, kinds, backtest] = await Promise.all([
    readSetting(detectionSetting),
    listSettingVersions(person, detectionSetting),
    listLinkingKinds(person),
    getOpenBacktest(person),
  ]);
  const actions = {
    request: requestBacktestAction,
    adopt: adoptBacktestAction,
    discard: discardBacktestAction,
  };
  return (
    <>
      <PageHeader title="Settings" tabs={<SettingsTabs current="/settings/detection" />} />
      <div className="s-page">
        <DetectionView
          key={setting.version}
          setting={setting}
          versions={versions}
          kinds={kinds}
          backtest={backtest}
          actions={may(person, 'settings.manage') ? actions : null}
        />
      </div>
    </>
  );
}
