'use server';

import { revalidatePath } from 'next/cache';
import type { z } from 'zod';
import { runAction } from '@/app/run-action';
import { changePassword } from '@/lib/access/change-password';
import { confirmPerson } from '@/lib/access/confirm-person';
import { currentClient, currentPerson, requirePersonOrThrow } from '@/lib/access/current-person';
import { endSession } from '@/lib/access/end-session';
import { endSessions } from '@/lib/access/end-sessions';
import { passwordSchema, proofSchema, sessionSchema } from '@/lib/access/schema';
import type { ActionResult } from '@/lib/errors';

/** Proves once more who is signed in, for an act that takes it. */
export async function confirmPersonAction(
  input: z.infer<typeof proofSchema>,
): Promise<ActionResult<unknown>> {
  return runAction('confirm a person', async () =>
    confirmPerson(await requirePersonOrThrow(), proofSchema.parse(input), await currentClient()),
  );
}

/** Ends this session. Who has none any more is signed out as well. */
export async function signOutAction(): Promise<ActionResult<unknown>> {
  return runAction('sign out', async () => {
    const person = await currentPerson();
    if (person?.sessionId) await endSession(person, { sessionId: person.sessionId });
  });
}

/** Ends every session of one's own, this one too. */
export async function signOutEverywhereAction(): Promise<ActionResult<number>> {
  return runAction('sign out everywhere', async () => {
    const person = await requirePersonOrThrow();
    return endSessions(person, { userId: person.id });
  });
}

/** Ends a session of one's own that was left open elsewhere. */
export async function endSessionAction(input: z.infer<typeof sessionSchema>): Promise<ActionResult<unknown>> {
  return runAction('end a session', async () => {
    await endSession(await requirePersonOrThrow(), sessionSchema.parse(input));
    revalidatePath('/settings/sign-in');
  });
}

/** Gives oneself another password. */
export async function changePasswordAction(
  input: z.infer<typeof passwordSchema>,
): Promise<ActionResult<unknown>> {
  return runAction('change a password', async () =>
    changePassword(await requirePersonOrThrow(), passwordSchema.parse(input)),
  );
}
