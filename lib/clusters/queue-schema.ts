/** The queue's address read strictly, its saved views, and what is done to many clusters at once. Pure. */
import { z } from 'zod';
import { storableId } from '@/lib/storable-id';
import {
  type ClusterFilter,
  clusterFilterSchema,
  clusterIdSchema,
  DISMISS_REASONS,
  type DismissReason,
  type PersonRef,
} from './schema';

/** Rows that a list reads at first, and in all: a longer queue is narrowed by filters, not by scrolling. */
export const QUEUE_ROWS = { first: 500, most: 2_000 };

/** How many rows a list asks for: 500 at first. */
export const queueRowsSchema = z.coerce
  .number()
  .int()
  .min(1)
  .max(QUEUE_ROWS.most)
  .default(QUEUE_ROWS.first)
  .catch(QUEUE_ROWS.first);

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
  const given: Record<string, string> = {};
  for (const [name, value] of params) given[name] ??= value;
  const parsed = clusterFilterSchema.parse(given);
  const ignored: IgnoredPart[] = [];
  for (const [name, value] of Object.entries(given)) {
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

/** A filter that somebody keeps under a name. */
export interface SavedView {
  id: number;
  name: string;
  /** As filterQuery gives it. */
  query: string;
  shared: boolean;
  owner: PersonRef;
}

export const saveViewSchema = z.object({
  name: z.string().trim().min(1, 'Give the view a name.').max(60, 'A view’s name has at most 60 characters.'),
  /** The queue's address behind the question mark. */
  query: z.string().max(2_000, 'This filter is too long to be kept.'),
  shared: z.boolean(),
});
export type SaveViewInput = z.infer<typeof saveViewSchema>;

export const viewIdSchema = z.object({ viewId: storableId('There is no such view any more.') });

/** Clusters that one request may act on; the desk sends more in several. */
export const MOST_AT_ONCE = 500;

const clusterIds = z
  .array(clusterIdSchema)
  .min(1, 'Nothing is selected.')
  .max(
    MOST_AT_ONCE,
    `At most ${MOST_AT_ONCE} clusters at once, so that each is looked at. Narrow the filter and select fewer.`,
  );

const UNREADABLE = `The selection is not a list of at most ${QUEUE_ROWS.most} clusters. Select again.`;
/** The clusters that somebody ticked for a file: "12,3,7", at most as many as a list shows. */
export const tickedSchema = z
  .string(UNREADABLE)
  .regex(/^\d{1,9}(,\d{1,9})*$/, UNREADABLE)
  .transform((text) => text.split(',').map(Number))
  .refine((ids) => ids.length <= QUEUE_ROWS.most, UNREADABLE);

export const claimManySchema = z.object({ clusterIds });
export const dismissManySchema = z.object({
  clusterIds,
  reasonCode: z.enum(
    Object.keys(DISMISS_REASONS) as [DismissReason, ...DismissReason[]],
    'Choose what it is.',
  ),
  reason: z.string().trim().min(3, 'Say why, in a few words.').max(2000),
});
export type DismissManyInput = z.infer<typeof dismissManySchema>;

/** What became of one of many clusters: null, or why it was refused. */
export interface RowResult {
  clusterId: number;
  refused: string | null;
}
