/**
 * Hypothesis: One instruction varied over many topics is one script: words of a fixed list stay, slots
 * are masked.
 * Formula: a value of the account–value graph; edge λ·log2(1+count)/√df, rarity λ·ln(N/df)/ln N.
 * Known false positives: A viral prompt, an assignment, a prompt built into a tool: suppressed when
 * popular, never enough alone.
 * Source: Disclosure of February 2026 (one template varied tens of thousands of times).
 */
import type { ValueSignal } from './signal';

export const template: ValueSignal = {
  kind: 'template',
  label: 'Prompt template',
  lambda: 0.7,
  axis: 'content',
  family: 'content',
};
