/** What is to be taken away when a person is forgotten, handed to each noun that holds some of it. Pure. */

/** What stands where something of a forgotten person stood. */
export const FORGOTTEN = '[forgotten]';

/** Shorter texts would be found inside others' words: only columns that hold nothing else lose them. */
const FINDABLE = 6;
/** Each of them is looked for in every text of the desk, a million audit entries among them. */
const MOST_TRACES = 25;

export interface Erasure {
  accountKey: number;
  /** The provider's id. */
  id: string;
  /** The random name that stands in its place from now on. */
  name: string;
  /** Ids, as decimal strings, of indicators that nobody else was ever seen with. */
  soleIndicators: ReadonlySet<string>;
  /** What identifies the person and is long enough to be found in others' texts; the id may be too short. */
  traces: string[];
  /** Patterns for ILIKE ANY that find every text in which scrub would change something. */
  patterns: string[];
  /** The text without what identifies the person. */
  scrub(text: string): string;
}

/**
 * @param traces what identifies the person beside the id, surest first: name, address, values that only this account had
 */
export function makeErasure(
  account: { key: number; id: string; name: string; soleIndicators: ReadonlySet<string> },
  traces: readonly string[],
): Erasure {
  const findable = [...new Set([account.id, ...traces])].filter(isFindable).slice(0, MOST_TRACES);
  // As a whole word: acct_1 stays out of acct_10.
  const longestFirst = [...findable].sort((a, b) => b.length - a.length);
  const pattern = longestFirst.map((trace) => `(?<![\\w-])${escapePattern(trace)}(?![\\w-])`).join('|');
  const found = findable.length > 0 ? new RegExp(pattern, 'giu') : null;
  return {
    accountKey: account.key,
    id: account.id,
    name: account.name,
    soleIndicators: account.soleIndicators,
    traces: findable,
    patterns: findable.map((trace) => `%${trace.replaceAll(/[\\%_]/g, '\\$&')}%`),
    scrub: (text) => (found ? text.replace(found, FORGOTTEN) : text),
  };
}

const isFindable = (trace: string) => trace.length >= FINDABLE && !/^\d{1,9}$/.test(trace);

function escapePattern(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

/** A JSON value with every text in it scrubbed, keys too. */
export function scrubJson(value: unknown, scrub: (text: string) => string): unknown {
  if (typeof value === 'string') return scrub(value);
  if (Array.isArray(value)) return value.map((item) => scrubJson(item, scrub));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [scrub(key), scrubJson(item, scrub)]));
}
