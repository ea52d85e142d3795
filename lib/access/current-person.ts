/** Who is signed in, asked anew of the database at every request. */
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { getServerSession } from 'next-auth';
import { cache } from 'react';
import { AppError } from '@/lib/errors';
import { requestScope } from '@/lib/request-scope';
import { authOptions } from './auth-options';
import { findPerson } from './find-person';
import { readClient } from './read-client';
import { PATH_HEADER } from './rules';
import type { Client, Person } from './schema';

/** Whoever the session stands for, also one who has yet to choose a password. Once per request. */
const sessionPerson: () => Promise<Person | null> = cache(async () => {
  const session = await getServerSession(authOptions);
  const person = session ? await findPerson(session.sessionId, await currentClient()) : null;
  const scope = requestScope();
  if (scope && person) scope.personId = person.id;
  return person;
});

/** The signed-in person, or null: no session, an ended one, a user disabled since, or one who has yet to choose a
 * password. */
export async function currentPerson(): Promise<Person | null> {
  const person = await sessionPerson();
  return person?.hasOneTimePassword ? null : person;
}

/** Somebody who signed in with a one-time password and may do nothing but choose one of their own; else null. */
export async function findNewcomer(): Promise<Person | null> {
  const person = await sessionPerson();
  return person?.hasOneTimePassword ? person : null;
}

/** For what goes on after its answer began: asks the database anew. */
export async function isStillSignedIn(person: Person): Promise<boolean> {
  const now = await findPerson(person.sessionId, await currentClient());
  return now !== null && now.role === person.role;
}

/** Where this request comes from. */
export const currentClient = async (): Promise<Client> => readClient(await headers());

/** For pages and server actions: the signed-in person; others are sent to the sign-in page and back afterwards. */
export async function requirePerson(): Promise<Person> {
  const person = await currentPerson();
  if (person) return person;
  if (await findNewcomer()) redirect('/login/password');
  const path = (await headers()).get(PATH_HEADER) ?? '/';
  redirect(path === '/' ? '/login' : `/login?next=${encodeURIComponent(path)}`);
}

/** For route handlers. @throws AppError not_signed_in (401) */
export async function requirePersonOrThrow(): Promise<Person> {
  const person = await currentPerson();
  if (person) return person;
  if (await findNewcomer())
    throw new AppError('forbidden', 'Choose a password of your own first: open the desk in your browser.');
  throw new AppError('not_signed_in', 'Your session has ended. Sign in again.');
}
