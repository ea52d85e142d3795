/**
 * Hypothesis: One payer stands behind accounts that share a card or another instrument.
 * Formula: a value of the account–value graph; edge λ·log2(1+count)/√df, rarity λ·ln(N/df)/ln N.
 * Known false positives: One company with many seats, an agency, a family, a hackathon on one card;
 * verified organizations count as one.
 * Source: Disclosure of February 2026 (shared payment methods).
 */
import type { ValueSignal } from './signal';

export const payment: ValueSignal = {
  kind: 'payment',
  label: 'Payment instrument',
  lambda: 1,
  axis: 'coordination',
  family: 'identity',
};
