/** Which indicators a record shows: kind and value, as detection will link by them. */
import { isIPv4 } from 'node:net';
import type { AccountRecord, ExchangeRecord } from '@/lib/records/schema';
import { promptSkeleton } from './sketch/prompt-skeleton';

export type KindAndValue = readonly [kind: string, value: string];

/** The network an address belongs to: /24 of IPv4, /48 of IPv6. Null for what is not an address. */
export function networkPrefix(ip: string): string | null {
  if (isIPv4(ip)) return `${ip.slice(0, ip.lastIndexOf('.'))}.0/24`;
  const groups = expandIpv6(ip);
  return groups ? `${groups.slice(0, 3).join(':')}::/48` : null;
}

/** The eight groups of an IPv6 address without leading zeros; null when it is none or an IPv4 in IPv6 clothes. */
function expandIpv6(ip: string): string[] | null {
  const [head = '', tail] = ip.toLowerCase().split('%')[0]!.split('::');
  if (ip.includes('.')) return null;
  const before = head ? head.split(':') : [];
  const after = tail ? tail.split(':') : [];
  const missing = 8 - before.length - after.length;
  const groups =
    tail === undefined ? before : [...before, ...Array<string>(Math.max(missing, 0)).fill('0'), ...after];
  return groups.length === 8 ? groups.map((group) => group.replace(/^0+(?=.)/, '')) : null;
}

/** Indicators that an account has by what it was signed up with. */
export function accountIndicators(record: AccountRecord): KindAndValue[] {
  const found: KindAndValue[] = [];
  const add = (kind: string, value: string | undefined) => value !== undefined && found.push([kind, value]);
  add('payment', record.payment_fingerprint);
  add('phone', record.phone_fingerprint);
  add('device', record.device_fingerprint);
  add('email_pattern', record.email_pattern);
  add('email_domain', record.email_domain?.toLowerCase());
  if (record.signup_ip) addAddress(found, record.signup_ip);
  return found;
}

/** The template behind an exchange's prompt: the provider's own name for it, or what the prompt shows. */
export function templateOf(record: Pick<ExchangeRecord, 'prompt' | 'prompt_template'>): string | null {
  if (record.prompt_template) return `provider: ${record.prompt_template}`;
  return record.prompt ? promptSkeleton(record.prompt) : null;
}

/** A name as classifiers have them; text, and the `team:…` that a gateway's tags become, are none. */
const CLASSIFIER_NAME = /^[a-z][\w.-]{0,47}$/i;

/** The first label that is a classifier's name; other labels decide the pattern class at most and are not kept. */
export function classifierLabel(labels: readonly string[] | undefined): string | undefined {
  return labels?.find((label) => CLASSIFIER_NAME.test(label));
}

function addAddress(found: KindAndValue[], ip: string): void {
  found.push(['ip', ip]);
  const prefix = networkPrefix(ip);
  if (prefix) found.push(['prefix', prefix]);
}
