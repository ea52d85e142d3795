'use server';

import type { z } from 'zod';
import { runAction } from '@/app/run-action';
import { changePassword } from '@/lib/access/change-password';
import { findNewcomer } from '@/lib/access/current-person';
import { passwordSchema } from '@/lib/access/schema';
import { type ActionResult, AppError } from '@/lib/errors';

/** The first password of one's own, in place of the one-time one. */
export async function choosePasswordAction(
  input: z.infer<typeof passwordSchema>,
): Promise<ActionResult<unknown>> {
  return runAction('choose a password', async () => {
    const person = await findNewcomer();
    if (!person) throw new AppError('not_signed_in', 'Your session has ended. Sign in again.');
    await changePassword(person, passwordSchema.parse(input));
  });
}
