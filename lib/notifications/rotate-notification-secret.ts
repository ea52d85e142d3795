import type { Actor } from '@/lib/access/schema';
import { rotateSigningSecret } from '@/lib/settings/rotate-signing-secret';
import type { RotateSecretInput } from '@/lib/settings/schema';
import { webhookSigning } from './webhook-settings-schema';

/** The secret that signs notifications. @throws as rotateSigningSecret */
export function rotateNotificationSecret(
  actor: Actor,
  input: RotateSecretInput,
): Promise<{ secret: string }> {
  return rotateSigningSecret(actor, webhookSigning, input);
}
