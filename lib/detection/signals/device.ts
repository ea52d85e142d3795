/**
 * Hypothesis: Accounts that signed up from one device are in one hand.
 * Formula: a value of the account–value graph; edge λ·log2(1+count)/√df, rarity λ·ln(N/df)/ln N.
 * Known false positives: Library and classroom computers, images of virtual machines, fingerprints of few
 * bits.
 * Source: Laperdrix et al. 2020, "Browser fingerprinting: a survey".
 */
import type { ValueSignal } from './signal';

export const device: ValueSignal = {
  kind: 'device',
  label: 'Device',
  lambda: 0.6,
  axis: 'coordination',
  family: 'identity',
};
