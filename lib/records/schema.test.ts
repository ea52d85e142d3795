import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checkRecord, checkThoroughly } from './parse-record';
import { MAX_SPEND_USD, RECORD_SCHEMAS } from './schema';

interface Rule {
  $ref?: string;
  const?: string;
  enum?: string[];
  type?: string;
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  maxItems?: number;
  items?: Rule;
}
interface Contract {
  oneOf: { $ref: string }[];
  $defs: Record<string, Rule & { required?: string[]; properties?: Record<string, Rule> }>;
}

const contract: Contract = JSON.parse(
  readFileSync(new URL('./testing/records.schema.json', import.meta.url), 'utf8'),
);
const now = new Date('2026-09-30T12:00:00Z');

function resolve(rule: Rule): Rule {
  const name = rule.$ref?.replace('#/$defs/', '');
  return name ? resolve(contract.$defs[name]!) : rule;
}

/** Addresses are held to more than their length, so their samples are addresses. */
const isIpField = (field: string) => field === 'ip' || field === 'signup_ip';

/** Where we are stricter than the contract, and how far a value may go: the contract bounds no spending. */
const OUR_MAXIMUM: Record<string, number> = { monthly_spend_usd: MAX_SPEND_USD };

function validSamples(field: string, rule: Rule): unknown[] {
  if (rule.const !== undefined) return [rule.const];
  if (rule.enum) return rule.enum;
  if (isIpField(field)) return ['203.0.113.7', '2001:db8::1', '2001:db8:1111:2222:3333:4444:5555:6666'];
  if (rule.format === 'date-time') return ['2026-09-01T00:00:12Z', '2026-09-01T02:00:12.123456+02:00'];
  if (rule.pattern)
    return rule.pattern.startsWith('^[A-Z]') ? ['US'] : ['a', 'referral_code', `a${'1'.repeat(62)}`];
  switch (rule.type) {
    case 'boolean':
      return [true, false];
    case 'integer':
      return [rule.minimum ?? 0, rule.maximum ?? 2 ** 40];
    case 'number':
      return [rule.minimum ?? 0, 12.5, rule.maximum ?? OUR_MAXIMUM[field]!];
    case 'array':
      return [[], Array(rule.maxItems).fill('x')];
    default:
      return [
        '<b>',
        'x'.repeat(rule.minLength ?? 0),
        'x'.repeat(rule.maxLength!),
        '😀'.repeat(rule.maxLength!),
      ];
  }
}

function invalidSamples(rule: Rule): unknown[] {
  const wrongTypes = ['text', 7, 1.5, true, [], {}, null].filter((value) => {
    if (rule.const !== undefined || rule.enum) return true;
    if (rule.type === 'string') return typeof value !== 'string';
    if (rule.type === 'boolean') return typeof value !== 'boolean';
    if (rule.type === 'integer') return !Number.isInteger(value);
    if (rule.type === 'number') return typeof value !== 'number';
    return !Array.isArray(value);
  });
  const wrong: unknown[] = wrongTypes;
  if (rule.minLength) wrong.push('');
  if (rule.maxLength) wrong.push('x'.repeat(rule.maxLength + 1), '😀'.repeat(rule.maxLength + 1));
  if (rule.minimum !== undefined) wrong.push(rule.minimum - 1);
  if (rule.maximum !== undefined) wrong.push(rule.maximum + 1);
  if (rule.maxItems) wrong.push(Array(rule.maxItems + 1).fill('x'), [''], [3]);
  if (rule.pattern) wrong.push('', 'usa', 'Us', 'A-B', '1a', `a${'1'.repeat(63)}`, 'US\n');
  if (rule.format === 'date-time')
    wrong.push('', '2026-09-01', '2026-09-01T25:00:00Z', '2026-09-01T00:00:00');
  return wrong.filter((value) => !(rule.pattern?.startsWith('^[a-z]') && value === 'usa'));
}

const kinds = contract.oneOf.map(({ $ref }) => $ref.replace('#/$defs/', ''));

test('knows exactly the records of the contract, each with exactly its fields', () => {
  expect(Object.keys(RECORD_SCHEMAS).sort()).toEqual([...kinds].sort());
  for (const [kind, schema] of Object.entries(RECORD_SCHEMAS)) {
    expect(Object.keys(schema.shape).sort()).toEqual(Object.keys(contract.$defs[kind]!.properties!).sort());
  }
});

test.each(kinds)('agrees with the contract on every field of %s, quickly and thoroughly', (kind) => {
  const { required = [], properties = {} } = contract.$defs[kind]!;
  const minimal: Record<string, unknown> = {};
  for (const field of required) minimal[field] = validSamples(field, resolve(properties[field]!))[0];

  const verdicts = (record: object) => [checkRecord(record, now).ok, checkThoroughly(record, now).ok];
  expect(verdicts(minimal)).toEqual([true, true]);
  for (const field of required) {
    const { [field]: _, ...rest } = minimal;
    expect([field, verdicts(rest)]).toEqual([field, [false, false]]);
  }
  for (const [field, reference] of Object.entries(properties)) {
    const rule = resolve(reference);
    for (const value of validSamples(field, rule)) {
      if (rule.minLength && value === '') continue;
      expect([field, value, verdicts({ ...minimal, [field]: value })]).toEqual([field, value, [true, true]]);
    }
    for (const value of invalidSamples(rule)) {
      expect([field, value, verdicts({ ...minimal, [field]: value })]).toEqual([
        field,
        value,
        [false, false],
      ]);
    }
  }
});

test('is stricter than the contract in one thing: a spending that would make every sum infinite', () => {
  for (const [field, maximum] of Object.entries(OUR_MAXIMUM)) {
    expect(resolve(contract.$defs.account!.properties![field]!).maximum).toBeUndefined();
    for (const value of [maximum * 1.001, 1e308]) {
      const record = {
        record: 'account',
        account_id: 'a',
        created_at: '2026-09-01T00:00:12Z',
        [field]: value,
      };
      const refusal = { ok: false, reason: `${field}: expected at most ${maximum}, got ${value}` };
      expect(checkRecord(record, now)).toEqual(refusal);
    }
  }
});
