/** How many people approve what, how fresh their sign-in is, and how long a list waits: a versioned setting. */
import { z } from 'zod';
import { defineSetting } from '@/lib/settings/schema';

/** What Weir is designed for. A deployment may be stricter freely; to be laxer it has to say so. */
const TIER_FLOOR = { accounts: 1_000, payingShare: 0.05, verifiedTakesTwo: true, freshMinutes: 15 };

const whole = (name: string, from: number, to: number) =>
  z
    .number(`${name} is a number.`)
    .int(`${name} is a whole number.`)
    .min(from, `${name} is at least ${from.toLocaleString('en-US')}.`)
    .max(to, `${name} is at most ${to.toLocaleString('en-US')}.`);

const tiersSchema = z
  .object({
    /** Above so many accounts two people approve. */
    accounts: whole('The number of accounts', 1, 5_000),
    /** Above this share of paying accounts two people approve. */
    payingShare: z
      .number('The paying share is a number.')
      .min(0, 'The paying share is at least 0 %.')
      .max(0.2, 'The paying share is at most 20 %.'),
    /** Any account of a verified organization takes two people. */
    verifiedTakesTwo: z.boolean(),
    /** Who approves what takes two people has proved who they are within so many minutes. */
    freshMinutes: whole('The age of a sign-in', 1, 60),
    /** Hours that a proposal waits for its approvals. */
    waitHours: whole('The time to wait', 1, 24 * 7),
    /** Said aloud by whoever sets anything laxer than TIER_FLOOR; every proposal then says so too. */
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
export type Tiers = z.infer<typeof tiersSchema>;

/** In what the tiers are laxer than the design, in words; empty when in nothing. */
export function laxerThanFloor(tiers: Omit<Tiers, 'laxer'>): string[] {
  const { accounts, payingShare, verifiedTakesTwo, freshMinutes } = TIER_FLOOR;
  return [
    tiers.accounts > accounts && `one approver up to ${tiers.accounts.toLocaleString('en-US')} accounts`,
    tiers.payingShare > payingShare &&
      `one approver up to ${Math.round(tiers.payingShare * 1000) / 10} % paying`,
    verifiedTakesTwo && !tiers.verifiedTakesTwo && 'one approver for verified organizations',
    tiers.freshMinutes > freshMinutes && `sign-ins of up to ${tiers.freshMinutes} minutes`,
  ].filter((words) => words !== false);
}

export const tiersSetting = defineSetting<Tiers>({
  name: 'enforcement.tiers',
  title: 'Approval tiers',
  schema: tiersSchema,
  initial: {
    accounts: 1_000,
    payingShare: 0.05,
    verifiedTakesTwo: true,
    freshMinutes: 10,
    waitHours: 24,
    laxer: false,
  },
});
