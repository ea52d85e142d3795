import { requireFresh } from '@/lib/access/require-fresh';
import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { AppError } from '@/lib/errors';
import { findDestination } from '@/lib/outgoing/find-destination';
import { OutgoingError } from '@/lib/outgoing/outgoing-error';
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

/** A name that does not resolve now may do so later: only what would never be called is refused. */
async function refuseClosed(address: string): Promise<void> {
  try {
    await findDestination(address);
  } catch (error) {
    if (!(error instanceof OutgoingError)) throw error;
    if (error.kind === 'failed') return;
    throw new AppError(
      'bad_input',
      `Weir would never call this address (${error.message}). Use https and a public address, or have the deployment allow it in WEIR_OUTGOING_ALLOW.`,
    );
  }
}
