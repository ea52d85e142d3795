import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { describeApi } from './describe-api';
import type { JsonSchema, Operation } from './document-schema';

const app = path.resolve(import.meta.dirname, '../../app');
const api = describeApi('1.2.3', 'https://weir.example.org');
const operations = Object.entries(api.paths).flatMap(([address, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    address,
    method,
    operation: operation as Operation,
  })),
);

/** Addresses for machines, by where their handlers lie. TAXII's are its specification's. */
const FOR_MACHINES = /^(api\/v1\/.*|v1\/.*|healthz|readyz|metrics|api\/openapi\.json)$/;

/** What the handlers under app answer: "POST /api/v1/records". */
function handlers(): string[] {
  return readdirSync(app, { recursive: true, encoding: 'utf8' })
    .filter((name) => path.basename(name) === 'route.ts' && FOR_MACHINES.test(path.dirname(name)))
    .flatMap((name) => {
      const text = readFileSync(path.join(app, name), 'utf8');
      const methods = [
        ...text.matchAll(/^export (?:async )?function (GET|POST|PUT|PATCH|DELETE)\b/gm),
        ...text.matchAll(/\b(?:as )?(GET|POST|PUT|PATCH|DELETE)\b(?=[^{}]*\} from)/g),
      ];
      const address = `/${path.dirname(name)}`.replace(/\[(\w+)\]/g, '{$1}');
      return methods.map(([, method]) => `${method} ${address}`);
    });
}

function refsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === '$ref' ? [String(inner)] : refsIn(inner)));
}

describe('the description of the API', () => {
  test('names every handler for machines, and none that is not there', () => {
    const described = operations.map(({ address, method }) => `${method.toUpperCase()} ${address}`);
    expect(described.sort()).toEqual(handlers().sort());
    expect(described.length).toBeGreaterThan(5);
  });

  test('leads nowhere that is not in it, and names each operation once', () => {
    for (const ref of refsIn(api)) {
      const name = ref.replace('#/components/schemas/', '');
      expect(Object.keys(api.components.schemas), ref).toContain(name);
    }
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { operation } of operations)
      for (const requirement of operation.security)
        for (const scheme of Object.keys(requirement))
          expect(Object.keys(api.components.securitySchemes)).toContain(scheme);
  });

  const contract = JSON.parse(
    readFileSync(path.resolve(import.meta.dirname, '../records/testing/records.schema.json'), 'utf8'),
  ) as { $defs: Record<string, JsonSchema> };
  const resolved = (schema: JsonSchema): JsonSchema => {
    const name = schema.$ref?.replace('#/$defs/', '');
    return name ? { ...resolved(contract.$defs[name] ?? {}), ...schema } : schema;
  };

  test.each([
    ['account', 'AccountRecord'],
    ['exchange', 'ExchangeRecord'],
    ['observation', 'ObservationRecord'],
    ['model_release', 'ModelReleaseRecord'],
    ['appeal', 'AppealRecord'],
  ])('says of an %s what the published schema of records says', (kind, name) => {
    const published = contract.$defs[kind] ?? {};
    const ours = api.components.schemas[name] ?? {};
    expect(ours.required?.toSorted()).toEqual(published.required?.toSorted());
    expect(Object.keys(ours.properties ?? {}).sort()).toEqual(Object.keys(published.properties ?? {}).sort());
    for (const [field, schema] of Object.entries(published.properties ?? {})) {
      const {
        type,
        maxLength,
        minLength,
        maxItems,
        pattern,
        format,
        enum: values,
        const: one,
      } = resolved(schema);
      // Addresses are held to more than their length.
      const bounds =
        field === 'ip' || field === 'signup_ip' ? { type } : { type, maxLength, minLength, maxItems };
      const said = { ...bounds, pattern, format, enum: values, const: one };
      const known = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
      expect(ours.properties?.[field], field).toMatchObject(known);
    }
  });
});
