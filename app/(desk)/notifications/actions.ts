'use server';

import { revalidatePath } from 'next/cache';
import type { z } from 'zod';
import { runAction } from '@/app/run-action';
import { requirePerson } from '@/lib/access/current-person';
import type { ActionResult } from '@/lib/errors';
import { readNotifications } from '@/lib/notifications/read-notifications';
import { readThroughSchema, switchSchema } from '@/lib/notifications/schema';
import { switchNotification } from '@/lib/notifications/switch-notification';

/** Marks what was shown as read. */
export async function readNotificationsAction(
  input: z.infer<typeof readThroughSchema>,
): Promise<ActionResult> {
  return runAction('read notifications', async () => {
    await readNotifications(await requirePerson(), readThroughSchema.parse(input));
    revalidatePath('/', 'layout');
    return undefined;
  });
}

/** Switches a kind on or off for the reader. */
export async function switchNotificationAction(input: z.infer<typeof switchSchema>): Promise<ActionResult> {
  return runAction('switch notification', async () => {
    await switchNotification(await requirePerson(), switchSchema.parse(input));
    revalidatePath('/notifications');
    return undefined;
  });
}
