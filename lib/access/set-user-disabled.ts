import { writeAudit } from '@/lib/audit/write-audit';
import { inTransaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { refuseLastAdmin } from './refuse-last-admin';
import { requireFresh } from './require-fresh';
import { requireRight } from './require-right';
import type { Actor } from './schema';
import { endSessionsWhere } from './sessions';
import { accountKey } from './sign-in-counters';

/**
 * Disables a user, which ends every session at its next request, or enables one again (which also lifts a lock).
 * @throws AppError forbidden; unproved, when it lets somebody in; not_found; conflict for oneself and for the last
 * administrator
 */
export async function setUserDisabled(
  actor: Actor,
  input: { userId: number; disabled: boolean },
): Promise<void> {
  requireRight(actor, 'user.manage');
  const { userId, disabled } = input;
  if (!disabled) requireFresh(actor);
  if (disabled && actor.kind === 'user' && actor.id === userId) {
    throw new AppError('conflict', 'You cannot disable yourself. Ask another administrator.');
  }
  await inTransaction(async (tx) => {
    const user = await refuseLastAdmin(tx, userId, disabled);
    if ((user.disabledAt !== null) === disabled) return;
    await tx.user.update({
      where: { id: userId },
      data: { disabledAt: disabled ? new Date() : null },
    });
    if (!disabled) await tx.signInCounter.deleteMany({ where: { key: accountKey(user.email) } });
    if (disabled) await endSessionsWhere(tx, { userId }, 'user_disabled');
    await writeAudit(tx, actor, {
      verb: 'user.disable',
      object: { type: 'user', id: String(userId), label: user.name },
      before: { disabled: !disabled },
      after: { disabled },
    });
  });
}
