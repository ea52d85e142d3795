import { writeAudit } from '@/lib/audit/write-audit';
import { inTransaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { requireRight } from './require-right';
import type { Actor } from './schema';
import { endSessionsWhere } from './sessions';

/**
 * Signs a user out everywhere: oneself, or anybody as an administrator.
 * @returns how many sessions ended
 * @throws AppError forbidden, not_found
 */
export async function endSessions(actor: Actor, input: { userId: number }): Promise<number> {
  const own = actor.kind === 'user' && actor.id === input.userId;
  if (!own) requireRight(actor, 'user.manage');
  return inTransaction(async (tx) => {
    const user = await tx.user.findUnique({ where: { id: input.userId } });
    if (!user) throw new AppError('not_found', 'There is no such user. Reload the list.');
    const cause = own ? 'signed_out_everywhere' : 'ended_by_admin';
    const ended = await endSessionsWhere(tx, { userId: user.id }, cause);
    await writeAudit(tx, actor, {
      verb: 'user.sign_out',
      object: { type: 'user', id: String(user.id), label: user.name },
      detail: { session: 'all', ended },
    });
    return ended;
  });
}
