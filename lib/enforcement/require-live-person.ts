import { requireRight } from '@/lib/access/require-right';
import type { Right } from '@/lib/access/rules';
import type { Actor, Person } from '@/lib/access/schema';
import type { Transaction } from '@/lib/database/transaction';
import { AppError } from '@/lib/errors';

/**
 * The acting person as the database knows them now, their row locked until the transaction ends: a role that was
 * taken away or a user who was disabled a moment ago does not act any more, and what one person does at the same
 * time in two windows happens one after the other. @throws AppError forbidden
 */
export async function requireLivePerson(tx: Transaction, actor: Actor, right: Right): Promise<Person> {
  requireRight(actor, right);
  if (actor.kind !== 'user') {
    throw new AppError('forbidden', 'Only a signed-in person may do this.', `${actor.kind} tried ${right}`);
  }
  const [row] = await tx.$queryRaw<{ name: string; role: Person['role']; disabled: boolean }[]>`
    SELECT name, role::text AS role, disabled_at IS NOT NULL AS disabled
    FROM app_user WHERE id = ${actor.id} FOR NO KEY UPDATE`;
  if (!row || row.disabled) {
    throw new AppError(
      'forbidden',
      'Your account is disabled. Ask an administrator.',
      `user ${actor.id} is disabled`,
    );
  }
  const person: Person = { ...actor, name: row.name, role: row.role };
  requireRight(person, right);
  return person;
}
