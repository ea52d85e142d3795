/** Values that a person looks at before they count, whoever sent them. Pure. */
import { readSpan, type Span } from '@/lib/infrastructure/ip-ranges';
import type { PartnerHeld } from '../partner-schema';
import { ipRanges, isCommonAgent, objectionToSpan } from '../stix/value-rules';
import type { NamedValue } from './read-pattern';

/** Resolvers and the like that whole countries ask: their operators publish these addresses. */
const PUBLIC_SERVICES = ipRanges([
  '1.0.0.1/32',
  '1.1.1.1/32',
  '8.8.4.4/32',
  '8.8.8.8/32',
  '9.9.9.9/32',
  '149.112.112.112/32',
  '208.67.220.220/32',
  '208.67.222.222/32',
  '94.140.14.14/32',
  '94.140.15.15/32',
  '2001:4860:4860::8844/128',
  '2001:4860:4860::8888/128',
  '2606:4700:4700::1001/128',
  '2606:4700:4700::1111/128',
  '2620:fe::fe/128',
]);

/** Where an address or a network lies; null for values of other kinds. */
export function spanOf({ kind, value }: NamedValue): Span | null {
  return kind === 'ip' || kind === 'prefix' ? readSpan(value) : null;
}

/** Why this value waits, or null. Lists and what the store holds are asked elsewhere. @param span of the value */
export function heldByItself(value: NamedValue, span = spanOf(value)): PartnerHeld | null {
  if (value.kind === 'user_agent') return isCommonAgent(value.value) ? 'common_agent' : null;
  if (!span) return null;
  const objection = objectionToSpan(span);
  if (objection) return objection;
  return PUBLIC_SERVICES.find(span) >= 0 || PUBLIC_SERVICES.findInside(span) >= 0 ? 'public_service' : null;
}

/**
 * Too many here show it to tell anybody apart: more than the square root of all accounts, of which most are in no
 * cluster. (Rarity ln(N/df)/ln N is then below a half.)
 */
export function isCommonHere({
  accounts,
  inClusters,
  all,
}: {
  accounts: number;
  inClusters: number;
  all: number;
}): boolean {
  return accounts > Math.max(10, Math.sqrt(all)) && inClusters < accounts / 2;
}
