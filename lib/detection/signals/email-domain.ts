/**
 * Hypothesis: an operation that needs many mailboxes runs a mail domain of its own.
 * Formula: a weak value of the account–value graph: it adds to retention, rarity λ·ln(N/df)/ln N.
 * Known false positives: companies and schools on their own domain (see ../declared.ts for those that are small and
 * ask nothing unusual); large mail hosts are held by many and add nothing.
 * Source: Thomas et al. 2013, "Trafficking fraudulent accounts".
 */
import type { ValueSignal } from './signal';

export const emailDomain: ValueSignal = {
  kind: 'email_domain',
  label: 'E-mail domain',
  lambda: 0.3,
  axis: 'coordination',
  family: 'identity',
};
