'use server';

import { revalidatePath } from 'next/cache';
import { runAction } from '@/app/run-action';
import { requirePersonOrThrow } from '@/lib/access/current-person';
import { changeProvider } from '@/lib/enforcement/change-provider';
import { type NoticeTemplates, noticesSetting } from '@/lib/enforcement/notice-schema';
import {
  type Countermeasure,
  countermeasuresSetting,
  type LitellmKeyInput,
  type ProviderSettings,
  type ProviderTest,
} from '@/lib/enforcement/provider-settings-schema';
import { rotateWebhookSecret } from '@/lib/enforcement/rotate-webhook-secret';
import { setLitellmKey } from '@/lib/enforcement/set-litellm-key';
import { testProvider } from '@/lib/enforcement/test-provider';
import type { ActionResult } from '@/lib/errors';
import { changeSetting } from '@/lib/settings/change-setting';
import type { RotateSecretInput, SettingChange } from '@/lib/settings/schema';

type Change<T> = SettingChange & { value: T };

/** Sets which provider carries actions out. */
export async function changeProviderAction(input: Change<ProviderSettings>): Promise<ActionResult<unknown>> {
  return runAction('change the provider', async () => {
    await changeProvider(await requirePersonOrThrow(), input.value, input);
    revalidatePath('/', 'layout');
  });
}

/** Sets which countermeasures there are. */
export async function changeCountermeasuresAction(
  input: Change<Countermeasure[]>,
): Promise<ActionResult<unknown>> {
  return runAction('change the countermeasures', async () => {
    await changeSetting(await requirePersonOrThrow(), countermeasuresSetting, input.value, input);
    revalidatePath('/', 'layout');
  });
}

/** Sets what account owners are told. */
export async function changeNoticesAction(input: Change<NoticeTemplates>): Promise<ActionResult<unknown>> {
  return runAction('change the notices', async () => {
    await changeSetting(await requirePersonOrThrow(), noticesSetting, input.value, input);
    revalidatePath('/', 'layout');
  });
}

/** Makes the next signing secret; it is answered this once. */
export async function rotateWebhookSecretAction(
  input: RotateSecretInput,
): Promise<ActionResult<{ secret: string }>> {
  return runAction('rotate the webhook secret', async () => {
    const made = await rotateWebhookSecret(await requirePersonOrThrow(), input);
    revalidatePath('/settings');
    return made;
  });
}

/** Keeps the key for LiteLLM. */
export async function setLitellmKeyAction(input: LitellmKeyInput): Promise<ActionResult<unknown>> {
  return runAction('set the LiteLLM key', async () => {
    await setLitellmKey(await requirePersonOrThrow(), input);
    revalidatePath('/settings');
  });
}

/** Calls the provider as it is set, without touching any account. */
export async function testProviderAction(): Promise<ActionResult<ProviderTest>> {
  return runAction('test the provider', async () => testProvider(await requirePersonOrThrow()));
}
