/** Within what time the team has agreed to look at clusters: a versioned setting. */
import { z } from 'zod';
import { defineSetting } from '@/lib/settings/schema';

const hours = (name: string) =>
  z
    .number(`${name} is a number of hours.`)
    .int(`${name} is a whole number of hours.`)
    .min(1, `${name} is at least an hour.`)
    .max(24 * 90, `${name} is at most 90 days.`);

export const triageLimitsSetting = defineSetting({
  name: 'triage.limits',
  title: 'Time limits of the queue',
  schema: z.object({
    /** From found to claimed. */
    claimHours: hours('The time to claim'),
    /** From claimed to decided. */
    decideHours: hours('The time to decide'),
  }),
  initial: { claimHours: 48, decideHours: 120 },
});
export type TriageLimits = z.infer<typeof triageLimitsSetting.schema>;
