/**
 * How many accounts that detection held were innocent, on simulated worlds: `[held, innocent, clusters]` by quadrant,
 * strength from, and independent kinds (3 means three or more). Printed by `npm run -s calibrate`; what it rests on, and
 * what not, stands in docs/decisions/009-whom-a-list-may-hold.md.
 */
export const CALIBRATED_ON = '6 simulated worlds of 3,400 accounts (seeds 101 to 106)';

export const WRONG_SHARES: Record<string, readonly [held: number, innocent: number, clusters: number]> = {
  'distillation 0 2': [2, 0, 2],
  'distillation 0 3': [17, 0, 6],
  'distillation 0.3 2': [2, 0, 2],
  'distillation 0.3 3': [24, 0, 9],
  'distillation 0.45 2': [9, 0, 6],
  'distillation 0.45 3': [65, 0, 23],
  'distillation 0.6 3': [231, 34, 38],
  'distillation 0.8 2': [1, 0, 1],
  'distillation 0.8 3': [9371, 38, 63],
  'lone_extraction 0.3 3': [23, 0, 6],
  'lone_extraction 0.45 2': [2, 0, 2],
  'lone_extraction 0.45 3': [50, 0, 6],
  'lone_extraction 0.6 3': [9, 0, 5],
  'reseller_review 0.3 2': [1, 0, 1],
  'reseller_review 0.45 2': [16, 0, 8],
  'reseller_review 0.45 3': [296, 0, 13],
  'reseller_review 0.6 2': [349, 306, 24],
  'reseller_review 0.6 3': [347, 46, 30],
  'reseller_review 0.8 2': [35, 35, 6],
  'reseller_review 0.8 3': [566, 552, 10],
};
