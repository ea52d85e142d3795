export type Severity = 'critical' | 'high' | 'medium' | 'low';

/** Scores are decibans; each step up is about ten times the odds. */
const FROM: readonly (readonly [Severity, number])[] = [
  ['critical', 30],
  ['high', 20],
  ['medium', 12],
];

/** Severity of a score: critical from 30, high from 20, medium from 12, low below. */
export function severityOf(score: number): Severity {
  return FROM.find(([, from]) => score >= from)?.[0] ?? 'low';
}
