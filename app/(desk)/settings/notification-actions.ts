'use server';

import { revalidatePath } from 'next/cache';
import type { z } from 'zod';
import { runAction } from '@/app/run-action';
import { requirePersonOrThrow } from '@/lib/access/current-person';
import type { ActionResult } from '@/lib/errors';
import { changeNotificationWebhook } from '@/lib/notifications/change-notification-webhook';
import { rotateNotificationSecret } from '@/lib/notifications/rotate-notification-secret';
import { type DeliveryTest, testDeliverySchema } from '@/lib/notifications/schema';
import { testDelivery } from '@/lib/notifications/test-delivery';
import type { WebhookChange } from '@/lib/notifications/webhook-settings-schema';
import type { RotateSecretInput, SettingChange } from '@/lib/settings/schema';

/** Sets the team's address for notifications. */
export async function changeNotificationWebhookAction(
  input: SettingChange & { value: WebhookChange },
): Promise<ActionResult<unknown>> {
  return runAction('change the webhook of notifications', async () => {
    await changeNotificationWebhook(await requirePersonOrThrow(), input.value, input);
    revalidatePath('/settings');
  });
}

/** Makes the next secret that signs notifications; it is answered this once. */
export async function rotateNotificationSecretAction(
  input: RotateSecretInput,
): Promise<ActionResult<{ secret: string }>> {
  return runAction('rotate the secret of notifications', async () => {
    const made = await rotateNotificationSecret(await requirePersonOrThrow(), input);
    revalidatePath('/settings');
    return made;
  });
}

/** Sends a test mail to whoever asks, or a test message to the team's address. */
export async function testDeliveryAction(
  input: z.infer<typeof testDeliverySchema>,
): Promise<ActionResult<DeliveryTest>> {
  return runAction('test a notification', async () =>
    testDelivery(await requirePersonOrThrow(), testDeliverySchema.parse(input).channel),
  );
}
