/** The fixed set of prompt patterns. Stored as the index into this array, so the order never changes. */
export const PATTERN_CLASSES = [
  'reasoning_elicitation',
  'rubric_grading',
  'tool_use_harvest',
  'safe_rewrite',
  'synthetic_data',
  'code_tasks',
  'other',
] as const;

export type PatternClass = (typeof PATTERN_CLASSES)[number];

/** Classes that make training data out of a model's answers. Code tasks alone are what honest agents do. */
export const EXTRACTION_CLASSES = [
  'reasoning_elicitation',
  'rubric_grading',
  'tool_use_harvest',
  'safe_rewrite',
  'synthetic_data',
] as const satisfies readonly PatternClass[];

/** What people read on screens and in exports. */
export const PATTERN_CLASS_LABELS: Record<PatternClass, string> = {
  reasoning_elicitation: 'Reasoning elicitation',
  rubric_grading: 'Rubric grading',
  tool_use_harvest: 'Tool-use harvest',
  safe_rewrite: 'Censorship-safe rewrite',
  synthetic_data: 'Synthetic data',
  code_tasks: 'Code tasks',
  other: 'Other',
};
