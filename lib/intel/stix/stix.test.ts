import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HASHABLE_KINDS, PLAIN_KINDS, type PlainKind, TLPS } from '../share-schema';
import { buildObjects } from './build-bundle';
import { observableId, uuidV5 } from './ids';
import { keyedHash } from './keyed-hash';
import { tlpMarking } from './markings';
import type { Material, SharedValue } from './material';
import { stringLiteral } from './pattern';
import { bundleSchema, type StixObject } from './schema';
import { stampBundle, type Version } from './stamp-bundle';
import { exampleMaterial } from './testing/example-material';
import {
  indicatorConfidence,
  isCommonAgent,
  isPlainKind,
  objectionToAddress,
  objectionToValue,
  shareAtLeast,
} from './value-rules';

const NOW = new Date('2026-09-25T08:00:00.000Z');
const export_ = (material: Material, known: ReadonlyMap<string, Version> = new Map(), now = NOW) =>
  stampBundle(material.namespace, buildObjects(material), known, now);
const byType = (objects: readonly StixObject[], type: StixObject['type']) =>
  objects.filter((each) => each.type === type);
const remember = (...lists: Version[][]) => new Map(lists.flat().map((version) => [version.id, version]));

describe('ids', () => {
  test('observables have the ids that everybody else derives for them', () => {
    // The first stands in section 2.9 of the specification, the others in other implementations' tests.
    expect(observableId('ipv4-addr', { value: '198.51.100.3' })).toBe(
      'ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4',
    );
    expect(observableId('ipv6-addr', { value: '2001:db8::1' })).toBe(
      'ipv6-addr--6469e3a9-b053-5e34-a025-9396ae051d26',
    );
    expect(observableId('autonomous-system', { number: 15139 })).toBe(
      'autonomous-system--3aa27478-50b5-5ab8-9da9-cdc12b657fff',
    );
  });

  test('a name-based UUID is the one that RFC 9562 prints', () => {
    expect(uuidV5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com')).toBe(
      '2ed6657d-e927-568b-95e1-2665a8aea6a2',
    );
  });

  test('TLP 2.0 is marked by its published ids', () => {
    expect(TLPS.map((tlp) => tlpMarking(tlp).id)).toEqual([
      'marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487',
      'marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb',
      'marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421',
      'marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003',
      'marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1',
    ]);
    expect(tlpMarking('amber+strict')).toMatchObject({
      name: 'TLP:AMBER+STRICT',
      created: '2022-10-01T00:00:00.000Z',
      extensions: {
        'extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d': { tlp_2_0: 'amber+strict' },
      },
    });
  });
});

describe('a bundle', () => {
  test('is the golden one, property by property', () => {
    const { bundle } = export_(exampleMaterial());
    const golden = readFileSync(new URL('testing/golden-campaign.json', import.meta.url), 'utf8');
    expect(JSON.stringify(bundle)).toBe(JSON.stringify(JSON.parse(golden)));
  });

  test('names only what it holds, and marks all of it but what others published', () => {
    const { objects } = export_(exampleMaterial()).bundle;
    const ids = new Set(objects.map(({ id }) => id));
    expect(ids.size).toBe(objects.length);
    for (const object of objects) {
      const refs = Object.entries(object).flatMap(([key, value]) =>
        key.endsWith('_ref') ? [String(value)] : key.endsWith('_refs') ? (value as string[]) : [],
      );
      for (const ref of refs) expect(ids, `${object.type} names ${ref}`).toContain(ref);
    }
    const unmarked = objects.filter((object) => !('object_marking_refs' in object)).map(({ type }) => type);
    expect(unmarked).toEqual(['marking-definition', 'identity', 'extension-definition']);
  });

  test('holds no plain value of what only a provider knows; without a key nothing of it', () => {
    const text = JSON.stringify(export_(exampleMaterial()).bundle);
    for (const secret of ['pm_1', 'explain your reasoning']) expect(text).not.toContain(secret);
    const bare = export_({ ...exampleMaterial(), hashKey: null }).bundle;
    expect(byType(bare.objects, 'llm-account-trait')).toEqual([]);
    expect(byType(bare.objects, 'indicator')).toHaveLength(5);
  });

  test('a threat actor leaves only when the campaign is attributed', () => {
    const material = exampleMaterial();
    const without = export_({ ...material, campaign: { ...material.campaign!, attribution: null } }).bundle;
    expect(byType(without.objects, 'threat-actor')).toEqual([]);
    expect(JSON.stringify(without)).not.toContain('attributed-to');
  });

  test('of one cluster is a grouping without a campaign', () => {
    const material = exampleMaterial();
    const { objects } = export_({
      ...material,
      campaign: null,
      clusters: material.clusters.slice(0, 1),
      values: [],
    }).bundle;
    expect(objects.map(({ type }) => type)).toEqual([
      'marking-definition',
      'identity',
      'extension-definition',
      'identity',
      'infrastructure',
      'grouping',
    ]);
  });
});

