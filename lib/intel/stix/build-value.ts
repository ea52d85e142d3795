/** One shared value as an indicator and, where STIX has a word for it, an observable that was observed. Pure. */
import { isIP } from 'node:net';
import { readCidr } from '@/lib/infrastructure/ip-ranges';
import { EXTENSION_ID, TRAIT_TYPE } from './extension';
import { objectId, observableId } from './ids';
import { keyedHash, keyIdOf } from './keyed-hash';
import type { SharedValue } from './material';
import { addressPattern, prefixPattern, systemPattern, traitPattern, userAgentPattern } from './pattern';
import type { UnstampedObject } from './schema';
import { indicatorConfidence, isHashableKind, validity } from './value-rules';

interface Common {
  namespace: string;
  created_by_ref: string;
  object_marking_refs: string[];
  confirmed: boolean;
  hashKey: Buffer | null;
}

const MOST_OBSERVED = 999_999_999;

type Indicator = Extract<UnstampedObject, { type: 'indicator' }>;
type Observable = Extract<
  UnstampedObject,
  { type: 'ipv4-addr' | 'ipv6-addr' | 'autonomous-system' | typeof TRAIT_TYPE }
>;

type ObservedData = Extract<UnstampedObject, { type: 'observed-data' }>;

export interface BuiltValue {
  indicator: Indicator;
  observed: { observable: Observable; data: ObservedData } | null;
}

interface Shown {
  name: string;
  pattern: string;
  observable: Observable | null;
}

/** Null for a value that has no form in STIX: an address that is none, or a secret without a key. */
export function buildValue(value: SharedValue, common: Common): BuiltValue | null {
  const shown = isHashableKind(value.kind) ? showTrait(value, common) : showPlain(value, common);
  if (!shown) return null;
  const { from, until } = validity(value.kind, value.firstDay, value.lastDay);
  const { members, population } = value;
  return {
    observed: shown.observable && {
      observable: shown.observable,
      data: observedData(value, shown.observable.id, common),
    },
    indicator: {
      type: 'indicator',
      spec_version: '2.1',
      // By the pattern, which holds the value: a hashed one gives nothing away.
      id: objectId(common.namespace, 'indicator', shown.pattern),
      created_by_ref: common.created_by_ref,
      object_marking_refs: common.object_marking_refs,
      name: shown.name,
      description: `Shown by ${members} of the operation's accounts; ${population - members} other accounts show it.`,
      indicator_types: [common.confirmed ? 'malicious-activity' : 'anomalous-activity'],
      pattern: shown.pattern,
      pattern_type: 'stix',
      pattern_version: '2.1',
      valid_from: from.toISOString(),
      valid_until: until.toISOString(),
      confidence: indicatorConfidence(value, common.confirmed),
      extensions: { [EXTENSION_ID]: { extension_type: 'property-extension', members, population } },
    },
  };
}

/** One observable each: unrelated ones are not one observation (section 4.14). Known to the day. */
function observedData(
  { firstDay, lastDay, observations }: SharedValue,
  observableId: string,
  { namespace, created_by_ref, object_marking_refs }: Common,
): ObservedData {
  return {
    type: 'observed-data',
    spec_version: '2.1',
    id: objectId(namespace, 'observed-data', observableId),
    created_by_ref,
    object_marking_refs,
    first_observed: firstDay.toISOString(),
    last_observed: lastDay.toISOString(),
    number_observed: Math.min(MOST_OBSERVED, Math.max(1, observations)),
    object_refs: [observableId],
  };
}

const core = <T extends string>(type: T) => ({ type, spec_version: '2.1' as const });

function showPlain({ kind, value }: SharedValue, { object_marking_refs }: Common): Shown | null {
  const address = (text: string): Observable => {
    const type = text.includes(':') ? ('ipv6-addr' as const) : ('ipv4-addr' as const);
    const id = observableId(type, { value: text });
    return type === 'ipv4-addr'
      ? { ...core(type), id, value: text, object_marking_refs }
      : { ...core('ipv6-addr' as const), id, value: text, object_marking_refs };
  };
  if (kind === 'ip' || kind === 'prefix') {
    const cidr = canonical(value);
    if (cidr === null || (kind === 'ip') !== isIP(value) > 0) return null;
    if (kind === 'prefix')
      return { name: `Network ${cidr}`, pattern: prefixPattern(cidr), observable: address(cidr) };
    const [text = ''] = cidr.split('/');
    return { name: `Address ${text}`, pattern: addressPattern(text), observable: address(text) };
  }
  if (kind === 'asn') {
    const number = Number(/^(?:AS)?(\d{1,10})$/i.exec(value)?.[1] ?? Number.NaN);
    if (!(number <= 4_294_967_295)) return null;
    const id = observableId('autonomous-system', { number });
    const observable = { ...core('autonomous-system' as const), id, number, object_marking_refs };
    return { name: `Autonomous system ${number}`, pattern: systemPattern(number), observable };
  }
  // A request's header without the addresses between which it went is no observable of STIX.
  return { name: 'User agent', pattern: userAgentPattern(value), observable: null };
}

/** As RFC 5952 writes it: the same address must not have two ids. Null for what is none, or has a zone, which only
 * one machine knows. */
function canonical(value: string): string | null {
  if (value.includes('%')) return null;
  try {
    return readCidr(value)?.cidr ?? null;
  } catch (error) {
    // The network that was meant.
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}

const TRAIT_NAMES: Record<string, string> = {
  payment: 'Payment instrument',
  phone: 'Phone',
  device: 'Device',
  template: 'Prompt template',
  system_prompt: 'System prompt',
};

function showTrait({ kind, value }: SharedValue, { object_marking_refs, hashKey }: Common): Shown | null {
  if (!hashKey || !isHashableKind(kind)) return null;
  const hashed = {
    trait: kind,
    algorithm: 'HMAC-SHA-256' as const,
    key_id: keyIdOf(hashKey),
    value: keyedHash(hashKey, kind, value),
  };
  return {
    name: `${TRAIT_NAMES[kind]}, keyed hash`,
    pattern: traitPattern(TRAIT_TYPE, kind, hashed.value),
    observable: {
      ...core(TRAIT_TYPE as typeof TRAIT_TYPE),
      id: observableId(TRAIT_TYPE, hashed),
      ...hashed,
      object_marking_refs,
      extensions: { [EXTENSION_ID]: { extension_type: 'new-sco' } },
    },
  };
}
