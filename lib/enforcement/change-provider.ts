import { requireFresh } from '@/lib/access/require-fresh';
import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { refuseClosed } from '@/lib/outgoing/refuse-closed';
import { changeSetting } from '@/lib/settings/change-setting';
import type { SettingChange, SettingValue } from '@/lib/settings/schema';
import { type ProviderSettings, providerSetting } from './provider-settings-schema';

/**
 * Sets which provider carries actions out. An address inside the network is refused here already, and again with
 * every call.
 * @throws ZodError, AppError forbidden, unproved, bad_input when nobody may call the address, conflict as changeSetting
 */
export async function changeProvider(
  actor: Actor,
  input: unknown,
  change: SettingChange,
): Promise<SettingValue<ProviderSettings>> {
  requireRight(actor, 'settings.manage');
  requireFresh(actor);
  const value = providerSetting.schema.parse(input);
  if (value.kind !== 'sandbox') await refuseClosed(value.address);
  return changeSetting(actor, providerSetting, value, change);
}
