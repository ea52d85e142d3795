import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildObjects } from '../stix/build-bundle';
import {
  addressPattern,
  prefixPattern,
  systemPattern,
  traitPattern,
  userAgentPattern,
} from '../stix/pattern';
import { stampBundle } from '../stix/stamp-bundle';
import { exampleMaterial } from '../stix/testing/example-material';
import { acceptsTaxii, isTaxiiBody } from '../taxii/media-types';
import { readObjectQuery, writeNext } from '../taxii/object-query';
import { heldByItself, isCommonHere } from './hold-rules';
import { readIndicator } from './read-indicator';
import { readObjectTexts } from './read-objects';
import { readPattern } from './read-pattern';

const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .filter((each) => !/\p{Surrogate}/u.test(each));

describe('patterns', () => {
  test('every one that we emit is read back as the value that it names', () => {
    fc.assert(
      fc.property(
        text,
        fc.ipV4(),
        fc.integer({ min: 8, max: 31 }),
        fc.nat(4_294_967_295),
        (agent, ip, bits, asn) => {
          const hash = 'ab'.repeat(32);
          expect(readPattern(userAgentPattern(agent))).toEqual([
            { kind: 'user_agent', value: agent, hashed: false },
          ]);
          expect(readPattern(addressPattern(ip))).toEqual([{ kind: 'ip', value: ip, hashed: false }]);
          expect(readPattern(prefixPattern(`${ip}/${bits}`))).toEqual([
            { kind: 'prefix', value: `${ip}/${bits}`, hashed: false },
          ]);
          expect(readPattern(systemPattern(asn))).toEqual([
            { kind: 'asn', value: String(asn), hashed: false },
          ]);
          expect(readPattern(traitPattern('llm-account-trait', 'payment', hash))).toEqual([
            { kind: 'payment', value: hash, hashed: true },
          ]);
        },
      ),
    );
  });

  test('whatever a stranger sends, reading ends with values or a reason', () => {
    const part = fc.constantFrom(
      '[',
      ']',
      '(',
      "'a'",
      "'",
      'AND',
      'OR',
      'ipv4-addr:value',
      '=',
      ' ',
      '\\',
      'NOT',
      '1',
      text,
    );
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            part.filter((each) => typeof each === 'string'),
            text,
          ),
          { maxLength: 30 },
        ),
        (parts) => {
          const read = readPattern(parts.join(' '));
          expect(typeof read === 'string' || read.length > 0).toBe(true);
        },
      ),
    );
  });

  test.each([
    ["[ipv4-addr:value = '192.0.2.1' OR ipv6-addr:value = '2001:db8::1']", 2],
    ["[ipv4-addr:value = '192.0.2.1'] OR [autonomous-system:number = 64500]", 2],
    ["[ipv4-addr:value = '192.0.2.1/32']", 1],
    ["[ipv4-addr:value == '192.0.2.1']", 1],
    ["[file:created = t'2026-09-01T00:00:00Z']", 'other_values'],
    ["[file:name = 'a\\d']", 'invalid_pattern'],
    ["[ipv4-addr:value = '192.0.2.1'", 'invalid_pattern'],
    ["ipv4-addr:value = '192.0.2.1'", 'invalid_pattern'],
    ["[ipv4-addr:value = 'x' = 'y']", 'invalid_pattern'],
    ["[ipv4-addr:value != '192.0.2.1']", 'other_values'],
    ["[ipv4-addr:value = '999.0.2.1']", 'other_values'],
    ["[ipv4-addr:value = '192.0.2.1' OR url:value = 'x']", 'other_values'],
    ["[ipv4-addr:value = '192.0.2.1'] FOLLOWEDBY [ipv4-addr:value = '192.0.2.2']", 'pattern_too_rich'],
    ["[ipv4-addr:value IN ('192.0.2.1', '192.0.2.2')]", 2],
    ["[ipv4-addr:value IN ('192.0.2.1') OR ipv6-addr:value = '2001:db8::1']", 2],
    ["[ipv4-addr:value IN ('192.0.2.1', '192.0.2.2') AND ipv4-addr:value = '192.0.2.1']", 'pattern_too_rich'],
    ["[ipv4-addr:value IN ('192.0.2.1' '192.0.2.2')]", 'invalid_pattern'],
    ['[ipv4-addr:value IN ()]', 'invalid_pattern'],
    ["[ipv4-addr:value IN ('192.0.2.1']", 'invalid_pattern'],
    ["[file:hashes.'SHA-256' = 'aa']", 'other_values'],
  ])('%s: %s', (pattern, expected) => {
    const read = readPattern(pattern);
    expect(typeof read === 'string' ? read : read.length).toBe(expected);
  });
});

