export const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Scores are decibans; each step up is about ten times the odds. */
export const SEVERITY_FROM: Record<Severity, number> = { critical: 30, high: 20, medium: 12, low: 0 };

export function severityOf(score: number): Severity {
  return SEVERITIES.find((severity) => score >= SEVERITY_FROM[severity]) ?? 'low';
}
