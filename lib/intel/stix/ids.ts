/** Ids of STIX objects (STIX 2.1, section 2.9): observables by the specification's namespace, all else by the deployment's. */
import { createHash, createHmac } from 'node:crypto';
import { canonicalJson } from '@/lib/audit/log/canonical-json';

/** Namespace of observables' ids. No other object may use it. */
const OBSERVABLES = '00abedb4-aa42-466c-9c01-fed23315a9b7';

/** A name-based UUID of version 5 (RFC 9562, section 5.5). @param namespace a UUID */
export function uuidV5(namespace: string, name: string): string {
  const hash = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name, 'utf8')
    .digest();
  return formatUuid(hash, 5);
}

/** The id of an observable from its contributing properties: whoever sees the same thing gives the same id. */
export function observableId<T extends string>(
  type: T,
  contributing: Record<string, unknown>,
): `${T}--${string}` {
  return `${type}--${uuidV5(OBSERVABLES, canonicalJson(contributing))}`;
}

/**
 * The id of one of our own objects: the same thing keeps it for good, so that what changes is a new version. All but
 * observables should have a UUID of version 4: its bits are pseudo-random, drawn by HMAC-SHA-256 under the
 * deployment's own random UUID. @param namespace that UUID
 */
export function objectId<T extends string>(namespace: string, type: T, name: string): `${T}--${string}` {
  const key = Buffer.from(namespace.replaceAll('-', ''), 'hex');
  return `${type}--${formatUuid(createHmac('sha256', key).update(`${type} ${name}`, 'utf8').digest(), 4)}`;
}

/** @param bytes 16 or more, of which version and variant are overwritten */
function formatUuid(bytes: Buffer, version: number): string {
  bytes[6] = (bytes[6]! & 0x0f) | (version << 4);
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex', 0, 16);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
