import { requireFresh } from '@/lib/access/require-fresh';
import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { inTransaction } from '@/lib/database/transaction';
import { keepSecret } from '@/lib/settings/secrets';
import { type LitellmKeyInput, litellmKeySchema } from './provider-settings-schema';
import { litellmKey } from './providers/provider-secrets';

/** Keeps the key with which Weir calls LiteLLM, sealed; nobody reads it again. @throws ZodError, AppError forbidden, unproved */
export async function setLitellmKey(actor: Actor, input: LitellmKeyInput): Promise<void> {
  requireRight(actor, 'settings.manage');
  requireFresh(actor);
  const { key, reason } = litellmKeySchema.parse(input);
  await inTransaction((tx) => keepSecret(tx, actor, litellmKey, { text: key, reason, previousEndsAt: null }));
}
