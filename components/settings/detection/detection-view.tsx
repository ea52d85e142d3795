'use client';

import { useState } from 'react';
import type { BacktestRow } from '@/lib/clusters/backtest-schema';
import type { DetectionConfig } from '@/lib/detection/schema';
import type { SettingValue, SettingVersionRow } from '@/lib/settings/schema';
import { type BacktestActions, BacktestPanel } from './backtest-panel';
import { ConfigForm, type RequestBacktest } from './config-form';
import { type Draft, draftOf } from './draft';
import { VersionHistory } from './version-history';
import './detection.css';

/** Detection's weights and thresholds: what is in force, a change and its backtest, and every version there was. */
export function DetectionView({
  setting,
  versions,
  kinds,
  backtest,
  actions,
}: {
  setting: SettingValue<DetectionConfig>;
  versions: SettingVersionRow[];
  /** Kinds that link accounts and stand in the data. */
  kinds: string[];
  backtest: BacktestRow | null;
  /** Null for readers who may not change anything. */
  actions: (BacktestActions & { request: RequestBacktest }) | null;
}) {
  const [draft, setDraft] = useState<Draft>({});
  return (
    <>
      {backtest && <BacktestPanel key={backtest.id} initial={backtest} setting={setting} actions={actions} />}
      <ConfigForm
        setting={setting}
        kinds={kinds}
        draft={draft}
        setDraft={setDraft}
        request={actions?.request ?? null}
        blocked={backtest?.state === 'waiting' || backtest?.state === 'running'}
      />
      <VersionHistory
        setting={setting}
        versions={versions}
        onLoad={actions && ((config) => setDraft(draftOf(config, setting.value)))}
      />
    </>
  );
}
