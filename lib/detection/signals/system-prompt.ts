/**
 * Hypothesis: A system prompt of its own marks one program; it is read as a skeleton, like a template.
 * Formula: a value of the account–value graph; edge λ·log2(1+count)/√df, rarity λ·ln(N/df)/ln N.
 * Known false positives: Users of one agent share its huge prompt without knowing each other: suppressed
 * by rarity.
 * Source: Disclosure of February 2026 (request metadata).
 */
import type { ValueSignal } from './signal';

export const systemPrompt: ValueSignal = {
  kind: 'system_prompt',
  label: 'System prompt',
  lambda: 0.7,
  axis: 'content',
  family: 'content',
};
