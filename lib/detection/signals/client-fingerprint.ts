/**
 * Hypothesis: A program of its own leaves its own TLS and header order.
 * Formula: a value of the account–value graph; edge λ·log2(1+count)/√df, rarity λ·ln(N/df)/ln N.
 * Known false positives: Users of one uncommon SDK or of one gateway; popular ones are suppressed by
 * rarity.
 * Source: JA4 (FoxIO 2023).
 */
import type { ValueSignal } from './signal';

export const clientFingerprint: ValueSignal = {
  kind: 'client_fingerprint',
  label: 'Client fingerprint',
  lambda: 0.6,
  axis: 'coordination',
  family: 'client',
};
