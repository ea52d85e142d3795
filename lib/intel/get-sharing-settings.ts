import { requireRight } from '@/lib/access/require-right';
import { may } from '@/lib/access/rules';
import type { Actor } from '@/lib/access/schema';
import { readSetting } from '@/lib/settings/read-setting';
import { listSecrets } from '@/lib/settings/secrets';
import { readSharingKeys } from './read-sharing-key';
import { producerSetting, type SharingSettings, sharingKey } from './sharing-settings-schema';
import { keyIdOf } from './stix/keyed-hash';

/** Producer, and what may be known of the sharing keys. @throws AppError forbidden */
export async function getSharingSettings(actor: Actor): Promise<SharingSettings & { mayChange: boolean }> {
  requireRight(actor, 'desk.read');
  const [producer, rows, keys] = await Promise.all([
    readSetting(producerSetting),
    listSecrets(sharingKey),
    // One that cannot be opened must not hide the page on which it is replaced.
    readSharingKeys().catch(() => []),
  ]);
  return {
    producer,
    keys: rows.map((row, at) => ({ ...row, keyId: keys[at] ? keyIdOf(keys[at]) : null })),
    mayChange: may(actor, 'settings.manage'),
  };
}
