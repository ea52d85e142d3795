/** How many people approve what, how fresh their sign-in is, and how long a list waits: a versioned setting. */
import { z } from 'zod';
import { defineSetting } from '@/lib/settings/schema';
import { INITIAL_TIERS, laxerThanFloor, type Tiers } from './tiers-rules';

export type { Tiers };

const whole = (name: string, from: number, to: number) =>
  z
    .number(`${name} is a number.`)
    .int(`${name} is a whole number.`)
    .min(from, `${name} is at least ${from.toLocaleString('en-US')}.`)
    .max(to, `${name} is at most ${to.toLocaleString('en-US')}.`);

const tiersSchema: z.ZodType<Tiers> = z
  .object({
    accounts: whole('The number of accounts', 1, 5_000),
    payingShare: z
      .number('The paying share is a number.')
      .min(0, 'The paying share is at least 0 %.')
      .max(0.2, 'The paying share is at most 20 %.'),
    verifiedTakesTwo: z.boolean(),
    freshMinutes: whole('The age of a sign-in', 1, 60),
    waitHours: whole('The time to wait', 1, 24 * 7),
    laxer: z.boolean(),
  })
  .superRefine((tiers, context) => {
    const what = laxerThanFloor(tiers);
    if (what.length > 0 && !tiers.laxer) {
      context.addIssue({
        code: 'custom',
        message: `This is laxer than Weir is designed for: ${what.join('; ')}. Tick "laxer than designed" if you mean it.`,
      });
    }
    if (what.length === 0 && tiers.laxer)
      context.addIssue({
        code: 'custom',
        message: 'Nothing here is laxer than designed. Take the tick off again.',
      });
  });

export const tiersSetting = defineSetting<Tiers>({
  name: 'enforcement.tiers',
  title: 'Approval tiers',
  schema: tiersSchema,
  initial: INITIAL_TIERS,
});
