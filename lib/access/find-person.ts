import { database } from '@/lib/database/client';
import { SESSION_SECONDS } from './rules';
import type { Person } from './schema';

/** What a session claims. `signedInAt` in epoch seconds. */
export interface SessionClaim {
  userId?: number;
  sessionVersion?: number;
  signedInAt?: number;
}

/** The person a session stands for, or null when it is too old, of an earlier version, or the user is disabled. */
export async function findPerson(claim: SessionClaim): Promise<Person | null> {
  const { userId, sessionVersion, signedInAt } = claim;
  if (!userId || !Number.isSafeInteger(userId) || sessionVersion === undefined || signedInAt === undefined)
    return null;
  // The cookie is renewed by use, the session is not.
  if (Date.now() / 1000 - signedInAt > SESSION_SECONDS) return null;
  const user = await database().user.findFirst({
    where: { id: userId, sessionVersion, disabledAt: null },
    select: { id: true, name: true, email: true, role: true },
  });
  return user && { kind: 'user', ...user, signedInAt };
}
