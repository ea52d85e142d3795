/**
 * Hypothesis: Accounts that come out of one address on one day share a machine or a way out.
 * Formula: a value of the account–value graph; edge λ·log2(1+count)/√df, rarity λ·ln(N/df)/ln N.
 * Known false positives: Offices, campuses, carrier-grade NAT, VPN exits: suppressed when popular or
 * listed, and never enough alone.
 * Source: Disclosure of February 2026 (IP correlation); by day, since addresses change hands.
 */
import type { ValueSignal } from './signal';

export const ip: ValueSignal = {
  kind: 'ip',
  label: 'IP address on a day',
  lambda: 0.5,
  axis: 'coordination',
  family: 'network',
};
