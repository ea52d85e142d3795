/**
 * How many accounts that detection held were innocent, on simulated worlds: `[held, innocent, clusters]` by quadrant,
 * strength from, and independent kinds (3 means three or more). Printed by `npm run -s calibrate`; what it rests on, and
 * what not, stands in docs/decisions/009-whom-a-list-may-hold.md.
 */
export const WRONG_SHARES: Record<string, readonly [held: number, innocent: number, clusters: number]> = {
  'distillation 0 2': [2, 0, 2],
  'distillation 0 3': [12, 0, 5],
  'distillation 0.3 2': [2, 0, 2],
  'distillation 0.3 3': [21, 0, 8],
  'distillation 0.45 2': [6, 0, 5],
  'distillation 0.45 3': [58, 0, 20],
  'distillation 0.6 3': [200, 29, 32],
  'distillation 0.8 2': [1, 0, 1],
  'distillation 0.8 3': [7790, 31, 52],
  'lone_extraction 0.3 3': [21, 0, 5],
  'lone_extraction 0.45 2': [2, 0, 2],
  'lone_extraction 0.45 3': [38, 0, 5],
  'lone_extraction 0.6 3': [9, 0, 5],
  'reseller_review 0.45 2': [10, 0, 6],
  'reseller_review 0.45 3': [248, 0, 11],
  'reseller_review 0.6 2': [306, 265, 21],
  'reseller_review 0.6 3': [299, 37, 25],
  'reseller_review 0.8 2': [27, 27, 5],
  'reseller_review 0.8 3': [468, 454, 9],
};
