/** Is it more than chance, and do two independent facts say so? */
import { type DetectionKind, isCircumstantial } from './kinds';

/**
 * ln P(X ≥ k) for X ~ Poisson(mean), in log space so that 38 of 40 at .02 does not underflow. The upper
 * bound 0 is given for k ≤ mean, where nothing is significant. Poisson bounds the hypergeometric tail here:
 * sharing is drawn without replacement, which only thins the tail.
 */
export function logPoissonTail(k: number, mean: number): number {
  if (k <= mean) return 0;
  if (mean <= 0) return Number.NEGATIVE_INFINITY;
  let sum = 1;
  let term = 1;
  for (let i = 1; term > 1e-17 * sum; i++) {
    term *= mean / (k + i);
    sum += term;
  }
  return Math.min(0, k * Math.log(mean) - mean - logGamma(k + 1) + Math.log(sum));
}

/**
 * Upper bound of ln P(X ≥ k) for X ~ Binomial(n, p): −n·KL(k/n ‖ p) (Chernoff 1952), 0 for k ≤ n·p. Where a
 * group is a third of the world, Poisson would take 31 of 31 for chance; here it is 31·ln 3.
 */
export function logBinomialTail(k: number, n: number, p: number): number {
  const share = k / n;
  if (share <= p || p >= 1) return 0;
  const rest = share < 1 ? (1 - share) * Math.log((1 - share) / (1 - p)) : 0;
  return -n * (share * Math.log(share / p) + rest);
}

/** ln P(X ≤ x) for X ~ Gamma(shape, scale 1), shape ≥ 1: x^a·e^−x/Γ(a+1)·Σ x^n/((a+1)…(a+n)). 0 from the mean on. */
export function logGammaLow(shape: number, x: number): number {
  if (x >= shape) return 0;
  if (x <= 0) return Number.NEGATIVE_INFINITY;
  let sum = 1;
  let term = 1;
  for (let n = 1; term > 1e-17 * sum; n++) {
    term *= x / (shape + n);
    sum += term;
  }
  return Math.min(0, shape * Math.log(x) - x - logGamma(shape + 1) + Math.log(sum));
}

/** ln Γ(x) for x ≥ 1 (Stirling with three corrections, shifted to x ≥ 8: error under 1e-9). */
function logGamma(x: number): number {
  let shift = 0;
  let y = x;
  while (y < 8) shift -= Math.log(y++);
  const inverse = 1 / y;
  const series = inverse / 12 - inverse ** 3 / 360 + inverse ** 5 / 1260;
  return shift + (y - 0.5) * Math.log(y) - y + 0.5 * Math.log(2 * Math.PI) + series;
}

/** Signals of a group that count as a second fact; a wave of sign-ups is what courses and launches look like too. */
const SECOND_FACTS: readonly string[] = ['task_partition', 'load_balancing', 'release_pivot'];

/**
 * Whether kinds that are each more than chance corroborate one another: at least two independent ones (of
 * different families, or both identity) of which one is hard and identity; or one hard kind of coordination
 * with content of extraction; or a task list that is shared out under wording of the group's own, worked through
 * at one pace. A viral prompt behind one VPN has none of these: two circumstances, no identity.
 * @param spoken kinds of the group signals that speak.
 */
export function corroborated(
  kinds: readonly DetectionKind[],
  extractionHigh: boolean,
  spoken: readonly DetectionKind[] = [],
): boolean {
  const counting = [
    ...kinds.filter((kind) => kind.lambda > 0 && kind.family !== 'context'),
    ...spoken.filter(({ kind }) => SECOND_FACTS.includes(kind)),
  ];
  const identity = counting.filter((kind) => kind.hard && !isCircumstantial(kind));
  const others = new Set(counting.filter((kind) => !identity.includes(kind)).map((kind) => kind.family));
  if (identity.length >= 2 || (identity.length === 1 && others.size >= 1)) return true;
  if (sharesTasksOut(counting)) return true;
  return extractionHigh && counting.some((kind) => kind.hard && kind.axis === 'coordination');
}

/** A task list of the group's own wording, shared out and worked through at one pace. */
export function sharesTasksOut(kinds: readonly DetectionKind[]): boolean {
  return (
    kinds.some(({ kind }) => kind === 'task_partition') &&
    kinds.some((kind) => kind.hard && kind.family === 'content') &&
    kinds.some(({ family, axis }) => family === 'time' && axis === 'coordination')
  );
}
