/**
 * Hypothesis: Addresses made by one generator have one shape, as the provider reduces it.
 * Formula: a value of the account–value graph; edge λ·log2(1+count)/√df, rarity λ·ln(N/df)/ln N.
 * Known false positives: Shapes that people like too (first name and two digits): held by many, so they
 * add next to nothing.
 * Source: Thomas et al. 2013, "Trafficking fraudulent accounts".
 */
import type { ValueSignal } from './signal';

export const emailPattern: ValueSignal = {
  kind: 'email_pattern',
  label: 'E-mail pattern',
  lambda: 0.4,
  axis: 'coordination',
  family: 'identity',
};
