/** 64-bit identities of exchanges by hashing, so that writing one needs no look-up. */
import { hashIdentity, type Id64 } from '@/lib/records/hash-identity';

/** The signed 64-bit integer that Postgres holds. */
export function toBigInt({ high, low }: Id64): bigint {
  return (BigInt(high) << 32n) | BigInt(low >>> 0);
}

/**
 * Writes the 64-bit hash of an exchange's id to `into[at]` (upper half) and `into[at + 1]`. The provider chooses
 * these ids and they count within one account, so a quick hash is enough: two lanes of MurmurHash3's 32-bit mixing
 * over UTF-16 units, crossed at the end.
 */
export function hashExchangeId(id: string, into: Int32Array, at: number): void {
  let a = 0x3c6ef372;
  let b = 0x1b873593;
  for (let i = 0; i < id.length; i++) {
    const unit = id.charCodeAt(i);
    a = Math.imul(a ^ unit, 0xcc9e2d51);
    a = (a << 15) | (a >>> 17);
    b = Math.imul(b + unit, 0x85ebca6b);
    b = ((b << 13) | (b >>> 19)) ^ a;
  }
  putCrossed(a, b, id.length, into, at);
}

/** As hashExchangeId, the way of databases that began with it. */
export function hashExchangeIdBefore(id: string, into: Int32Array, at: number): void {
  const { high, low } = hashIdentity(id);
  into[at] = high;
  into[at + 1] = low;
}

/** As hashExchangeId, of an id that lies in ASCII bytes. */
export function hashExchangeBytes(
  bytes: Uint8Array,
  from: number,
  length: number,
  into: Int32Array,
  at: number,
): void {
  let a = 0x3c6ef372;
  let b = 0x1b873593;
  for (let i = from; i < from + length; i++) {
    const unit = bytes[i]!;
    a = Math.imul(a ^ unit, 0xcc9e2d51);
    a = (a << 15) | (a >>> 17);
    b = Math.imul(b + unit, 0x85ebca6b);
    b = ((b << 13) | (b >>> 19)) ^ a;
  }
  putCrossed(a, b, length, into, at);
}

/**
 * As hashExchangeId, of the text in small letters, runs of space as one and none at the ends, without making that
 * text. @returns false, and writes nothing, when there is more than ASCII in it
 */
export function hashFolded(text: string, into: Int32Array, at: number): boolean {
  let a = 0x3c6ef372;
  let b = 0x1b873593;
  let length = 0;
  let isSpaceDue = false;
  for (let i = 0; i < text.length; i++) {
    let unit = text.charCodeAt(i);
    if (unit > 127) return false;
    if (unit === 32 || (unit >= 9 && unit <= 13)) {
      isSpaceDue = length > 0;
      continue;
    }
    if (isSpaceDue) {
      isSpaceDue = false;
      length++;
      a = Math.imul(a ^ 32, 0xcc9e2d51);
      a = (a << 15) | (a >>> 17);
      b = Math.imul(b + 32, 0x85ebca6b);
      b = ((b << 13) | (b >>> 19)) ^ a;
    }
    if (unit >= 65 && unit <= 90) unit += 32;
    length++;
    a = Math.imul(a ^ unit, 0xcc9e2d51);
    a = (a << 15) | (a >>> 17);
    b = Math.imul(b + unit, 0x85ebca6b);
    b = ((b << 13) | (b >>> 19)) ^ a;
  }
  putCrossed(a, b, length, into, at);
  return true;
}

function putCrossed(a: number, b: number, length: number, into: Int32Array, at: number): void {
  const high = finish(a ^ Math.imul(b, 0xc2b2ae35) ^ length);
  into[at] = high;
  into[at + 1] = finish(b + Math.imul(high, 0x9e3779b1));
}

function finish(value: number): number {
  let h = value ^ (value >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}
