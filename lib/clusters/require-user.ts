import type { Actor, Person } from '@/lib/access/schema';
import { AppError } from '@/lib/errors';

/** Judging is for people: what they decide stands under their name. @throws AppError forbidden */
export function requireUser(actor: Actor): Person {
  if (actor.kind === 'user') return actor;
  throw new AppError('forbidden', 'Only a signed-in person may do this. Sign in on the desk.');
}
