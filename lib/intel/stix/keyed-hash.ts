/** Values that only a provider knows, as partners with the same key can compare them. */
import { createHash, createHmac } from 'node:crypto';
import type { HashableKind } from '../share-schema';

/** Tells which key without telling the key: the first 16 hexadecimal digits of its SHA-256. */
export function keyIdOf(key: Buffer): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 16);
}

/** HMAC-SHA-256 of the kind, a line feed and the value, hex. The kind is bound in: a phone never matches a card. */
export function keyedHash(key: Buffer, kind: HashableKind, value: string): string {
  return createHmac('sha256', key).update(`${kind}\n${value}`, 'utf8').digest('hex');
}