describe('versions', () => {
  test('the same again is the same to the byte, a day later too', () => {
    const first = export_(exampleMaterial());
    const again = export_(exampleMaterial(), remember(first.fresh), new Date('2026-09-26T08:00:00Z'));
    expect(again.fresh).toEqual([]);
    expect(JSON.stringify(again.bundle)).toBe(JSON.stringify(first.bundle));
  });

  test('what changed has a new version under its old id, all else keeps its own', () => {
    const first = export_(exampleMaterial());
    const material = exampleMaterial();
    material.campaign!.summary = 'Moved to one cloud.';
    // Even by a clock that was set back.
    const next = export_(material, remember(first.fresh), new Date('2026-09-20T00:00:00Z'));
    expect(next.fresh.map(({ id }) => id.split('--')[0]).sort()).toEqual(['campaign', 'report']);
    const campaign = byType(next.bundle.objects, 'campaign')[0];
    expect(campaign).toMatchObject({
      id: byType(first.bundle.objects, 'campaign')[0]?.id,
      created: '2026-09-25T08:00:00.000Z',
      modified: '2026-09-25T08:00:00.001Z',
    });
  });
});

describe('properties', () => {
  const text = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
    .filter((each) => !/\p{Surrogate}/u.test(each));
  const address = fc.oneof(fc.ipV4(), fc.ipV6());
  type KindAndValue = Pick<SharedValue, 'id' | 'kind' | 'value'>;
  const plain: Record<PlainKind, fc.Arbitrary<string>> = {
    ip: address,
    prefix: fc.ipV4().map((each) => `${each}/24`),
    asn: fc.nat(4_294_967_295).map(String),
    user_agent: text,
  };
  const shared: fc.Arbitrary<KindAndValue> = fc
    .constantFrom(...PLAIN_KINDS, ...HASHABLE_KINDS)
    .chain((kind) => (isPlainKind(kind) ? plain[kind] : text).map((value) => ({ id: value, kind, value })));
  const material = fc
    .record({
      tlp: fc.constantFrom(...TLPS),
      alone: fc.boolean(),
      summary: fc.oneof(fc.constant(''), text),
      name: text,
      values: fc.uniqueArray(shared, { maxLength: 12, selector: ({ kind, value }) => `${kind} ${value}` }),
      clusterIds: fc.array(fc.subarray([7, 9], { minLength: 1 }), { minLength: 12, maxLength: 12 }),
      sightings: fc.uniqueArray(fc.uuid({ version: 4 }), { maxLength: 3 }),
      hashKey: fc.option(fc.constant(Buffer.alloc(32, 1))),
    })
    .map(({ tlp, alone, summary, name, values, clusterIds, sightings, hashKey }): Material => {
      const base = exampleMaterial();
      return {
        ...base,
        tlp,
        hashKey,
        sightings: sightings.map((id) => ({
          stixId: `indicator--${id}`,
          accounts: 3,
          firstDay: base.values[0]!.firstDay,
          lastDay: base.values[0]!.lastDay,
        })),
        campaign: alone ? null : { ...base.campaign!, name, summary },
        clusters: alone ? base.clusters.slice(0, 1) : base.clusters,
        values: values.map((value, n) => ({
          ...base.values[0]!,
          ...value,
          clusterIds: alone ? [7] : clusterIds[n]!,
        })),
      };
    });

  test('every export parses back to the same objects', () => {
    fc.assert(
      fc.property(material, (each) => {
        const { bundle } = export_(each);
        expect(bundleSchema.parse(JSON.parse(JSON.stringify(bundle)))).toEqual(bundle);
        const ids = new Set(bundle.objects.map(({ id }) => id));
        expect(ids.size).toBe(bundle.objects.length);
        const last = bundle.objects.at(-1);
        if (last?.type !== 'report' && last?.type !== 'grouping')
          throw new Error('nothing gathers the objects');
        expect(last.object_refs.every((ref) => ids.has(ref))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('whatever a value holds, a pattern’s literal ends where it is meant to', () => {
    fc.assert(
      fc.property(text, (value) => {
        const literal = stringLiteral(value);
        expect(literal.slice(1, -1).replaceAll(/\\(.)/gs, '$1')).toBe(value);
        expect(/^'(?:[^'\\]|\\['\\])*'$/su.test(literal)).toBe(true);
      }),
    );
  });
});

describe('which values leave', () => {
  test('one that others hold as well stays, and so does one of a single account', () => {
    expect(objectionToValue({ members: 40, population: 41 })).toBeNull();
    expect(objectionToValue({ members: 40, population: 90 })).toBe('held_by_others');
    expect(objectionToValue({ members: 1, population: 1 })).toBe('one_account');
  });

  test.each([
    ['ip', '10.1.2.3', 'private_address'],
    ['ip', 'fd00::7', 'private_address'],
    ['ip', '100.100.1.1', 'private_address'],
    ['prefix', '192.168.4.0/24', 'private_address'],
    ['prefix', '8.0.0.0/8', 'too_wide'],
    ['prefix', '2600::/20', 'too_wide'],
    ['prefix', '8.8.0.0/16', null],
    ['ip', '2600:1f18::9', null],
    ['user_agent', '10.1.2.3', null],
  ])('%s %s: %s', (kind, value, objection) => {
    expect(objectionToAddress(kind, value)).toBe(objection);
  });

  test.each([
    ['Mozilla/5.0 (X11; Linux x86_64) Chrome/126.0', true],
    ['OpenAI/Python 1.40.0', true],
    ['python-requests/2.32.3', true],
    ['Go-http-client/2.0', true],
    ['curl', true],
    ['', true],
    ['harvester/2.0', false],
    ['nodeharvest/1', false],
    ["o'brien\\client/1.0", false],
  ])('a client that strangers use too: %j is %s', (agent, common) => {
    expect(isCommonAgent(agent)).toBe(common);
  });

  test('confidence grows with what was seen, and is half while nobody confirmed it', () => {
    expect(shareAtLeast(2, 2)).toBeCloseTo(0.425, 2);
    expect(indicatorConfidence({ members: 2, population: 2 }, true)).toBe(42);
    expect(indicatorConfidence({ members: 500, population: 500 }, true)).toBe(95);
    expect(indicatorConfidence({ members: 500, population: 500 }, false)).toBe(50);
  });

  test('a keyed hash differs by kind and by key', () => {
    const key = Buffer.alloc(32, 1);
    const hashes = [
      keyedHash(key, 'payment', 'x'),
      keyedHash(key, 'phone', 'x'),
      keyedHash(Buffer.alloc(32, 2), 'payment', 'x'),
    ];
    expect(new Set(hashes).size).toBe(3);
  });
});
