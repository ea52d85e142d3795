/** A browser that somebody signed in from keeps a mark, so that failures of others never lock that person out of it
 * (OWASP's device cookies). The mark proves nothing else: without the password it opens nothing. */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

export const DEVICE_DAYS = 180;

const NONCE_BYTES = 16;

const sign = (email: string, nonce: string, secret: string) =>
  createHmac('sha256', secret).update(`weir device\0${email}\0${nonce}`).digest('base64url');

/** One mark a person: the name tells apart those who share a browser and names nobody. */
export function deviceName(email: string): string {
  return `device.${createHash('sha256').update(email).digest('hex').slice(0, 12)}`;
}

/** A new mark of this browser for this person. @param secret NEXTAUTH_SECRET */
export function makeDevice(email: string, secret: string): string {
  const nonce = randomBytes(NONCE_BYTES).toString('base64url');
  return `${nonce}.${sign(email, nonce, secret)}`;
}

/** Which browser of this person's a mark stands for, or null when we did not make it. */
export function readDevice(email: string, mark: string | undefined, secret: string): string | null {
  const [nonce, signature, more] = (mark ?? '').split('.');
  if (!nonce || !signature || more !== undefined || !/^[\w-]{22}$/.test(nonce)) return null;
  const right = Buffer.from(sign(email, nonce, secret));
  const given = Buffer.from(signature);
  return given.length === right.length && timingSafeEqual(given, right) ? nonce : null;
}
