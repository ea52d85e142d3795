/**
 * How many accounts that detection held were innocent, on simulated worlds: `[held, innocent, clusters]` by quadrant,
 * strength from, and independent kinds (3 means three or more). Printed by `npm run -s calibrate`; what it rests on, and
 * what not, stands in docs/decisions/009-whom-a-list-may-hold.md.
 */
export const CALIBRATED_ON =
  '11 simulated worlds of 3,400 accounts (seeds 101 to 106, 301 to 303, 401 and 402) and 2 of 20,000 (201 and 202)';

export const WRONG_SHARES: Record<string, readonly [held: number, innocent: number, clusters: number]> = {
  'distillation 0 2': [1, 0, 1],
  'distillation 0 3': [30, 0, 7],
  'distillation 0.3 3': [11, 0, 10],
  'distillation 0.45 3': [100, 15, 18],
  'distillation 0.6 2': [3, 0, 3],
  'distillation 0.6 3': [438, 34, 70],
  'distillation 0.8 1': [635, 0, 7],
  'distillation 0.8 3': [21067, 12, 130],
  'lone_extraction 0.45 3': [18, 0, 4],
  'lone_extraction 0.6 3': [89, 0, 8],
  'lone_extraction 0.8 1': [63, 0, 1],
  'reseller_review 0 2': [1, 1, 1],
  'reseller_review 0 3': [6, 6, 2],
  'reseller_review 0.3 1': [1, 1, 1],
  'reseller_review 0.3 3': [3, 2, 3],
  'reseller_review 0.45 1': [1, 1, 1],
  'reseller_review 0.45 2': [1, 1, 1],
  'reseller_review 0.45 3': [628, 0, 26],
  'reseller_review 0.6 3': [631, 31, 48],
  'reseller_review 0.8 2': [96, 96, 2],
  'reseller_review 0.8 3': [1347, 149, 30],
};
