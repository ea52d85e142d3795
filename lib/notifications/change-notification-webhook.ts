import { createHash } from 'node:crypto';
import { requireFresh } from '@/lib/access/require-fresh';
import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { inTransaction } from '@/lib/database/transaction';
import { refuseClosed } from '@/lib/outgoing/refuse-closed';
import { adoptSetting } from '@/lib/settings/change-setting';
import { readSetting } from '@/lib/settings/read-setting';
import type { SettingChange, SettingValue } from '@/lib/settings/schema';
import { keepSecret } from '@/lib/settings/secrets';
import {
  type NotificationWebhook,
  notificationWebhookSetting,
  webhookAddress,
  webhookChangeSchema,
} from './webhook-settings-schema';

/**
 * Sets the team's one address and what it is told of. The address is sealed; an address inside the network is refused
 * here already, and again with every message.
 * @throws ZodError, AppError forbidden, unproved, bad_input when nobody may call the address, conflict as changeSetting
 */
export async function changeNotificationWebhook(
  actor: Actor,
  input: unknown,
  change: SettingChange,
): Promise<SettingValue<NotificationWebhook>> {
  requireRight(actor, 'settings.manage');
  requireFresh(actor);
  const { address, remove, kinds } = webhookChangeSchema.parse(input);
  if (address !== '') await refuseClosed(address);
  return inTransaction(async (tx) => {
    const before = (await readSetting(notificationWebhookSetting, tx)).value;
    const place = remove ? { host: '', fingerprint: '' } : address === '' ? before : placeOf(address);
    const value = { host: place.host, fingerprint: place.fingerprint, kinds };
    const adopted = await adoptSetting(tx, actor, notificationWebhookSetting, value, change);
    if (address !== '')
      await keepSecret(tx, actor, webhookAddress, {
        text: address,
        reason: change.reason,
        previousEndsAt: null,
      });
    return adopted;
  });
}

function placeOf(address: string): Pick<NotificationWebhook, 'host' | 'fingerprint'> {
  const fingerprint = createHash('sha256').update(address).digest('hex').slice(0, 8);
  return { host: new URL(address).host, fingerprint };
}
