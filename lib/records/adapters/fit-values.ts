/**
 * Makes foreign values fit the contract. What a client may choose (a user agent, a session, a prompt) is cut and
 * cleaned rather than refused: otherwise one odd character would keep an attacker's traffic out of sight.
 */
import { createHash } from 'node:crypto';
import { isAddress } from '../schema';

export const MAX_ID = 128;
export const MAX_TOKEN = 512;
export const MAX_PROMPT = 65_536;

/** A filled text of at most `max` characters that Postgres can store; undefined for anything else. */
export function cutText(value: unknown, max: number): string | undefined {
  if (typeof value !== 'string' || value === '') return undefined;
  return value.slice(0, max).replace(/\0|\p{Surrogate}/gu, '\uFFFD');
}

/** An identifier that clients may choose: one above 128 characters stands as its SHA-256. Undefined when empty. */
export function fitId(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string' || value === '') return undefined;
  if (value.length <= MAX_ID) return value;
  return `sha256:${createHash('sha256').update(value).digest('hex')}`;
}

/** The first address of what a proxy wrote: "203.0.113.7, 10.0.0.1", "203.0.113.7:5432", "[2001:db8::1]:443". */
export function firstAddress(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const first = value.split(',', 1)[0]!.trim();
  const bare = /^\[([^\]]+)\]/.exec(first)?.[1] ?? /^([\d.]+):\d+$/.exec(first)?.[1] ?? first;
  // An IPv4 client of an IPv6 socket is the same client.
  const address = bare.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '');
  return isAddress(address) ? address : undefined;
}

/** The number that a text holds; undefined when it is empty; what is no number stays, so that the check names it. */
export function readNumber(value: unknown): unknown {
  if (value === null || value === '') return undefined;
  if (typeof value !== 'string') return value;
  const number = Number(value);
  return Number.isNaN(number) || value.trim() === '' ? value : number;
}

/** The parsed JSON of a text that looks like it, else the value itself. */
export function parseIfJson(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Without the keys that hold nothing, as records are written. */
export function withoutMissing(record: Record<string, unknown>): Record<string, unknown> {
  const held: Record<string, unknown> = {};
  for (const key in record) if (record[key] !== undefined) held[key] = record[key];
  return held;
}
