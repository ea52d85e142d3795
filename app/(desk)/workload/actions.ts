'use server';

import { revalidatePath } from 'next/cache';
import { runAction } from '@/app/run-action';
import { requirePerson } from '@/lib/access/current-person';
import { type TriageLimits, triageLimitsSetting } from '@/lib/clusters/triage-settings-schema';
import type { ActionResult } from '@/lib/errors';
import { changeSetting } from '@/lib/settings/change-setting';
import type { SettingChange } from '@/lib/settings/schema';

/** Adopts other time limits of the queue. */
export async function changeLimitsAction(input: {
  value: TriageLimits;
  change: SettingChange;
}): Promise<ActionResult> {
  return runAction('change limits', async () => {
    await changeSetting(await requirePerson(), triageLimitsSetting, input.value, input.change);
    revalidatePath('/workload');
    return undefined;
  });
}
