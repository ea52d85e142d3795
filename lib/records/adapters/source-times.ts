/** Times as other tools write them, turned into RFC 3339. What is no time stays as it is, so that the check names it. */
import { parseTime } from '../times';

const LOOSE = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d(?:\.\d+)?) ?(UTC|Z|[+-]\d\d(?::?\d\d)?)?$/i;
const NANO_DIGITS = 6;
const MAX_MS = 8_640_000_000_000_000;

/** "2026-09-01 08:14:22.113", with or without a zone as databases print it; without one it is UTC. Comes out plain. */
export function utcTime(value: unknown): unknown {
  const parts = typeof value === 'string' ? LOOSE.exec(value.trim()) : null;
  if (!parts) return value;
  const [, day, time, zone = 'Z'] = parts;
  const ms = parseTime(`${day}T${time}${/^[+-]/.test(zone) ? fullOffset(zone) : 'Z'}`);
  return Number.isNaN(ms) ? value : new Date(ms).toISOString();
}

const fullOffset = (zone: string) => `${zone.slice(0, 3)}:${zone.slice(3).replace(':', '') || '00'}`;

/** Seconds or milliseconds since 1970, as a number or its digits. */
export function epochTime(value: unknown, unit: 's' | 'ms'): unknown {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number') return value;
  const ms = Math.floor(unit === 's' ? number * 1000 : number);
  return Math.abs(ms) <= MAX_MS ? new Date(ms).toISOString() : value;
}

/** Nanoseconds since 1970: digits, or a number that may have lost its last digits, which are below a millisecond. */
export function nanoTime(value: unknown): unknown {
  if (typeof value === 'number') return epochTime(value / 1e6, 'ms');
  if (typeof value !== 'string' || !/^\d{1,20}$/.test(value)) return value;
  return epochTime(Number(value.slice(0, -NANO_DIGITS) || '0'), 'ms');
}
