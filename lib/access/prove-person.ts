import { database } from '@/lib/database/client';
import { AppError } from '@/lib/errors';
import type { Person } from './schema';
import { confirmPassword } from './sign-in';

/** Seconds that two clocks, or two steps of one sign-in, may lie apart. */
const SLACK_SECONDS = 5;

/**
 * That the person is who the session says, lately: their password, entered for this very act, or a sign-in of this
 * session within the last minutes that the database knows of too.
 * @returns when they proved it
 * @throws AppError not_signed_in when neither; SignInRefused when the password is wrong or the user locked
 */
export async function provePerson(
  person: Person,
  { minutes, password }: { minutes: number; password?: string },
): Promise<Date> {
  if (password) {
    await confirmPassword(person.id, password);
    return new Date();
  }
  const at = await freshSignIn(person, minutes);
  if (at) return at;
  throw new AppError(
    'not_signed_in',
    `This takes a sign-in within the last ${minutes} minutes. Enter your password.`,
  );
}

/** When this session began, if that was within the last minutes; null otherwise. */
export async function freshSignIn(person: Person, minutes: number): Promise<Date | null> {
  const { signedInAt } = person;
  if (signedInAt === undefined) return null;
  const age = Date.now() / 1000 - signedInAt;
  if (age > minutes * 60 || age < -SLACK_SECONDS) return null;
  const user = await database().user.findUnique({ where: { id: person.id }, select: { lastSignInAt: true } });
  const last = user?.lastSignInAt?.getTime() ?? 0;
  // A session cannot be younger than the last time its user came through the door.
  return signedInAt > last / 1000 + SLACK_SECONDS ? null : new Date(signedInAt * 1000);
}
