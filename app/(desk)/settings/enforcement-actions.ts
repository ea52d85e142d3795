'use server';

import { revalidatePath } from 'next/cache';
import { runAction } from '@/app/run-action';
import { requirePersonOrThrow } from '@/lib/access/current-person';
import { addHold } from '@/lib/enforcement/add-hold';
import { endHold } from '@/lib/enforcement/end-hold';
import {
  type AddHoldInput,
  addHoldSchema,
  type EndHoldInput,
  endHoldSchema,
} from '@/lib/enforcement/hold-schema';
import { type Tiers, tiersSetting } from '@/lib/enforcement/tiers-settings-schema';
import type { ActionResult } from '@/lib/errors';
import { changeSetting } from '@/lib/settings/change-setting';
import { type SettingChange, settingChangeSchema } from '@/lib/settings/schema';

/** Adopts other approval tiers as the next version. */
export async function changeTiersAction(input: {
  value: Tiers;
  change: SettingChange;
}): Promise<ActionResult<unknown>> {
  return runAction('change the approval tiers', async () => {
    const person = await requirePersonOrThrow();
    await changeSetting(person, tiersSetting, input.value, settingChangeSchema.parse(input.change));
    revalidatePath('/settings');
  });
}

/** Keeps accounts off every list. */
export async function addHoldAction(
  input: AddHoldInput,
): Promise<ActionResult<{ added: number; already: number }>> {
  return runAction('add a hold', async () => {
    const added = await addHold(await requirePersonOrThrow(), addHoldSchema.parse(input));
    revalidatePath('/', 'layout');
    return added;
  });
}

/** Ends a hold. */
export async function endHoldAction(input: EndHoldInput): Promise<ActionResult<unknown>> {
  return runAction('end a hold', async () => {
    await endHold(await requirePersonOrThrow(), endHoldSchema.parse(input));
    revalidatePath('/', 'layout');
  });
}
