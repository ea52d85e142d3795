import { requireRight } from '@/lib/access/require-right';
import { RIGHTS } from '@/lib/access/rules';
import type { Actor, Role } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import type { PersonRef } from './schema';

/** Everybody who can sign in, by name: whom a comment may name, and to whom a cluster may be given. @throws AppError
 * forbidden */
export async function listColleagues(actor: Actor): Promise<(PersonRef & { claims: boolean })[]> {
  requireRight(actor, 'desk.read');
  const people = await database().user.findMany({
    where: { disabledAt: null },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    select: { id: true, name: true, role: true },
  });
  return people.map(({ id, name, role }) => ({
    id,
    name,
    claims: (RIGHTS['cluster.claim'] as readonly Role[]).includes(role),
  }));
}
