import { writeAudit } from '@/lib/audit/write-audit';
import { inTransaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import type { Person } from './schema';
import { endSessionsWhere } from './sessions';

/** Ends one session of one's own: this one, or one that was left open elsewhere. Its cookie is refused from the next
 * request on. Ending twice changes nothing. @throws AppError not_found for one that is over, or somebody else's */
export async function endSession(person: Person, input: { sessionId: string }): Promise<void> {
  const here = input.sessionId === person.sessionId;
  await inTransaction(async (tx) => {
    const ended = await endSessionsWhere(tx, { id: input.sessionId, userId: person.id }, 'signed_out');
    if (ended === 0) {
      if (here) return;
      throw new AppError('not_found', 'This session is over already. Reload the page.');
    }
    await writeAudit(tx, person, {
      verb: 'user.sign_out',
      object: { type: 'user', id: String(person.id), label: person.name },
      detail: { session: here ? 'this one' : 'another one' },
    });
  });
}
