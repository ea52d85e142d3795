/** 64-bit identities by hashing, so that writing an indicator needs no look-up. */
import { hash } from 'node:crypto';

/** An id's upper and lower 32 bits, signed. */
export interface Id64 {
  high: number;
  low: number;
}

/** The first 8 bytes of SHA-256 over the parts, each led by its length: strangers choose what is hashed here. */
export function hashIdentity(...parts: readonly string[]): Id64 {
  let text = '';
  for (const part of parts) text += `${part.length}:${part}`;
  const digest = hash('sha256', text, 'buffer');
  return { high: digest.readInt32BE(0), low: digest.readInt32BE(4) };
}
