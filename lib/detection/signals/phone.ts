/**
 * Hypothesis: A number that verified several accounts is in one hand, or for rent.
 * Formula: a value of the account–value graph; edge λ·log2(1+count)/√df, rarity λ·ln(N/df)/ln N.
 * Known false positives: Families, a shop that helps with sign-up, numbers that a carrier gave out again.
 * Source: Thomas et al. 2014, "Dialing back abuse on phone verified accounts".
 */
import type { ValueSignal } from './signal';

export const phone: ValueSignal = {
  kind: 'phone',
  label: 'Phone',
  lambda: 1,
  axis: 'coordination',
  family: 'identity',
};
