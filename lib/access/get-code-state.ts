import { database } from '@/lib/database/client';
import type { CodeState, Person } from './schema';

/** One's own second factor. */
export async function getCodeState(person: Person): Promise<CodeState> {
  const user = await database().user.findUniqueOrThrow({
    where: { id: person.id },
    select: { codeConfirmedAt: true, recoveryHashes: true },
  });
  return {
    since: user.codeConfirmedAt?.toISOString() ?? null,
    recoveryCodes: user.recoveryHashes.length,
  };
}
