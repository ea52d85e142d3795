/**
 * Hypothesis: harvesting shows in what is asked for: reasoning, rubrics, tool trajectories, safe rewrites, synthetic
 * data.
 * Formula: axes.ts and score.ts: members whose share of these classes lies above what benign traffic allows, account
 * by account since hydras mix real customers in.
 * Known false positives: evaluation labs, people who study reasoning. Known misses: self-instruct and
 * evolved-instruction corpora, languages other than English: those show by task-partition.ts.
 * Source: disclosure of February 2026; the classes are measured on real prompts (classify-prompt.test.ts).
 */
import type { ValueSignal } from './signal';

export const patternClasses: ValueSignal = {
  kind: 'content',
  label: 'Extraction content',
  lambda: 0,
  axis: 'content',
  family: 'content',
};
