import { writeAudit } from '@/lib/audit/write-audit';
import { inTransaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import type { Client, Person } from './schema';
import { checkPassword } from './sign-in';

/**
 * Proves once more who a signed-in person is, for acts that take more than a session. Wrong passwords count and lock as
 * at the door.
 * @throws SignInRefused wrong, wrong_code, locked or disabled; AppError not_signed_in when the session ended meanwhile
 */
export async function confirmPerson(
  person: Person,
  input: { password: string; code?: string },
  client: Client,
): Promise<void> {
  await checkPassword(person, input, client);
  await inTransaction(async (tx) => {
    const { count } = await tx.userSession.updateMany({
      where: { id: person.sessionId ?? '', userId: person.id, endedAt: null },
      data: { provedAt: new Date() },
    });
    if (count === 0) throw new AppError('not_signed_in', 'Your session has ended. Sign in again.');
    await writeAudit(tx, person, {
      verb: 'user.confirm',
      object: { type: 'user', id: String(person.id), label: person.name },
    });
  });
}
