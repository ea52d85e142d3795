import type { z } from 'zod';
import { acceptQuickly, countUnknownKeys } from './accept-quickly';
import { quoteInput } from './quote-input';
import { INTEGER, RECORD_SCHEMAS, TIME_FIELDS, type WeirRecord, weirRecord } from './schema';
import { describeBelievableSpan, isBelievableTime, parseTime } from './times';

export type ParsedRecord =
  | { ok: true; record: WeirRecord; unknownKeys: number }
  | { ok: false; reason: string };

/**
 * One line of NDJSON as a record, or the reason why it is none, in a sentence that names field and problem and
 * repeats at most 80 characters of the line. Keys that the contract does not know are dropped and counted.
 * Times must lie within [2015-01-01, now + 1 day]. Never throws.
 */
export function parseRecord(line: string, now: Date): ParsedRecord {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return { ok: false, reason: describeBrokenJson(line, error) };
  }
  return checkRecord(value, now);
}

/** As parseRecord, for what an adapter has already turned into an object. */
export function checkRecord(value: unknown, now: Date): ParsedRecord {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { ok: false, reason: `expected one JSON object, got ${typeName(value)}` };
  }
  const quick = acceptQuickly(value as Record<string, unknown>, now);
  return quick ? { ok: true, ...quick } : checkThoroughly(value, now);
}

/** The whole check by zod, which also finds the words for what is wrong. */
export function checkThoroughly(value: object, now: Date): ParsedRecord {
  const kind = (value as { record?: unknown }).record;
  if (!isKind(kind)) return { ok: false, reason: describeUnknownKind(kind) };
  const parsed = weirRecord.safeParse(value);
  if (!parsed.success) return { ok: false, reason: describeIssue(value, parsed.error.issues[0]) };
  for (const field of TIME_FIELDS[kind]) {
    const time = (parsed.data as Record<string, unknown>)[field];
    if (typeof time !== 'string' || isBelievableTime(parseTime(time), now)) continue;
    return { ok: false, reason: `${field} is ${time.slice(0, 35)}: outside ${describeBelievableSpan(now)}` };
  }
  return { ok: true, record: parsed.data, unknownKeys: countUnknownKeys(value, kind) };
}

function isKind(kind: unknown): kind is WeirRecord['record'] {
  return typeof kind === 'string' && Object.hasOwn(RECORD_SCHEMAS, kind);
}

function describeUnknownKind(kind: unknown): string {
  if (kind === undefined) return 'record: missing';
  const expected = `expected one of ${Object.keys(RECORD_SCHEMAS).join(', ')}`;
  return `record: ${expected}, got ${typeof kind === 'string' ? quoteInput(kind) : typeName(kind)}`;
}

function describeBrokenJson(line: string, error: unknown): string {
  if (line.includes('\0')) return 'not JSON: contains a NUL character';
  const position = /at position (\d+)/.exec(String(error))?.[1];
  const where = position === undefined ? '' : ` at character ${Number(position) + 1}`;
  return `not JSON${where}: ${quoteInput(line.slice(Math.max(0, Number(position ?? 0) - 20)), 40)}`;
}

function describeIssue(record: object, issue: z.core.$ZodIssue | undefined): string {
  if (!issue) return 'not a record';
  const value = issue.path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown>)?.[key], record);
  return `${issue.path.map(String).join('.')}: ${describeProblem(issue, value)}`;
}

function describeProblem(issue: z.core.$ZodIssue, value: unknown): string {
  if (value === undefined) return 'missing';
  const got = typeof value === 'string' ? quoteInput(value) : String(value);
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${issue.message === INTEGER ? INTEGER : issue.expected}, got ${typeName(value)}`;
    case 'invalid_value':
      return `expected one of ${issue.values.map(String).join(', ')}, got ${typeof value === 'string' ? got : typeName(value)}`;
    case 'too_big':
      if (issue.origin === 'array') return `more than ${issue.maximum} entries`;
      return `expected at most ${issue.maximum}, got ${got}`;
    case 'too_small':
      return issue.origin === 'string' ? 'empty' : `expected at least ${issue.minimum}, got ${got}`;
    case 'invalid_format':
      return `${issue.message}: ${got}`;
    default:
      return typeof value === 'string' && value.length <= 80 ? `${issue.message}: ${got}` : issue.message;
  }
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}
