/** The one rule for dangerous verbs: a person has to have proved lately who they are. */
import { AppError } from '@/lib/errors';
import { FRESH_MINUTES } from './rules';
import type { Actor, Person } from './schema';

/** When the person last proved who they are, if that was within the last minutes; null otherwise. */
export function provenWithin(person: Person, minutes: number, now = Date.now()): Date | null {
  const { provedAt } = person;
  if (provedAt === undefined) return null;
  const age = now / 1_000 - provedAt;
  return age > minutes * 60 || age < -5 ? null : new Date(provedAt * 1_000);
}

/**
 * Asked by every verb that hands out access, opens a secret, erases, or lets enforcement go on. Others than people have
 * no session to steal. The desk answers `unproved` with a dialog (confirmPerson) and tries again.
 * @returns when they proved it; null for others than people
 * @throws AppError unproved
 */
export function requireFresh(actor: Actor, minutes: number = FRESH_MINUTES): Date | null {
  if (actor.kind !== 'user') return null;
  const at = provenWithin(actor, minutes);
  if (at) return at;
  throw new AppError(
    'unproved',
    actor.atProvider
      ? `This takes a sign-in within the last ${minutes} minutes, and your identity provider has to say when it was. Sign in there once more.`
      : `This takes a sign-in within the last ${minutes} minutes. Enter your password once more.`,
  );
}
