import { writeAudit } from '@/lib/audit/write-audit';
import { inTransaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { hashPassword, makePassword } from './password';
import { requireFresh } from './require-fresh';
import { requireRight } from './require-right';
import type { Actor } from './schema';
import { endSessionsWhere } from './sessions';
import { accountKey } from './sign-in-counters';

/**
 * Gives a user a new one-time password, for who lost theirs or their second factor: that one goes, every session ends,
 * and a lock is lifted.
 * @returns the password, this once
 * @throws AppError forbidden, unproved, not_found; conflict for oneself
 */
export async function resetPassword(
  actor: Actor,
  input: { userId: number },
): Promise<{ email: string; password: string }> {
  requireRight(actor, 'user.manage');
  requireFresh(actor);
  if (actor.kind === 'user' && actor.id === input.userId) {
    throw new AppError('conflict', 'Change your own password under Settings, Your sign-in.');
  }
  const password = makePassword();
  const passwordHash = await hashPassword(password);
  return inTransaction(async (tx) => {
    const user = await tx.user.findUnique({ where: { id: input.userId } });
    if (!user) throw new AppError('not_found', 'There is no such user. Reload the list.');
    if (user.passwordHash === null)
      throw new AppError(
        'conflict',
        `${user.name} signs in at the identity provider and has no password here.`,
      );
    await tx.user.update({
      where: { id: user.id },
      data: {
        passwordHash,
        passwordIsOneTime: true,
        codeConfirmedAt: null,
        codeSecret: null,
        codeStep: null,
        recoveryHashes: [],
      },
    });
    await tx.signInCounter.deleteMany({ where: { key: accountKey(user.email) } });
    await endSessionsWhere(tx, { userId: user.id }, 'password_changed');
    await writeAudit(tx, actor, {
      verb: 'user.reset_password',
      object: { type: 'user', id: String(user.id), label: user.name },
      before: { second_factor: user.codeConfirmedAt !== null },
      after: { second_factor: false },
    });
    return { email: user.email, password };
  });
}
