/** What a sampled review says about a whole list. Pure. */

/** Verdicts of finished reviews. Accounts that nobody could tell count on neither side. */
export interface Judged {
  belongs: number;
  doesNot: number;
  cannotTell: number;
}

export interface Agreement extends Judged {
  /** Controls, which are not in the cluster: how many the second analyst put outside, and how many inside. */
  controlsOut: number;
  controlsIn: number;
  /** Share of the sampled members that belong, with its Wilson interval (90 %); null when none could be told. */
  share: { value: number; low: number; high: number } | null;
  /** Cohen's kappa of the two analysts over members and controls (1960); null when one of them used one answer only. */
  kappa: number | null;
}

const Z = 1.645;

export interface ReviewedItem {
  inside: boolean;
  verdict: 'belongs' | 'does_not' | 'cannot_tell' | null;
}

/** How far the second analyst agrees with the first, who said that all members and nobody else belong. */
export function agreementOf(items: readonly ReviewedItem[]): Agreement {
  const count = (inside: boolean, verdict: ReviewedItem['verdict']) =>
    items.filter((item) => item.inside === inside && item.verdict === verdict).length;
  const belongs = count(true, 'belongs');
  const doesNot = count(true, 'does_not');
  const controlsIn = count(false, 'belongs');
  const controlsOut = count(false, 'does_not');
  return {
    belongs,
    doesNot,
    cannotTell: count(true, 'cannot_tell'),
    controlsOut,
    controlsIn,
    share: belongs + doesNot === 0 ? null : wilson(belongs, belongs + doesNot),
    kappa: kappaOf(belongs, doesNot, controlsIn, controlsOut),
  };
}

function kappaOf(bothIn: number, firstIn: number, secondIn: number, bothOut: number): number | null {
  const n = bothIn + firstIn + secondIn + bothOut;
  if (n === 0) return null;
  const first = (bothIn + firstIn) / n;
  const second = (bothIn + secondIn) / n;
  const chance = first * second + (1 - first) * (1 - second);
  return chance === 1 ? null : ((bothIn + bothOut) / n - chance) / (1 - chance);
}

/** Wilson's score interval of hits among n (1927). */
function wilson(hits: number, n: number): { value: number; low: number; high: number } {
  const p = hits / n;
  const middle = p + Z ** 2 / (2 * n);
  const spread = Z * Math.sqrt((p * (1 - p)) / n + Z ** 2 / (4 * n * n));
  const at = (x: number) => Math.min(1, Math.max(0, x / (1 + Z ** 2 / n)));
  return { value: p, low: at(middle - spread), high: at(middle + spread) };
}

/**
 * So many accounts the calibrated share of innocents weighs against a sample of this very cluster. Accounts of one
 * cluster are right or wrong together (in the simulated worlds nearly all clusters are wholly one or the other), so
 * what is known of other clusters says little of this one once some of its accounts were looked at.
 */
const PRIOR_WEIGHT = 2;

/**
 * Share of innocents among a cluster's accounts that were not sampled: a beta-binomial update of the calibrated share.
 * @param prior calibrated share of innocents, in [0, 1]
 */
export function correctedShare(
  prior: number,
  { belongs, doesNot }: Pick<Judged, 'belongs' | 'doesNot'>,
): { share: number; variance: number } {
  const innocent = PRIOR_WEIGHT * prior + doesNot;
  const total = PRIOR_WEIGHT + belongs + doesNot;
  const share = innocent / total;
  return { share, variance: (share * (1 - share)) / (total + 1) };
}
