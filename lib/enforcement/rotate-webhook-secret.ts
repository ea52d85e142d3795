import { requireFresh } from '@/lib/access/require-fresh';
import { requireRight } from '@/lib/access/require-right';
import type { Actor } from '@/lib/access/schema';
import { inTransaction } from '@/lib/database/transaction';
import { makeWebhookSecret } from '@/lib/outgoing/sign-webhook';
import { type RotateSecretInput, rotateSecretSchema } from '@/lib/settings/schema';
import { keepSecret } from '@/lib/settings/secrets';
import { webhookSecret } from './providers/provider-secrets';

const HOUR_MS = 3_600_000;

/**
 * Makes the first signing secret or the next one. The one before signs beside it for as long as asked, so that the
 * receiver can change over at any moment in between.
 * @returns the secret, this once
 * @throws ZodError, AppError forbidden, unproved, unavailable when it cannot be sealed
 */
export async function rotateWebhookSecret(
  actor: Actor,
  input: RotateSecretInput,
): Promise<{ secret: string }> {
  requireRight(actor, 'settings.manage');
  requireFresh(actor);
  const { reason, keepHours } = rotateSecretSchema.parse(input);
  const text = makeWebhookSecret();
  const previousEndsAt = keepHours === 0 ? null : new Date(Date.now() + keepHours * HOUR_MS);
  await inTransaction((tx) => keepSecret(tx, actor, webhookSecret, { text, reason, previousEndsAt }));
  return { secret: text };
}
