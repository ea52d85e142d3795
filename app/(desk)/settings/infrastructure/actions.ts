'use server';

import { revalidatePath } from 'next/cache';
import { runAction } from '@/app/run-action';
import { requirePersonOrThrow } from '@/lib/access/current-person';
import type { ActionResult } from '@/lib/errors';
import { endList } from '@/lib/infrastructure/end-list';
import { importList } from '@/lib/infrastructure/import-list';
import type {
  EndListInput,
  ImportListInput,
  ImportReport,
  SettleHeldInput,
} from '@/lib/infrastructure/schema';
import { settleHeld } from '@/lib/infrastructure/settle-held';

/** Imports a list of infrastructure that strangers share. */
export async function importListAction(input: ImportListInput): Promise<ActionResult<ImportReport>> {
  return runAction('import a list', async () => {
    const report = await importList(await requirePersonOrThrow(), input);
    revalidatePath('/settings/infrastructure');
    return report;
  });
}

/** Lets held entries count, or takes them out. */
export async function settleHeldAction(input: SettleHeldInput): Promise<ActionResult<{ entries: number }>> {
  return runAction('settle held entries', async () => {
    const settled = await settleHeld(await requirePersonOrThrow(), input);
    revalidatePath('/settings/infrastructure');
    return settled;
  });
}

/** Ends a list before its day. */
export async function endListAction(input: EndListInput): Promise<ActionResult<unknown>> {
  return runAction('end a list', async () => {
    await endList(await requirePersonOrThrow(), input);
    revalidatePath('/settings/infrastructure');
  });
}
