/** Keys for machines: `weir_` and 32 random bytes. Only the SHA-256 is kept; 256 random bits need no slow hash. */
import { createHash, randomBytes } from 'node:crypto';

/** Letters of a key that lists show: "weir_" and six more, to recognise it by. */
const PREFIX_LENGTH = 11;
const KEY = /^weir_[A-Za-z0-9_-]{43}$/;

export function makeApiKey(): { key: string; prefix: string; sha256: string } {
  const key = `weir_${randomBytes(32).toString('base64url')}`;
  return { key, prefix: key.slice(0, PREFIX_LENGTH), sha256: hashApiKey(key) };
}

/** SHA-256 of the whole key, in hex. */
export function hashApiKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** The key of an `Authorization` header, or null when there is none of ours in it. */
export function readBearer(header: string): string | null {
  const key = /^bearer +(\S+)\s*$/i.exec(header)?.[1];
  return key && KEY.test(key) ? key : null;
}
