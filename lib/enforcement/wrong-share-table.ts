/**
 * How many accounts that detection held were innocent, on simulated worlds: `[held, innocent, clusters]` by quadrant,
 * strength from, and independent kinds (3 means three or more). Printed by `npm run -s calibrate`; what it rests on, and
 * what not, stands in docs/decisions/009-whom-a-list-may-hold.md.
 */
export const CALIBRATED_ON =
  '6 simulated worlds of 3,400 accounts (seeds 101 to 106) and 2 of 20,000 (seeds 201 to 202)';

export const WRONG_SHARES: Record<string, readonly [held: number, innocent: number, clusters: number]> = {
  'distillation 0 1': [1, 1, 1],
  'distillation 0 2': [4, 1, 4],
  'distillation 0 3': [32, 0, 10],
  'distillation 0.3 2': [2, 0, 2],
  'distillation 0.3 3': [27, 0, 12],
  'distillation 0.45 2': [9, 0, 6],
  'distillation 0.45 3': [84, 0, 28],
  'distillation 0.6 2': [3, 0, 2],
  'distillation 0.6 3': [348, 57, 60],
  'distillation 0.8 2': [1, 0, 1],
  'distillation 0.8 3': [17144, 55, 100],
  'lone_extraction 0.3 3': [23, 0, 6],
  'lone_extraction 0.45 2': [2, 0, 2],
  'lone_extraction 0.45 3': [73, 0, 10],
  'lone_extraction 0.6 3': [42, 0, 9],
  'reseller_review 0 2': [4, 4, 1],
  'reseller_review 0.3 2': [1, 0, 1],
  'reseller_review 0.3 3': [1, 1, 1],
  'reseller_review 0.45 1': [3, 3, 2],
  'reseller_review 0.45 2': [44, 1, 19],
  'reseller_review 0.45 3': [589, 0, 41],
  'reseller_review 0.6 2': [373, 327, 36],
  'reseller_review 0.6 3': [562, 114, 58],
  'reseller_review 0.8 2': [376, 376, 8],
  'reseller_review 0.8 3': [1071, 1057, 12],
};