describe('bundles', () => {
  const limits = { objects: 100, bytes: 4_000, depth: 8 };
  const read = async (json: string, size: number, over = limits) => {
    const bytes = Buffer.from(json);
    const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) =>
      bytes.subarray(n * size, (n + 1) * size),
    );
    const texts: string[] = [];
    for await (const some of readObjectTexts(pieces, over, () => {})) texts.push(...some);
    return texts.map((each) => JSON.parse(each));
  };

  test('come out object by object, wherever the pieces end', async () => {
    const object = fc.dictionary(
      text,
      fc.oneof(text, fc.integer(), fc.array(fc.dictionary(text, text), { maxLength: 3 })),
      {
        maxKeys: 4,
      },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(object, { maxLength: 5 }),
        fc.integer({ min: 1, max: 60 }),
        async (objects, size) => {
          const json = JSON.stringify({ type: 'bundle', id: 'a "objects": [', other: [[1]], objects });
          expect(await read(json, size)).toEqual(JSON.parse(JSON.stringify(objects)));
        },
      ),
      { numRuns: 60 },
    );
  });

  test('that hold too much are refused before it is read', async () => {
    const many = JSON.stringify({ objects: Array.from({ length: 101 }, () => ({})) });
    await expect(read(many, 64)).rejects.toMatchObject({ code: 'limit' });
    await expect(read(JSON.stringify({ objects: [{ a: 'x'.repeat(5_000) }] }), 64)).rejects.toMatchObject({
      code: 'limit',
    });
  });

  test('of ours are read as every indicator in them', () => {
    const material = exampleMaterial();
    const { bundle } = stampBundle(
      material.namespace,
      buildObjects(material),
      new Map(),
      new Date('2026-09-25T08:00:00Z'),
    );
    const now = new Date('2026-09-26T00:00:00Z');
    const values = bundle.objects.flatMap((object) => {
      const { indicator } = readIndicator(JSON.stringify(object), now);
      return indicator ? indicator.values.map(({ kind }) => `${kind} ${indicator.tlp}`) : [];
    });
    expect(values.sort()).toEqual(material.values.map(({ kind }) => `${kind} amber`).sort());
  });
});

describe('an indicator', () => {
  const good = {
    type: 'indicator',
    spec_version: '2.1',
    id: 'indicator--00000000-0000-4000-8000-000000000001',
    created: '2026-09-01T00:00:00.000Z',
    modified: '2026-09-01T00:00:00.000Z',
    pattern: "[ipv4-addr:value = '192.0.2.1']",
    pattern_type: 'stix',
    valid_from: '2026-09-01T00:00:00Z',
  };
  test.each([
    [{}, null],
    [{ valid_until: '2026-12-01T00:00:00Z' }, null],
    // Section 4.7: the end lies after the beginning.
    [{ valid_until: '2026-09-01T00:00:00Z' }, 'malformed'],
    // Section 3.2: it is changed when it is made, or later.
    [{ modified: '2026-08-31T00:00:00.000Z' }, 'malformed'],
    [{ valid_from: '2026-02-30T00:00:00Z' }, 'malformed'],
    [{ valid_from: '2026-09-01T00:00:00+02:00' }, 'malformed'],
    [{ confidence: 101 }, 'malformed'],
    [{ id: 'report--00000000-0000-4000-8000-000000000001' }, 'malformed'],
    [{ spec_version: '2.0' }, 'other_version'],
    [{ pattern_type: 'yara' }, 'other_pattern'],
    [{ valid_until: '2026-09-20T00:00:00Z' }, 'over'],
    [{ object_marking_refs: ['marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed'] }, 'tlp_red'],
  ])('with %j: %s', (change, reason) => {
    const { skip } = readIndicator(JSON.stringify({ ...good, ...change }), new Date('2026-09-26T00:00:00Z'));
    expect(skip).toBe(reason);
  });
});

describe('what waits for a person', () => {
  test.each([
    ['ip', '8.8.8.8', 'public_service'],
    ['prefix', '8.8.8.0/24', 'public_service'],
    ['prefix', '8.0.0.0/8', 'too_wide'],
    ['ip', '10.0.0.1', 'private_address'],
    ['user_agent', 'Mozilla/5.0', 'common_agent'],
    ['ip', '198.51.100.7', null],
    ['asn', '15139', null],
  ] as const)('%s %s: %s', (kind, value, held) => {
    expect(heldByItself({ kind, value, hashed: false })).toBe(held);
  });

  test('a value of an operation is rare however many of its accounts show it', () => {
    expect(isCommonHere({ accounts: 20_000, inClusters: 19_000, all: 100_000 })).toBe(false);
    expect(isCommonHere({ accounts: 20_000, inClusters: 900, all: 100_000 })).toBe(true);
    expect(isCommonHere({ accounts: 8, inClusters: 0, all: 30 })).toBe(false);
  });
});

describe('TAXII', () => {
  test.each([
    [null, true],
    ['*/*', true],
    ['application/taxii+json;version=2.1', true],
    ['application/taxii+json; version="2.1"', true],
    ['text/html, application/taxii+json', true],
    ['application/taxii+json;version=2.1;q=0', false],
    ['application/vnd.oasis.taxii+json; version=2.0', false],
    ['application/json', false],
  ])('Accept %s: %s', (header, accepted) => expect(acceptsTaxii(header)).toBe(accepted));

  test('a body says that it is TAXII', () => {
    expect(isTaxiiBody('application/taxii+json;version=2.1')).toBe(true);
    expect(isTaxiiBody('application/stix+json;version=2.1')).toBe(false);
    expect(isTaxiiBody(null)).toBe(false);
  });

  test('of added_after and next the later counts', () => {
    const query = (text: string) => readObjectQuery(new URLSearchParams(text)).after;
    const next = writeNext('2026-09-01T00:00:00.000002Z');
    expect(query(`next=${next}&added_after=2026-09-01T00:00:00.000001Z`)).toBe('2026-09-01T00:00:00.000002Z');
    expect(query(`next=${next}&added_after=2026-09-01T00:00:00.1Z`)).toBe('2026-09-01T00:00:00.1Z');
  });
});
