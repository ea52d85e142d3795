/**
 * Rules of STIX 2.1 (OASIS standard, 10 June 2021) for what we emit, in our own words and by section, written without
 * the code that builds bundles. Each tells what breaks it.
 */
import { createHash } from 'node:crypto';
import { isIPv4, isIPv6 } from 'node:net';

export type Json = Record<string, unknown>;
export interface Rule {
  section: string;
  says: string;
  /** What breaks it, in words. */
  find: (objects: readonly Json[], bundle: Json) => string[];
}

const OBSERVABLES = ['ipv4-addr', 'ipv6-addr', 'autonomous-system', 'llm-account-trait'];
/** The properties from which an observable's id is made. */
const CONTRIBUTING: Record<string, string[]> = {
  'ipv4-addr': ['value'],
  'ipv6-addr': ['value'],
  'autonomous-system': ['number'],
  'llm-account-trait': ['algorithm', 'key_id', 'trait', 'value'],
};
/** From, what, to: of sections 4.2 (campaign), 4.7 (indicator) and 4.8 (infrastructure). */
const RELATIONSHIPS = [
  'campaign attributed-to threat-actor',
  'campaign uses infrastructure',
  'indicator indicates infrastructure',
  'indicator based-on observed-data',
  ...OBSERVABLES.map((type) => `infrastructure consists-of ${type}`),
];
const VOCABULARIES: Record<string, Record<string, string[]>> = {
  identity: { identity_class: ['individual', 'group', 'system', 'organization', 'class', 'unspecified'] },
  indicator: {
    indicator_types: [
      ...['anomalous-activity', 'anonymization', 'benign', 'compromised', 'malicious-activity'],
      ...['attribution', 'unknown'],
    ],
    pattern_type: ['stix', 'pcre', 'sigma', 'snort', 'suricata', 'yara'],
  },
  infrastructure: {
    infrastructure_types: [
      ...['amplification', 'anonymization', 'botnet', 'command-and-control', 'exfiltration'],
      ...['hosting-malware', 'hosting-target-lists', 'phishing', 'reconnaissance', 'staging', 'unknown'],
    ],
  },
  report: {
    report_types: [
      ...['attack-pattern', 'campaign', 'identity', 'indicator', 'intrusion-set', 'malware'],
      ...['observed-data', 'threat-actor', 'threat-report', 'tool', 'vulnerability'],
    ],
  },
  grouping: { context: ['suspicious-activity', 'malware-analysis', 'unspecified'] },
};
const REQUIRED: Record<string, string[]> = {
  campaign: ['name'],
  grouping: ['context', 'object_refs'],
  identity: ['name'],
  indicator: ['pattern', 'pattern_type', 'valid_from', 'name', 'description', 'indicator_types'],
  infrastructure: ['name'],
  'observed-data': ['first_observed', 'last_observed', 'number_observed', 'object_refs'],
  report: ['name', 'published', 'object_refs'],
  'threat-actor': ['name'],
  relationship: ['relationship_type', 'source_ref', 'target_ref'],
  sighting: ['sighting_of_ref'],
  'extension-definition': ['name', 'schema', 'version', 'extension_types', 'created_by_ref'],
  'autonomous-system': ['number'],
  'ipv4-addr': ['value'],
  'ipv6-addr': ['value'],
  'llm-account-trait': ['trait', 'algorithm', 'key_id', 'value', 'extensions'],
};
/** Earlier, later, and whether they may be the same moment. */
const ORDERED = [
  ['created', 'modified', true],
  ['first_seen', 'last_seen', true],
  ['first_observed', 'last_observed', true],
  ['valid_from', 'valid_until', false],
] as const;
const TIMES = ['published', ...ORDERED.map(([first]) => first), ...ORDERED.map(([, last]) => last)];

const typeOf = (id: unknown) => String(id).split('--')[0]!;
const is =
  (...types: string[]) =>
  (object: Json) =>
    types.includes(String(object.type));
const say = (object: Json, what: string) => `${object.id}: ${what}`;
/** What is wrong with each object. */
const each = (wrong: (object: Json) => string | false | undefined) => (objects: readonly Json[]) =>
  objects.flatMap((object) => {
    const what = wrong(object);
    return what ? [say(object, what)] : [];
  });
const refsOf = (object: Json): [string, string][] =>
  Object.entries(object).flatMap(([key, value]) =>
    key.endsWith('_ref')
      ? [[key, String(value)] as [string, string]]
      : key.endsWith('_refs')
        ? (value as string[]).map((ref) => [key, ref] as [string, string])
        : [],
  );

/** Every name of a property, and every value, however deep. */
function* walk(value: unknown): Generator<{ name: string; value: unknown }> {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    if (!Array.isArray(value)) yield { name, value: inner };
    yield* walk(inner);
  }
}

