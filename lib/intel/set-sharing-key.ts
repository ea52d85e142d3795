import { randomBytes } from 'node:crypto';
import { requireFresh } from '@/lib/access/require-fresh';
import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { inTransaction } from '@/lib/database/transaction';
import { keepSecret } from '@/lib/settings/secrets';
import { type SetSharingKeyInput, setSharingKeySchema, sharingKey } from './sharing-settings-schema';

const BESIDE_DAYS = 90;

/**
 * Keeps the key under which secrets leave and partners' are compared, sealed. The one before is still compared with for
 * 90 days, since partners change over in their own time; nothing leaves under it any more.
 * @returns a key that was made here, this once; null for one that was given
 * @throws ZodError, AppError forbidden, unproved, unavailable when it cannot be sealed
 */
export async function setSharingKey(
  actor: Actor,
  input: SetSharingKeyInput,
): Promise<{ key: string | null }> {
  requireRight(actor, 'settings.manage');
  requireFresh(actor);
  const { key, reason } = setSharingKeySchema.parse(input);
  const text = key ?? randomBytes(32).toString('base64');
  const previousEndsAt = new Date(Date.now() + BESIDE_DAYS * 86_400_000);
  await inTransaction((tx) => keepSecret(tx, actor, sharingKey, { text, reason, previousEndsAt }));
  return { key: key === null ? text : null };
}
