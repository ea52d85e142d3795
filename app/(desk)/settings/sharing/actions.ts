'use server';

import { revalidatePath } from 'next/cache';
import { runAction } from '@/app/run-action';
import { requirePersonOrThrow } from '@/lib/access/current-person';
import type { ActionResult } from '@/lib/errors';
import { setSharingKey } from '@/lib/intel/set-sharing-key';
import { type Producer, producerSetting, type SetSharingKeyInput } from '@/lib/intel/sharing-settings-schema';
import { changeSetting } from '@/lib/settings/change-setting';

/** Changes under which name partners know this deployment. */
export async function changeProducerAction(input: {
  value: Producer;
  reason: string;
  version: number;
}): Promise<ActionResult<unknown>> {
  return runAction('change the producer', async () => {
    const { value, reason, version } = input;
    await changeSetting(await requirePersonOrThrow(), producerSetting, value, { reason, version });
    revalidatePath('/settings/sharing');
  });
}

/** Keeps a sharing key, or makes one that is answered this once. */
export async function setSharingKeyAction(
  input: SetSharingKeyInput,
): Promise<ActionResult<{ key: string | null }>> {
  return runAction('set the sharing key', async () => {
    const made = await setSharingKey(await requirePersonOrThrow(), input);
    revalidatePath('/settings/sharing');
    return made;
  });
}
