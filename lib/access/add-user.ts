import { writeAudit } from '@/lib/audit/write-audit';
import { Prisma } from '@/lib/database/generated/client';
import { inTransaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';
import { storableText } from '@/lib/storable-text';
import { toUserRow } from './list-users';
import { hashPassword, makePassword } from './password';
import { requireFresh } from './require-fresh';
import { requireRight } from './require-right';
import type { Actor, NewUser, UserRow } from './schema';

/**
 * Adds a user with a password made here, which is answered once, stored only as a hash, and has to be changed at the
 * first sign-in.
 * @param known a password given only where the demo prints the same sign-ins at every start
 * @throws AppError forbidden, unproved; conflict when the e-mail is taken
 */
export async function addUser(
  actor: Actor,
  input: NewUser,
  known?: string,
): Promise<{ user: UserRow; password: string }> {
  requireRight(actor, 'user.manage');
  requireFresh(actor);
  const password = known ?? makePassword();
  const passwordHash = await hashPassword(password);
  const { email, role } = input;
  const name = storableText(input.name);
  try {
    const user = await inTransaction(async (tx) => {
      const added = await tx.user.create({
        data: { email, name, role, passwordHash, passwordIsOneTime: known === undefined },
      });
      await writeAudit(tx, actor, {
        verb: 'user.add',
        object: { type: 'user', id: String(added.id), label: name },
        after: { email, name, role },
      });
      return added;
    });
    return { user: toUserRow(user), password };
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') {
      throw new AppError('conflict', `A user with the e-mail ${email} exists already. Use another e-mail.`);
    }
    throw error;
  }
}
