import { database } from '@/lib/database/client';
import { AppError } from '@/lib/errors';
import { seal } from '@/lib/settings/seal';
import { codeUri, makeCodeSecret } from './one-time-code';
import { requireFresh } from './require-fresh';
import type { Person } from './schema';
import { sealName } from './take-code';

/**
 * Makes the secret of a second factor, which counts once confirmCode has seen a code of it.
 * @returns it, this once: in base32 and as the address that authenticator apps read
 * @throws AppError unproved; conflict when there is one already; unavailable when it cannot be sealed
 */
export async function beginCode(person: Person): Promise<{ secret: string; uri: string }> {
  requireFresh(person);
  if (person.atProvider)
    throw new AppError('conflict', 'You sign in at your identity provider. Set up a second factor there.');
  const secret = makeCodeSecret();
  const { count } = await database().user.updateMany({
    where: { id: person.id, codeConfirmedAt: null },
    data: { codeSecret: seal(sealName(person.id), secret), codeStep: null },
  });
  if (count === 0) throw new AppError('conflict', 'You have a second factor already. Remove it first.');
  return { secret, uri: codeUri(secret, person.email) };
}
