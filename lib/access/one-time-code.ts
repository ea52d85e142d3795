/** Codes of an authenticator app (TOTP, RFC 6238: SHA-1, six figures, 30 s, which every app knows) and the recovery codes
 * beside them. */
import { createHash, randomInt } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

const PERIOD = 30;
/** Steps that the clock of a telephone may be off, either way. */
const WINDOW = 1;
const RECOVERY_CODES = 10;
// No i, l, o, u, 0, 1: copied from paper it stays what it was.
const LETTERS = 'abcdefghjkmnpqrstvwxyz23456789';

const totpOf = (secret: string, email = '') =>
  new TOTP({ issuer: 'Weir', label: email, algorithm: 'SHA1', digits: 6, period: PERIOD, secret });

/** A new secret, 160 bits in base32. */
export const makeCodeSecret = (): string => new Secret({ size: 20 }).base32;

/** What the app reads from the picture: `otpauth://totp/…`. */
export const codeUri = (secret: string, email: string): string => totpOf(secret, email).toString();

/** The time step that a code belongs to, or null when it is none of now. Each step is good once. */
export function readCode(secret: string, code: string, now = Date.now()): bigint | null {
  const token = code.replaceAll(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return null;
  const delta = totpOf(secret).validate({ token, timestamp: now, window: WINDOW });
  return delta === null ? null : BigInt(Math.floor(now / 1_000 / PERIOD) + delta);
}

/** Ten codes such as "k7mw2-p4xqz-h3n8t", each good once: 73 bits, so their hashes need no salt. */
export function makeRecoveryCodes(): string[] {
  const group = () => Array.from({ length: 5 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  return Array.from({ length: RECOVERY_CODES }, () => [group(), group(), group()].join('-'));
}

export function hashRecoveryCode(code: string): string {
  const letters = code.toLowerCase().replaceAll(/[^a-z\d]/g, '');
  return createHash('sha256').update(`weir recovery ${letters}`).digest('hex');
}
