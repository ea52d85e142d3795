/** Passwords are kept as argon2id hashes (OWASP's 19 MiB, 2 passes) and made here when nobody chose one. */
import { randomInt } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { normalizePassword } from './password-rules';

const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** The hash to store, in PHC form with its salt. */
export function hashPassword(password: string): Promise<string> {
  return hash(normalizePassword(password), COST);
}

/** True when the password belongs to the hash; false for a hash that cannot be read. */
export async function verifyPassword(hashed: string, password: string): Promise<boolean> {
  try {
    return await verify(hashed, normalizePassword(password));
  } catch {
    return false;
  }
}

let nobodys: Promise<string> | undefined;

/** Takes as long as verifying a real one and is never right, so that timing does not tell who exists. */
export async function verifyNobody(password: string): Promise<false> {
  nobodys ??= hashPassword(`nobody ${randomInt(2 ** 40)}`);
  await verifyPassword(await nobodys, password);
  return false;
}

// No i, l, o, u, 0, 1: read aloud or copied from paper it stays what it was.
const LETTERS = 'abcdefghjkmnpqrstvwxyz23456789';

/** A password such as "k7mw2-p4xqz-…": four groups of five from 30 letters, 98 bits. */
export function makePassword(): string {
  const group = () => Array.from({ length: 5 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  return [group(), group(), group(), group()].join('-');
}
