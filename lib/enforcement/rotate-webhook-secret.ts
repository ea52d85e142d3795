import type { Actor } from '@/lib/access/schema';
import { rotateSigningSecret } from '@/lib/settings/rotate-signing-secret';
import type { RotateSecretInput } from '@/lib/settings/schema';
import { webhookSecret } from './providers/provider-secrets';

/** The secret that signs actions for the provider's webhook. @throws as rotateSigningSecret */
export function rotateWebhookSecret(actor: Actor, input: RotateSecretInput): Promise<{ secret: string }> {
  return rotateSigningSecret(actor, webhookSecret, input);
}
