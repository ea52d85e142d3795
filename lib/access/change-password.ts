import { writeAudit } from '@/lib/audit/write-audit';
import { database } from '@/lib/database/client';
import { inTransaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { hashPassword, verifyPassword } from './password';
import { passwordProblem } from './password-rules';
import { requireFresh } from './require-fresh';
import type { Person } from './schema';
import { endSessionsWhere } from './sessions';

/**
 * Gives oneself another password, also in place of a one-time one. Sessions elsewhere end.
 * @throws AppError unproved; conflict without a password; bad_input when it is too short, common, or the one before
 */
export async function changePassword(person: Person, input: { password: string }): Promise<void> {
  requireFresh(person);
  const user = await database().user.findUniqueOrThrow({ where: { id: person.id } });
  if (user.passwordHash === null)
    throw new AppError('conflict', 'You sign in at your identity provider. Change your password there.');
  const problem = passwordProblem(input.password, user);
  if (problem) throw new AppError('bad_input', problem);
  if (await verifyPassword(user.passwordHash, input.password))
    throw new AppError('bad_input', 'This is the password you have now. Choose another.');
  const passwordHash = await hashPassword(input.password);
  await inTransaction(async (tx) => {
    await tx.user.update({ where: { id: user.id }, data: { passwordHash, passwordIsOneTime: false } });
    await endSessionsWhere(
      tx,
      { userId: user.id, ...(person.sessionId && { id: { not: person.sessionId } }) },
      'password_changed',
    );
    await writeAudit(tx, person, {
      verb: 'user.change_password',
      object: { type: 'user', id: String(user.id), label: user.name },
    });
  });
}
