/** One shared value as an indicator and, where STIX has a word for it, an observable. Pure. */
import { isIP, isIPv4 } from 'node:net';
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

type Indicator = Extract<UnstampedObject, { type: 'indicator' }>;
type Observable = Extract<
  UnstampedObject,
  { type: 'ipv4-addr' | 'ipv6-addr' | 'autonomous-system' | typeof TRAIT_TYPE }
>;

interface Shown {
  name: string;
  pattern: string;
  observable: Observable | null;
}

/** Null for a value that has no form in STIX: an address that is none, or a secret without a key. */
export function buildValue(
  value: SharedValue,
  common: Common,
): { indicator: Indicator; observable: Observable | null } | null {
  const shown = isHashableKind(value.kind) ? showTrait(value, common) : showPlain(value, common);
  if (!shown) return null;
  const { from, until } = validity(value.kind, value.firstDay, value.lastDay);
  const { members, population } = value;
  return {
    observable: shown.observable,
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

const core = <T extends string>(type: T) => ({ type, spec_version: '2.1' as const });

function showPlain({ kind, value }: SharedValue, { object_marking_refs }: Common): Shown | null {
  const address = (text: string): Observable => {
    const type = text.includes(':') ? ('ipv6-addr' as const) : ('ipv4-addr' as const);
    const id = observableId(type, { value: text });
    return type === 'ipv4-addr'
      ? { ...core(type), id, value: text, object_marking_refs }
      : { ...core('ipv6-addr' as const), id, value: text, object_marking_refs };
  };
  if (kind === 'ip') {
    if (isIP(value) === 0) return null;
    return { name: `Address ${value}`, pattern: addressPattern(value), observable: address(value) };
  }
  if (kind === 'prefix') {
    if (!isPrefix(value)) return null;
    return { name: `Network ${value}`, pattern: prefixPattern(value), observable: address(value) };
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

function isPrefix(value: string): boolean {
  const [network = '', length = ''] = value.split('/');
  if (isIP(network) === 0 || !/^\d{1,3}$/.test(length)) return false;
  return Number(length) <= (isIPv4(network) ? 32 : 128);
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
