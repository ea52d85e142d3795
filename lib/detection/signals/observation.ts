/**
 * Hypothesis: what a provider took the trouble to observe of two accounts (a referral, a wallet, a transfer) ties
 * them. A value that is another account's id ties to that account.
 * Formula: as any value of the account–value graph, with λ = .5 for every kind that no other signal claims.
 * Known false positives: observations that hold of many by nature (a country, a plan): each adds little then; a
 * kind that should not count at all is given λ = 0 in the settings.
 * Source: measured on real transfers (docs/decisions/006).
 */
import type { ValueSignal } from './signal';

export function observation(kind: string): ValueSignal {
  const words = kind.replaceAll(/[_-]+/g, ' ').trim();
  const label = words === '' ? kind : words.charAt(0).toUpperCase() + words.slice(1);
  return { kind, label, lambda: 0.5, axis: 'coordination', family: 'identity' };
}
