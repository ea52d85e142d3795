import { requireFresh } from '@/lib/access/require-fresh';
import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { inTransaction } from '@/lib/database/transaction';
import { makeWebhookSecret } from '@/lib/outgoing/sign-webhook';
import { type RotateSecretInput, rotateSecretSchema, type SecretName } from './schema';
import { keepSecret } from './secrets';

const HOUR_MS = 3_600_000;

/**
 * Makes the first secret that signs what leaves for a webhook, or the next one. The one before signs beside it for as
 * long as asked, so that the receiver can change over at any moment in between.
 * @returns the secret, this once
 * @throws ZodError, AppError forbidden, unproved, unavailable when it cannot be sealed
 */
export async function rotateSigningSecret(
  actor: Actor,
  secret: SecretName,
  input: RotateSecretInput,
): Promise<{ secret: string }> {
  requireRight(actor, 'settings.manage');
  requireFresh(actor);
  const { reason, keepHours } = rotateSecretSchema.parse(input);
  const text = makeWebhookSecret();
  const previousEndsAt = keepHours === 0 ? null : new Date(Date.now() + keepHours * HOUR_MS);
  await inTransaction((tx) => keepSecret(tx, actor, secret, { text, reason, previousEndsAt }));
  return { secret: text };
}
