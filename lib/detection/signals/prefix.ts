/**
 * Hypothesis: Rented machines and proxies come in blocks: /24 of IPv4, /48 of IPv6.
 * Formula: a value of the account–value graph; edge λ·log2(1+count)/√df, rarity λ·ln(N/df)/ln N.
 * Known false positives: Everybody with the same access provider in one town. Weak: it only adds to what
 * other kinds hold.
 * Source: The research note, "Weak kinds".
 */
import type { ValueSignal } from './signal';

export const prefix: ValueSignal = {
  kind: 'prefix',
  label: 'Network prefix',
  lambda: 0.15,
  axis: 'coordination',
  family: 'network',
};
