/** Filters and paging of TAXII 2.1 (sections 3.4 and 3.5), read from an address. Pure. */
import { AppError } from '@/lib/errors';
import { readTimestamp } from '../stix/timestamp';

export interface ObjectQuery {
  /** Strictly after this time of adding; RFC 3339, to the microsecond. */
  after: string | null;
  limit: number;
  ids: string[] | null;
  types: string[] | null;
  /** False when none of the asked-for versions of STIX is ours. */
  speaks: boolean;
  versions: { all: boolean; first: boolean; last: boolean; at: string[] };
}

const MOST = 1_000;
const DEFAULT = 100;
const LISTED = 200;

/** @throws AppError bad_input naming the parameter */
export function readObjectQuery(query: URLSearchParams): ObjectQuery {
  const next = query.get('next');
  const added = query.get('added_after');
  const specVersions = list(query, 'match[spec_version]');
  return {
    after: later(
      added === null ? null : readTime('added_after', added),
      next === null ? null : readNext(next),
    ),
    limit: readLimit(query.get('limit')),
    ids: list(query, 'match[id]'),
    types: list(query, 'match[type]'),
    speaks: specVersions === null || specVersions.includes('2.1'),
    versions: readVersions(list(query, 'match[version]') ?? ['last']),
  };
}

/** Where the next page begins; nobody else needs to understand it. */
export function writeNext(dateAdded: string): string {
  return Buffer.from(dateAdded).toString('base64url');
}

function readNext(text: string): string {
  const time = Buffer.from(text, 'base64url').toString();
  if (readTimestamp(time) !== null) return time;
  throw bad('next', 'is not one that this server gave. Begin again without it');
}

function readTime(name: string, text: string): string {
  if (readTimestamp(text) !== null) return text;
  throw bad(name, 'is not a timestamp in UTC such as 2026-09-01T00:00:00.000Z');
}

function readLimit(text: string | null): number {
  if (text === null) return DEFAULT;
  if (/^\d{1,9}$/.test(text) && Number(text) > 0) return Math.min(MOST, Number(text));
  throw bad('limit', 'is not a whole number above 0');
}

function list(query: URLSearchParams, name: string): string[] | null {
  const values = query.getAll(name).flatMap((text) => text.split(','));
  if (values.length === 0) return null;
  if (values.length > LISTED) throw bad(name, `names more than ${LISTED} values`);
  if (values.some((value) => value === '' || value.includes('\0'))) throw bad(name, 'holds an empty value');
  return values;
}

function readVersions(words: readonly string[]): ObjectQuery['versions'] {
  const named = ['all', 'first', 'last'];
  const at = words.filter((word) => !named.includes(word)).map((word) => readTime('match[version]', word));
  const has = (word: string) => words.includes(word);
  return { all: has('all'), first: has('first'), last: has('last'), at };
}

/** The later of two times; texts of unlike length are compared to the microsecond. */
function later(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  const key = (time: string) => `${time.slice(0, 19)}.${(time.slice(20, -1) || '0').padEnd(9, '0')}`;
  return key(a) > key(b) ? a : b;
}

const bad = (name: string, what: string) => new AppError('bad_input', `The parameter ${name} ${what}.`);
