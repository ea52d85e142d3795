/** 64-bit identities by hashing, so that writing an indicator or an exchange needs no look-up. */
import { hash } from 'node:crypto';

/** A signed 64-bit integer: the first 8 bytes of SHA-256 over the parts, each led by its length. */
export function hashIdentity(...parts: readonly string[]): bigint {
  let text = '';
  for (const part of parts) text += `${part.length}:${part}`;
  return hash('sha256', text, 'buffer').readBigInt64BE(0);
}
