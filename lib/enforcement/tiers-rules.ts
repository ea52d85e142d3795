/** How many people approve what, how fresh their sign-in is, and how long a list waits. Pure. */
export interface Tiers {
  /** Above so many accounts two people approve. */
  accounts: number;
  /** Above this share of paying accounts two people approve. */
  payingShare: number;
  /** Any account of a verified organization takes two people. */
  verifiedTakesTwo: boolean;
  /** Who approves what takes two people has proved who they are within so many minutes. */
  freshMinutes: number;
  /** Hours that a proposal waits for its approvals. */
  waitHours: number;
  /** Said aloud by whoever sets anything laxer than TIER_FLOOR; every proposal then says so too. */
  laxer: boolean;
}

export const INITIAL_TIERS: Tiers = {
  accounts: 1_000,
  payingShare: 0.05,
  verifiedTakesTwo: true,
  freshMinutes: 10,
  waitHours: 24,
  laxer: false,
};

/** What Weir is designed for. A deployment may be stricter freely; to be laxer it has to say so. */
const TIER_FLOOR = { accounts: 1_000, payingShare: 0.05, verifiedTakesTwo: true, freshMinutes: 15 };

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
