/** The queue's filters as they stand in its address, read strictly. Pure. */
import { QUADRANTS, type Quadrant } from '@/lib/detection/fixed-sets';
import {
  firstParts,
  idIn,
  matching,
  numberWithin,
  oneOf,
  someOf,
  textWithin,
  wholeWithin,
} from '@/lib/read-address';
import { CLUSTER_SORTS, CLUSTER_STATUSES, type ClusterStatus, REOPENED_CAUSES } from './fixed-sets';

/** Rows that a list reads at first, and in all: a longer queue is narrowed by filters, not by scrolling. */
/** `page`: those that come with the page itself, a few screens of them; the others follow at once. */
export const QUEUE_ROWS = { page: 60, first: 500, most: 2_000 };

/** Clusters that one request may act on; the desk sends more in several. */
export const MOST_AT_ONCE = 500;

/** ?status=open,in_review&min=12&sort=score */
export interface ClusterFilter {
  /** Absent: all that is not dismissed. */
  status?: ClusterStatus[];
  quadrant?: Quadrant[];
  /** Score at least, up to 1000. */
  min?: number;
  /** Accounts at least. */
  size?: number;
  /** A kind of evidence that must be present. */
  kind?: string;
  /** 'me', 'nobody', or a user's id. */
  who?: string;
  /** Why a decided cluster is open again. */
  reopened?: (typeof REOPENED_CAUSES)[number];
  /** The campaign that it is in. */
  campaign?: number;
  /** Name or CL-number. */
  q?: string;
  /** First found less, or at least, so many days ago: under-1d, over-7d. */
  age?: string;
  sort: (typeof CLUSTER_SORTS)[number];
  dir: 'asc' | 'desc';
  /** The cluster in the preview. */
  at?: number;
}

/** What narrows the list: everything but the order and the row in the preview. */
export const QUEUE_FACETS = [
  'status',
  'min',
  'size',
  'quadrant',
  'kind',
  'who',
  'age',
  'reopened',
  'campaign',
  'q',
] as const;
const KEYS = [...QUEUE_FACETS, 'sort', 'dir'] as const;

/** The filter as a query in a fixed order, without what is the default: equal filters give equal text. */
export function filterQuery(filter: ClusterFilter): string {
  const query = new URLSearchParams();
  for (const key of KEYS) {
    const value = filter[key];
    const text = Array.isArray(value) ? value.join(',') : String(value ?? '');
    if (text === '' || (key === 'sort' && text === 'score') || (key === 'dir' && text === 'desc')) continue;
    query.set(key, text);
  }
  return query.toString();
}

/** Something in an address that means nothing here. */
export interface IgnoredPart {
  name: string;
  value: string;
}

/** Parts of an address that are no filter. */
const OTHER_PARTS = ['at', 'preview', 'rows'];
const SHOWN_PART = 60;

/** The filter that an address asks for, and the parts of it that mean nothing and are left out. */
export function readFilter(params: Iterable<[string, string]>): {
  filter: ClusterFilter;
  ignored: IgnoredPart[];
} {
  const given = firstParts(params);
  const parsed = readParts(given);
  const ignored: IgnoredPart[] = [];
  for (const [name, value = ''] of Object.entries(given)) {
    if (OTHER_PARTS.includes(name) || value.trim() === '') continue;
    const kept = (KEYS as readonly string[]).includes(name) ? parsed[name as keyof ClusterFilter] : undefined;
    const read = Array.isArray(kept) ? kept.length === value.split(',').length : agrees(kept, value);
    if (!read) ignored.push({ name: name.slice(0, SHOWN_PART), value: value.slice(0, SHOWN_PART) });
  }
  // Of a list of which nothing is left, nothing is asked.
  const filter = {
    ...parsed,
    status: parsed.status?.length ? parsed.status : undefined,
    quadrant: parsed.quadrant?.length ? parsed.quadrant : undefined,
  };
  return { filter, ignored };
}

/** Whether what was read is what was written: defaults stand in for what could not be read. */
function agrees(kept: unknown, value: string): boolean {
  if (typeof kept === 'number') return kept === Number(value);
  return kept === value.trim();
}

function readParts(given: Record<string, string | undefined>): ClusterFilter {
  return {
    status: someOf(CLUSTER_STATUSES, given.status),
    quadrant: someOf(QUADRANTS, given.quadrant),
    min: numberWithin(0, 1000, given.min),
    size: wholeWithin(0, Number.MAX_SAFE_INTEGER, given.size),
    kind: matching(/^[a-z][a-z0-9_]{0,62}$/, given.kind),
    who: matching(/^(?:me|nobody|\d{1,9})$/, given.who),
    reopened: oneOf(REOPENED_CAUSES, given.reopened),
    campaign: idIn(given.campaign),
    q: textWithin(100, given.q),
    age: matching(/^(?:under|over)-[1-9]\d{0,3}d$/, given.age),
    sort: oneOf(CLUSTER_SORTS, given.sort) ?? 'score',
    dir: oneOf(['asc', 'desc'], given.dir) ?? 'desc',
    at: idIn(given.at),
  };
}