function uuid5(namespace: string, name: string): string {
  const bytes = Buffer.concat([Buffer.from(namespace.replaceAll('-', ''), 'hex'), Buffer.from(name)]);
  const hex = createHash('sha1').update(bytes).digest('hex');
  const variant = ((Number.parseInt(hex[16]!, 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const LITERAL = `(?:'(?:[^'\\\\]|\\\\['\\\\])*'|-?\\d+)`;
const STEP = `(?:[a-zA-Z_][\\w]*|'(?:[^'\\\\]|\\\\['\\\\])*')`;
const COMPARISON = `[a-z0-9-]+:${STEP}(?:\\.${STEP})* (?:=|ISSUBSET) ${LITERAL}`;
const PATTERN = new RegExp(`^\\[${COMPARISON}(?: (?:AND|OR) ${COMPARISON})*\\]$`, 'su');

export const RULES: Rule[] = [
  {
    section: '2.9',
    says: 'an id is its object’s type, two hyphens and a UUID; that of no two objects has the same UUID',
    find: (objects, bundle) => [
      ...each(
        ({ id, type }) =>
          !new RegExp(`^${type}--[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$`).test(String(id)) && 'id',
      )([...objects, bundle]),
      ...(new Set(objects.map(({ id }) => String(id).split('--')[1])).size < objects.length
        ? ['a UUID twice']
        : []),
    ],
  },
  {
    section: '2.9',
    says: 'an observable’s UUID is of version 5, by OASIS’ namespace, over the canonical JSON of what contributes',
    find: each((object) => {
      const names = CONTRIBUTING[String(object.type)];
      if (!names) return;
      const text = `{${names.map((name) => `${JSON.stringify(name)}:${JSON.stringify(object[name])}`).join(',')}}`;
      return (
        object.id !== `${object.type}--${uuid5('00abedb4-aa42-466c-9c01-fed23315a9b7', text)}` &&
        'not derived'
      );
    }),
  },
  {
    section: '2.9',
    says: 'the UUID of all else, the bundle too, should be of version 4',
    find: (objects, bundle) =>
      each(
        (object) => !OBSERVABLES.includes(String(object.type)) && String(object.id).at(-22) !== '4' && 'id',
      )([...objects, bundle]),
  },
  {
    section: '2.16',
    says: 'a timestamp is RFC 3339, in UTC, with a Z; created and modified have three digits after the second (3.2)',
    find: each((object) =>
      TIMES.some(
        (name) => name in object && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(String(object[name])),
      )
        ? 'a time'
        : undefined,
    ),
  },
  {
    section: '2, 3.1',
    says: 'names of properties are 3 to 250 lower-case letters, digits and underscores; nothing is null or an empty list',
    find: each((object) =>
      [...walk(object)]
        .filter(
          ({ name, value }) =>
            !/^(?:id|[a-z0-9_]{3,250}|extension-definition--[0-9a-f-]{36})$/.test(name) ||
            value === null ||
            (Array.isArray(value) && value.length === 0),
        )
        .map(({ name }) => name)
        .join(', '),
    ),
  },
  {
    section: '3.2',
    says: 'each says its version of STIX; all but observables and markings say when they were made and changed',
    find: each((object) =>
      object.spec_version !== '2.1' ||
      (!is('marking-definition', ...OBSERVABLES)(object) && !(object.created && object.modified))
        ? 'a common property'
        : undefined,
    ),
  },
  {
    section: '3.2',
    says: 'what came later is not before what came first; an indicator is valid for some time (4.7)',
    find: each((object) => {
      const wrong = ORDERED.find(([first, last, same]) => {
        if (!(first in object) || !(last in object)) return false;
        const [a, b] = [Date.parse(String(object[first])), Date.parse(String(object[last]))];
        return same ? b < a : b <= a;
      });
      return wrong?.join(' ');
    }),
  },
  {
    section: '3.2',
    says: 'confidence is a whole number from 0 to 100',
    find: each(({ confidence }) => {
      if (confidence === undefined) return;
      return (
        !(Number.isInteger(confidence) && Number(confidence) >= 0 && Number(confidence) <= 100) &&
        'confidence'
      );
    }),
  },
  {
    section: '3.3',
    says: 'a reference leads to an object of a fitting type, here; a sighting may name another producer’s',
    find: (objects) => {
      const here = new Set(objects.map(({ id }) => id));
      return each((object) =>
        refsOf(object)
          .filter(([key, ref]) => {
            if (key === 'created_by_ref' && typeOf(ref) !== 'identity') return true;
            if (key === 'object_marking_refs' && typeOf(ref) !== 'marking-definition') return true;
            return key !== 'sighting_of_ref' && !here.has(ref);
          })
          .join(', '),
      )(objects);
    },
  },
  {
    section: '4 to 6',
    says: 'what an object of its type must have is there (an indicator should have a name and a description, 4.7)',
    find: each((object) =>
      (REQUIRED[String(object.type)] ?? []).filter((name) => object[name] === undefined).join(', '),
    ),
  },
  {
    section: '10',
    says: 'words of open vocabularies are the vocabularies’ own',
    find: each((object) =>
      Object.entries(VOCABULARIES[String(object.type)] ?? {})
        .filter(
          ([name, words]) =>
            name in object && ![object[name]].flat().every((word) => words.includes(String(word))),
        )
        .map(([name]) => name)
        .join(', '),
    ),
  },
  {
    section: '4.14',
    says: 'observed data is of one thing that can be observed, seen 1 to 999,999,999 times',
    find: (objects) =>
      each(({ number_observed: times, object_refs: refs }) => {
        const fits = Number.isInteger(times) && Number(times) >= 1 && Number(times) <= 999_999_999;
        const one = Array.isArray(refs) && refs.length === 1 && OBSERVABLES.includes(typeOf(refs[0]));
        return !(fits && one) && 'observed data';
      })(objects.filter(is('observed-data'))),
  },
  {
    section: '5.1',
    says: 'a relationship is one that is defined between the two types',
    find: (objects) =>
      each(({ source_ref, relationship_type, target_ref }) => {
        const words = `${typeOf(source_ref)} ${relationship_type} ${typeOf(target_ref)}`;
        return !RELATIONSHIPS.includes(words) && words;
      })(objects.filter(is('relationship'))),
  },
  {
    section: '5.2',
    says: 'a sighting is of a domain object, by an identity, 0 to 999,999,999 times',
    find: (objects) =>
      each(({ sighting_of_ref, where_sighted_refs, count }) => {
        const fits = Number.isInteger(count) && Number(count) >= 0 && Number(count) <= 999_999_999;
        const where = (where_sighted_refs as string[]).every((ref) => typeOf(ref) === 'identity');
        return !(fits && where && typeOf(sighting_of_ref) === 'indicator') && 'sighting';
      })(objects.filter(is('sighting'))),
  },
  {
    section: '6.2, 6.9, 6.10',
    says: 'an address is of its family, alone or as CIDR; the number of an autonomous system has 32 bits',
    find: each(({ type, value, number }) => {
      const [address = '', length, ...more] = String(value).split('/');
      const bits = length === undefined ? 0 : Number(length);
      const fits = more.length === 0 && /^\d{0,3}$/.test(length ?? '');
      if (type === 'ipv4-addr') return !(fits && isIPv4(address) && bits <= 32) && 'address';
      if (type === 'ipv6-addr')
        return !(fits && isIPv6(address) && !address.includes('%') && bits <= 128) && 'address';
      if (type !== 'autonomous-system') return;
      return !(Number.isInteger(number) && Number(number) >= 0 && Number(number) < 2 ** 32) && 'number';
    }),
  },
  {
    section: '7.2',
    says: 'a marking is defined in one way, has no version and does not mark itself',
    find: (objects) =>
      each((object) => {
        const ways = ['definition_type', 'extensions'].filter((name) => name in object).length;
        return (
          (ways !== 1 || !object.created || 'modified' in object || 'object_marking_refs' in object) &&
          'marking'
        );
      })(objects.filter(is('marking-definition'))),
  },
  {
    section: '7.3',
    says: 'an extension’s version is semantic, and it lists properties only when it puts them at the top',
    find: (objects) =>
      each(({ version, extension_properties, extension_types }) => {
        const top = (extension_types as string[]).includes('toplevel-property-extension');
        return (
          (!/^\d+\.\d+\.\d+$/.test(String(version)) || top !== (extension_properties !== undefined)) &&
          'extension'
        );
      })(objects.filter(is('extension-definition'))),
  },
  {
    section: '7.3',
    says: 'whoever extends names a definition that is here, or that OASIS published, and in which way it extends',
    find: (objects) => {
      const ways = new Map<string, string[]>([
        ['extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d', ['property-extension']],
        ...objects
          .filter(is('extension-definition'))
          .map(({ id, extension_types }) => [String(id), extension_types as string[]] as const),
      ]);
      return each((object) =>
        Object.entries((object.extensions ?? {}) as Record<string, Json>)
          .filter(([id, { extension_type }]) => !ways.get(id)?.includes(String(extension_type)))
          .map(([id]) => id)
          .join(', '),
      )(objects);
    },
  },
  {
    section: '7.3, 11',
    says: 'a type that STIX does not know is there by an extension that makes it; no property is made up',
    find: each((object) => {
      const extensions = Object.values((object.extensions ?? {}) as Record<string, Json>);
      const made = extensions.some(({ extension_type }) => extension_type === 'new-sco');
      const own = !(String(object.type) in REQUIRED) && object.type !== 'marking-definition';
      return (own || (object.type === 'llm-account-trait') !== made) && 'type';
    }),
  },
  {
    section: '8',
    says: 'a bundle has type, id and objects, and since 2.1 no version',
    find: (_, bundle) =>
      Object.keys(bundle).sort().join() === 'id,objects,type' && bundle.type === 'bundle' ? [] : ['bundle'],
  },
  {
    section: '9',
    says: "a pattern is an observation of comparisons: a path, an operator and a literal in which only \\ and ' are escaped",
    find: (objects) =>
      each(({ pattern }) => !PATTERN.test(String(pattern)) && String(pattern))(
        objects.filter(is('indicator')),
      ),
  },
];
