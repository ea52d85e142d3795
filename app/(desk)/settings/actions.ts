'use server';

import { revalidatePath } from 'next/cache';
import type { z } from 'zod';
import { runAction } from '@/app/run-action';
import { addApiKey } from '@/lib/access/add-api-key';
import { addUser } from '@/lib/access/add-user';
import { requirePersonOrThrow } from '@/lib/access/current-person';
import { endSessions } from '@/lib/access/end-sessions';
import { resetPassword } from '@/lib/access/reset-password';
import { revokeApiKey } from '@/lib/access/revoke-api-key';
import { rotateApiKey } from '@/lib/access/rotate-api-key';
import {
  type ApiKeyRow,
  disableSchema,
  type NewKey,
  newUserSchema,
  revokeSchema,
  roleSchema,
  rotateSchema,
  type UserRow,
  userSchema,
} from '@/lib/access/schema';
import { setUserDisabled } from '@/lib/access/set-user-disabled';
import { setUserRole } from '@/lib/access/set-user-role';
import type { ActionResult } from '@/lib/errors';

type NewUser = z.input<typeof newUserSchema>;

/** Adds a user; the password is answered this once. */
export async function addUserAction(
  input: NewUser,
): Promise<ActionResult<{ user: UserRow; password: string }>> {
  return runAction('add a user', async () => {
    const person = await requirePersonOrThrow();
    const added = await addUser(person, newUserSchema.parse(input));
    revalidatePath('/settings');
    return added;
  });
}

/** Disables a user or enables one again. */
export async function setUserDisabledAction(
  input: z.infer<typeof disableSchema>,
): Promise<ActionResult<unknown>> {
  return runAction('disable a user', async () => {
    const person = await requirePersonOrThrow();
    await setUserDisabled(person, disableSchema.parse(input));
    revalidatePath('/settings');
  });
}

/** Gives a user another role. */
export async function setUserRoleAction(input: z.infer<typeof roleSchema>): Promise<ActionResult<unknown>> {
  return runAction('change a role', async () => {
    await setUserRole(await requirePersonOrThrow(), roleSchema.parse(input));
    revalidatePath('/settings');
  });
}

/** Gives a user a new one-time password, which is answered this once. */
export async function resetPasswordAction(
  input: z.infer<typeof userSchema>,
): Promise<ActionResult<{ email: string; password: string }>> {
  return runAction('reset a password', async () => {
    const made = await resetPassword(await requirePersonOrThrow(), userSchema.parse(input));
    revalidatePath('/settings');
    return made;
  });
}

/** Ends every session of a user. */
export async function signUserOutAction(input: z.infer<typeof userSchema>): Promise<ActionResult<number>> {
  return runAction('sign a user out', async () =>
    endSessions(await requirePersonOrThrow(), userSchema.parse(input)),
  );
}

/** Makes an API key; the key is answered this once. */
export async function addApiKeyAction(input: NewKey): Promise<ActionResult<{ row: ApiKeyRow; key: string }>> {
  return runAction('add an API key', async () => {
    const person = await requirePersonOrThrow();
    const added = await addApiKey(person, input);
    revalidatePath('/settings');
    return added;
  });
}

/** Makes the key that takes another's place; it is answered this once. */
export async function rotateApiKeyAction(
  input: z.infer<typeof rotateSchema>,
): Promise<ActionResult<{ row: ApiKeyRow; key: string }>> {
  return runAction('rotate an API key', async () => {
    const person = await requirePersonOrThrow();
    const made = await rotateApiKey(person, rotateSchema.parse(input));
    revalidatePath('/settings');
    return made;
  });
}

/** Revokes an API key. */
export async function revokeApiKeyAction(
  input: z.infer<typeof revokeSchema>,
): Promise<ActionResult<unknown>> {
  return runAction('revoke an API key', async () => {
    const person = await requirePersonOrThrow();
    await revokeApiKey(person, revokeSchema.parse(input));
    revalidatePath('/settings');
  });
}
