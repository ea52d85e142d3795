import { database } from '@/lib/database/client';
import type { User } from '@/lib/database/generated/client';
import { requireRight } from './require-right';
import type { Actor, UserRow } from './schema';

/** Every user, by name; disabled ones last. @throws AppError forbidden */
export async function listUsers(actor: Actor): Promise<UserRow[]> {
  requireRight(actor, 'user.manage');
  const users = await database().user.findMany({
    orderBy: [{ disabledAt: { sort: 'asc', nulls: 'first' } }, { name: 'asc' }, { id: 'asc' }],
  });
  return users.map(toUserRow);
}

export function toUserRow(user: User): UserRow {
  return {
    id: user.id,
    email: user.email,
    name: user.name,
    role: user.role,
    createdAt: user.createdAt.toISOString(),
    lastSignInAt: user.lastSignInAt?.toISOString() ?? null,
    disabledAt: user.disabledAt?.toISOString() ?? null,
    atProvider: user.passwordHash === null,
  };
}
