/**
 * Hypothesis: A program of its own names itself, or fails to.
 * Formula: a value of the account–value graph; edge λ·log2(1+count)/√df, rarity λ·ln(N/df)/ln N.
 * Known false positives: Everybody on one version of an SDK. Weak, since it is text that the sender
 * chooses.
 * Source: RFC 9110, 10.1.5.
 */
import type { ValueSignal } from './signal';

export const userAgent: ValueSignal = {
  kind: 'user_agent',
  label: 'User agent',
  lambda: 0.15,
  axis: 'coordination',
  family: 'client',
};
