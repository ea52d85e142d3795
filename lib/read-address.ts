/**
 * Reads the parts of an address, each as what it may be or not at all: an address that somebody mistyped still shows
 * its page. Browsers read addresses at every key, so this is without the schemas that hold writes.
 */
import { MAX_ID } from './max-id';

type Part = string | undefined;

/** The parts by name; of a name given twice the first. */
export function firstParts(parts: Iterable<[string, string]>): Record<string, Part> {
  const given = new Map<string, string>();
  for (const [name, value] of parts) if (!given.has(name)) given.set(name, value);
  return Object.fromEntries(given);
}

export function oneOf<T extends string>(values: readonly T[], part: Part): T | undefined {
  return values.find((value) => value === part);
}

/** Those of a comma-separated list that it may hold: none of a list that holds nothing known. */
export function someOf<T extends string>(values: readonly T[], part: Part): T[] | undefined {
  return part?.split(',').filter((each): each is T => (values as readonly string[]).includes(each));
}

export function numberWithin(from: number, to: number, part: Part): number | undefined {
  if (part === undefined || part.trim() === '') return undefined;
  const value = Number(part);
  return value >= from && value <= to ? value : undefined;
}

export function wholeWithin(from: number, to: number, part: Part): number | undefined {
  const value = numberWithin(from, to, part);
  return Number.isInteger(value) ? value : undefined;
}

/** An id that the database can hold. */
export const idIn = (part: Part): number | undefined => wholeWithin(1, MAX_ID, part);

export function matching(pattern: RegExp, part: Part): string | undefined {
  return part !== undefined && pattern.test(part) ? part : undefined;
}

/** Text without the spaces around it; nothing when that is empty or too long. */
export function textWithin(most: number, part: Part): string | undefined {
  const text = part?.trim();
  return text && text.length <= most ? text : undefined;
}
