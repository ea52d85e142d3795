import { requireRight } from '@/lib/access/require-right';
import { may } from '@/lib/access/rules';
import type { Actor } from '@/lib/access/schema';
import { listSettingVersions } from '@/lib/settings/list-setting-versions';
import { readSetting } from '@/lib/settings/read-setting';
import { listSecrets } from '@/lib/settings/secrets';
import { noticesSetting } from './notice-schema';
import { countermeasuresSetting, type ProviderView, providerSetting } from './provider-settings-schema';
import { litellmKey, webhookSecret } from './providers/provider-secrets';

/** The provider, its countermeasures and notices, and who changed them. @throws AppError forbidden */
export async function getProviderSettings(actor: Actor): Promise<ProviderView> {
  requireRight(actor, 'desk.read');
  const settings = [providerSetting, countermeasuresSetting, noticesSetting] as const;
  const [provider, countermeasures, notices, webhookSecrets, litellmKeys, ...versions] = await Promise.all([
    readSetting(providerSetting),
    readSetting(countermeasuresSetting),
    readSetting(noticesSetting),
    listSecrets(webhookSecret),
    listSecrets(litellmKey),
    ...settings.map((setting) => listSettingVersions(actor, setting)),
  ]);
  const history = versions
    .flatMap((rows, index) => rows.map((row) => ({ ...row, setting: settings[index]?.title ?? '' })))
    .sort((a, b) => (a.changedAt < b.changedAt ? 1 : -1));
  return {
    provider,
    countermeasures,
    notices,
    webhookSecrets,
    litellmKeys,
    history,
    mayChange: may(actor, 'settings.manage'),
  };
}
