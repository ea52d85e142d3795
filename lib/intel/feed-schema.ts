/** Collections of partners that are polled. */
import { z } from 'zod';
import type { SecretName } from '@/lib/settings/schema';
import { storableId } from '@/lib/storable-id';
import { partnerNameSchema } from './partner-schema';

const FEED_SIGN_INS = ['none', 'basic', 'bearer'] as const;
const reason = z.string().trim().min(3, 'Say why, in a few words.').max(2000);

export const addFeedSchema = z
  .object({
    partner: partnerNameSchema,
    url: z
      .url({ protocol: /^https?$/, error: 'Give the address of the collection, with https.' })
      .max(500)
      .refine((text) => /\/collections\/[^/?#]+(?:\/objects)?\/?$/.test(text), {
        error:
          'The address ends with /collections/ and the collection’s id: read it from the partner’s list of collections.',
      }),
    signIn: z.enum(FEED_SIGN_INS),
    userName: z.string().trim().max(200).default(''),
    secret: z.string().max(2000).default(''),
    minutes: z.int().min(5, 'Poll every 5 minutes at most.').max(10_080, 'Poll once a week at least.'),
    reason,
  })
  .refine(({ signIn, secret }) => signIn === 'none' || secret !== '', 'Give the password or token.');
export type AddFeedInput = z.input<typeof addFeedSchema>;

export const endFeedSchema = z.object({
  feedId: storableId('There is no such feed. Reload the page.'),
  reason,
});
export type EndFeedInput = z.infer<typeof endFeedSchema>;

export interface FeedRow {
  id: number;
  partner: string;
  url: string;
  minutes: number;
  polledAt: string | null;
  nextPollAt: string;
  failures: number;
  problem: string | null;
}

export const feedSecret = (id: number): SecretName => ({
  name: `intel.feed.${id}`,
  title: `Secret of feed ${id}`,
});
