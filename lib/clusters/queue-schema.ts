/** The queue's length, its saved views, and what is done to many clusters at once. */
import { z } from 'zod';
import { storableId } from '@/lib/storable-id';
import { DISMISS_REASONS, type DismissReason } from './fixed-sets';
import { MOST_AT_ONCE, QUEUE_ROWS } from './queue-filter';
import { clusterIdSchema, type PersonRef } from './schema';

/** How many rows a list asks for: 500 at first. */
export const queueRowsSchema = z.coerce
  .number()
  .int()
  .min(1)
  .max(QUEUE_ROWS.most)
  .default(QUEUE_ROWS.first)
  .catch(QUEUE_ROWS.first);

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
