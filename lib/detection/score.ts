/** Points are decibans, 10·log10 of odds (Good 1979): they add, and ten more is ten times the odds. */

/** Odds at a lower bound of 1/2, in decibans: a cluster that keeps half its walks for sure is "medium". */
const AT_HALF = 12;
const CONTENT_MOST = 12;
const CONTENT_LEAST = -6;
/** Pseudo-observations of what is usual (Agresti and Coull 1998). */
const PSEUDO = 4;

/**
 * Points of structure: `10·log10(1 + 10^1.2·w/(1 − w))` with w the Wilson lower bound of retention. Strictly
 * rising and never negative, so that without content the order of the queue is retention's.
 */
export function structurePoints(retentionLow: number): number {
  const w = Math.min(retentionLow, 1 - 1e-9);
  return 10 * Math.log10(1 + (10 ** (AT_HALF / 10) * w) / (1 - w));
}

/**
 * Points of content: log-odds of the members' share of extraction against benign traffic's, capped to
 * −6..12, and never taking more than structure gave. Benign traffic of four extraction exchanges is added to
 * both sides (Agresti and Coull's four pseudo-observations, 1998), so that some dozen harmless exchanges
 * prove little and one exchange more or less does not move a cluster through the queue.
 * @param exchanges how many the share rests on.
 */
export function contentPoints(
  share: number,
  exchanges: number,
  benignShare: number,
  structure: number,
): number {
  const benign = clamped(benignShare);
  const drawn = drawnTowards(share * exchanges, exchanges, benign);
  const points = 10 * Math.log10(odds(clamped(drawn)) / odds(benign));
  return Math.max(-structure, CONTENT_LEAST, Math.min(CONTENT_MOST, points));
}

/**
 * Points of a group signal: log-odds of the members that show it against as many as chance would have, drawn
 * towards chance like content, within 0..most.
 */
export function signalPoints(members: number, measured: number, expected: number, most: number): number {
  const usual = clamped(expected / measured);
  const points = 10 * Math.log10(odds(clamped(drawnTowards(members, measured, usual))) / odds(usual));
  return Math.max(0, Math.min(most, points));
}

const clamped = (p: number): number => Math.min(0.999, Math.max(0.001, p));
const odds = (p: number): number => p / (1 - p);
const drawnTowards = (found: number, of: number, usual: number): number =>
  (found + PSEUDO) / (of + PSEUDO / usual);
