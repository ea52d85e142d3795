'use server';

import { revalidatePath } from 'next/cache';
import { renderSVG } from 'uqr';
import type { z } from 'zod';
import { runAction } from '@/app/run-action';
import { beginCode } from '@/lib/access/begin-code';
import { confirmCode } from '@/lib/access/confirm-code';
import { requirePersonOrThrow } from '@/lib/access/current-person';
import { removeCode } from '@/lib/access/remove-code';
import { codeSchema } from '@/lib/access/schema';
import type { ActionResult } from '@/lib/errors';

/** Makes the secret of a second factor; it is answered this once, with its picture as a data address. */
export async function beginCodeAction(): Promise<
  ActionResult<{ secret: string; uri: string; picture: string }>
> {
  return runAction('begin a second factor', async () => {
    const begun = await beginCode(await requirePersonOrThrow());
    const svg = renderSVG(begun.uri, { border: 2 });
    return { ...begun, picture: `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}` };
  });
}

/** Turns it on; the recovery codes are answered this once. */
export async function confirmCodeAction(
  input: z.infer<typeof codeSchema>,
): Promise<ActionResult<{ recoveryCodes: string[] }>> {
  return runAction('confirm a second factor', async () => {
    const made = await confirmCode(await requirePersonOrThrow(), codeSchema.parse(input));
    revalidatePath('/settings/sign-in');
    return made;
  });
}

/** Takes it away. */
export async function removeCodeAction(): Promise<ActionResult<unknown>> {
  return runAction('remove a second factor', async () => {
    await removeCode(await requirePersonOrThrow());
    revalidatePath('/settings/sign-in');
  });
}
