import type { User } from '@/lib/database/generated/client';
import type { Transaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';

/**
 * Locks a user, and every administrator in one order, so that two who remove each other cannot both succeed.
 * @param leaves true when the user would be an administrator no more
 * @throws AppError not_found; conflict when nobody could manage users afterwards
 */
export async function refuseLastAdmin(tx: Transaction, userId: number, leaves: boolean): Promise<User> {
  await tx.$queryRaw`SELECT id FROM app_user WHERE role = 'admin' OR id = ${userId} ORDER BY id FOR UPDATE`;
  const user = await tx.user.findUnique({ where: { id: userId } });
  if (!user) throw new AppError('not_found', 'There is no such user. Reload the list.');
  if (!leaves || user.role !== 'admin' || user.disabledAt) return user;
  const others = await tx.user.count({ where: { role: 'admin', disabledAt: null, id: { not: userId } } });
  if (others === 0) {
    throw new AppError('conflict', `${user.name} is the last administrator. Add another one first.`);
  }
  return user;
}
