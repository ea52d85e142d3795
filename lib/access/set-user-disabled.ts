import { writeAudit } from '@/lib/audit/write-audit';
import { inTransaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { requireRight } from './require-right';
import type { Actor } from './schema';

/**
 * Disables a user, which ends every session at its next request, or enables one again (which also lifts a lock).
 * @throws AppError forbidden; not_found; conflict for oneself and for the last administrator
 */
export async function setUserDisabled(
  actor: Actor,
  input: { userId: number; disabled: boolean },
): Promise<void> {
  requireRight(actor, 'user.manage');
  const { userId, disabled } = input;
  if (disabled && actor.kind === 'user' && actor.id === userId) {
    throw new AppError('conflict', 'You cannot disable yourself. Ask another administrator.');
  }
  await inTransaction(async (tx) => {
    // Administrators are locked in one order, so that two who disable each other cannot both succeed.
    await tx.$queryRaw`SELECT id FROM app_user WHERE role = 'admin' OR id = ${userId} ORDER BY id FOR UPDATE`;
    const user = await tx.user.findUnique({ where: { id: userId } });
    if (!user) throw new AppError('not_found', 'There is no such user. Reload the list.');
    if ((user.disabledAt !== null) === disabled) return;
    if (disabled && user.role === 'admin') {
      const others = await tx.user.count({ where: { role: 'admin', disabledAt: null, id: { not: userId } } });
      if (others === 0) {
        throw new AppError('conflict', `${user.name} is the last administrator. Add another one first.`);
      }
    }
    await tx.user.update({
      where: { id: userId },
      data: disabled
        ? { disabledAt: new Date(), sessionVersion: { increment: 1 } }
        : { disabledAt: null, failedSignIns: 0, lockedUntil: null },
    });
    await writeAudit(tx, actor, {
      verb: 'user.disable',
      object: { type: 'user', id: String(userId), label: user.name },
      before: { disabled: !disabled },
      after: { disabled },
    });
  });
}
