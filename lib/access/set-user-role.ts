import { writeAudit } from '@/lib/audit/write-audit';
import { inTransaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { refuseLastAdmin } from './refuse-last-admin';
import { requireFresh } from './require-fresh';
import { requireRight } from './require-right';
import type { Actor, Role } from './schema';

/**
 * Gives a user another role, which counts from their next request on.
 * @throws AppError forbidden; unproved; not_found; conflict for oneself and for the last administrator
 */
export async function setUserRole(actor: Actor, input: { userId: number; role: Role }): Promise<void> {
  requireRight(actor, 'user.manage');
  requireFresh(actor);
  const { userId, role } = input;
  if (actor.kind === 'user' && actor.id === userId) {
    throw new AppError('conflict', 'You cannot change your own role. Ask another administrator.');
  }
  await inTransaction(async (tx) => {
    const user = await refuseLastAdmin(tx, userId, role !== 'admin');
    if (user.role === role) return;
    if (user.passwordHash === null) {
      throw new AppError(
        'conflict',
        `${user.name} has the role that the identity provider gives. Change it there, or disable the user here.`,
      );
    }
    await tx.user.update({ where: { id: userId }, data: { role } });
    await writeAudit(tx, actor, {
      verb: 'user.set_role',
      object: { type: 'user', id: String(userId), label: user.name },
      before: { role: user.role },
      after: { role },
    });
  });
}
