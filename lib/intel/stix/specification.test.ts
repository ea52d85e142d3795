/** What we emit against the text of STIX 2.1, rule by rule; and each rule against a bundle that breaks it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TLPS } from '../share-schema';
import { buildObjects } from './build-bundle';
import type { Material } from './material';
import { stampBundle } from './stamp-bundle';
import { exampleMaterial } from './testing/example-material';
import { type Json, RULES } from './testing/specification';

const NOW = new Date('2026-09-25T08:00:00.000Z');
const SEEN = 'indicator--6d9bd4a1-25e4-4f3b-9d3c-0f1a5d6c7b8a';

function emit(material: Material): Json & { objects: Json[] } {
  const { bundle } = stampBundle(material.namespace, buildObjects(material), new Map(), NOW);
  return JSON.parse(JSON.stringify(bundle));
}

function whole(): Material {
  const material = exampleMaterial();
  const [{ firstDay, lastDay } = { firstDay: NOW, lastDay: NOW }] = material.values;
  return { ...material, sightings: [{ stixId: SEEN, accounts: 12, firstDay, lastDay }] };
}

/** Breaks of the rules, in their order: on the first object of a type, or on the bundle. */
const BREAKS: [type: string, change: (object: Json) => void][] = [
  ['campaign', (object) => (object.id = 'campaign--1')],
  ['ipv4-addr', (object) => (object.value = '198.51.100.4')],
  ['report', (object) => (object.id = String(object.id).replace(/--(.{14})4/, '--$15'))],
  ['indicator', (object) => (object.modified = '2026-09-25T08:00:00Z')],
  ['campaign', (object) => (object.aliases = [])],
  ['autonomous-system', (object) => delete object.spec_version],
  ['indicator', (object) => (object.valid_until = object.valid_from)],
  ['threat-actor', (object) => (object.confidence = 101)],
  ['relationship', (object) => (object.target_ref = 'campaign--00000000-0000-4000-8000-000000000000')],
  ['indicator', (object) => delete object.description],
  ['infrastructure', (object) => (object.infrastructure_types = ['undefined'])],
  ['observed-data', (object) => (object.number_observed = 0)],
  ['relationship', (object) => (object.relationship_type = 'related')],
  ['sighting', (object) => (object.sighting_of_ref = 'ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4')],
  ['ipv6-addr', (object) => (object.value = '198.51.100.3')],
  ['marking-definition', (object) => (object.definition_type = 'tlp')],
  ['extension-definition', (object) => (object.extension_properties = ['accounts'])],
  [
    'campaign',
    (object) => (object.extensions = { 'extension-definition--x': { extension_type: 'property-extension' } }),
  ],
  ['llm-account-trait', (object) => delete object.extensions],
  ['bundle', (object) => (object.spec_version = '2.1')],
  ['indicator', (object) => (object.pattern = "[ipv4-addr:value = 'a\\d']")],
];

describe('STIX 2.1', () => {
  test.each(RULES.map((rule, at) => ({ ...rule, at })))('$section: $says', ({ find, at }) => {
    const bundle = emit(whole());
    expect(find(bundle.objects, bundle)).toEqual([]);
    const [type, change] = BREAKS[at]!;
    const broken = emit(whole());
    change(type === 'bundle' ? broken : broken.objects.find((object) => object.type === type)!);
    expect(find(broken.objects, broken)).not.toEqual([]);
  });

  test('holds for hostile names, for any address, and for a cluster alone', () => {
    const text = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 30 })
      .filter((each) => !/\p{Surrogate}/u.test(each));
    const value = fc.oneof(
      fc.record({ kind: fc.constant('ip' as const), value: fc.oneof(fc.ipV4(), fc.ipV6()) }),
      fc.record({
        kind: fc.constant('prefix' as const),
        value: fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })).map((each) => each.join('/')),
      }),
      fc.record({
        kind: fc.constantFrom('user_agent', 'device', 'system_prompt', 'asn', 'ip', 'prefix'),
        value: text,
      }),
    );
    const material = fc
      .record({
        name: text,
        tlp: fc.constantFrom(...TLPS),
        values: fc.array(value, { maxLength: 4 }),
        alone: fc.boolean(),
      })
      .map(({ name, tlp, values, alone }): Material => {
        const base = whole();
        const [first] = base.values;
        return {
          ...base,
          tlp,
          campaign: alone ? null : { ...base.campaign!, name },
          clusters: alone ? base.clusters.slice(0, 1) : base.clusters,
          values: values.map((each) => ({ ...first!, ...each, clusterIds: [7], observations: 2 ** 40 })),
        };
      });
    fc.assert(
      fc.property(material, (each) => {
        const bundle = emit(each);
        for (const { section, find } of RULES) expect(find(bundle.objects, bundle), section).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });
});
