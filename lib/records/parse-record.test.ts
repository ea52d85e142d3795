import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkRecord, checkThoroughly, parseRecord } from './parse-record';
import { WRONG_RECORDS } from './testing/wrong-records';

const now = new Date('2026-09-30T12:00:00Z');
const examples = readFileSync(new URL('./testing/examples.ndjson', import.meta.url), 'utf8')
  .trim()
  .split('\n');

const exchange = {
  record: 'exchange',
  exchange_id: 'ex_1',
  account_id: 'a',
  occurred_at: '2026-09-01T00:00:12Z',
};

test.each(examples)('accepts the contract’s example unchanged: %s', (line) => {
  expect(parseRecord(line, now)).toEqual({ ok: true, record: JSON.parse(line), unknownKeys: 0 });
});

test.each(WRONG_RECORDS.map(({ line, reason }) => [reason, line]))('refuses with "%s"', (reason, line) => {
  expect(parseRecord(line, now)).toEqual({ ok: false, reason });
});

test('drops keys that the contract does not know, and counts them', () => {
  const parsed = parseRecord(JSON.stringify({ ...exchange, region: 'eu', __proto: 1, toString: 2 }), now);
  expect(parsed).toEqual({ ok: true, record: exchange, unknownKeys: 3 });
});

test('takes ids with markup in them as text', () => {
  const parsed = checkRecord({ ...exchange, account_id: '<img src=x onerror=alert(1)>' }, now);
  expect(parsed).toMatchObject({ ok: true, record: { account_id: '<img src=x onerror=alert(1)>' } });
});

test('repeats at most 80 characters of the input, with control and direction characters escaped', () => {
  const hostile = `\u001b[31m\u202egnp.exe${'x'.repeat(5000)}`;
  for (const record of [
    { ...exchange, occurred_at: hostile },
    { ...exchange, record: hostile },
    { ...exchange, [hostile]: 1, ip: hostile },
  ]) {
    const parsed = checkRecord(record, now);
    expect(parsed.ok).toBe(false);
    const reason = parsed.ok ? '' : parsed.reason;
    expect(reason).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(reason.length).toBeLessThan(200);
  }
});

describe('times', () => {
  const at = (occurred_at: string) => checkRecord({ ...exchange, occurred_at }, now);

  test('are believed from 2015 to a day after now, to the second', () => {
    expect(at('2015-01-01T00:00:00Z').ok).toBe(true);
    expect(at('2014-12-31T23:59:59Z').ok).toBe(false);
    expect(at('2026-10-01T12:00:00Z').ok).toBe(true);
    expect(at('2026-10-01T12:00:01Z').ok).toBe(false);
  });

  test('may carry an offset, which counts', () => {
    expect(at('2014-12-31T23:00:00-01:00').ok).toBe(true);
    expect(at('2015-01-01T00:30:00+01:00').ok).toBe(false);
  });

  test('are rewritten wherever they are not plain UTC to the second or millisecond', () => {
    expect(at('2016-12-31T23:59:60Z')).toMatchObject({ record: { occurred_at: '2017-01-01T00:00:00.000Z' } });
    expect(at('2026-09-01t00:00:12z')).toMatchObject({ record: { occurred_at: '2026-09-01T00:00:12.000Z' } });
    expect(at('2026-09-01T00:00:12Z')).toMatchObject({ record: { occurred_at: '2026-09-01T00:00:12Z' } });
    expect(at('2026-09-01T00:00:12.5Z')).toMatchObject({
      record: { occurred_at: '2026-09-01T00:00:12.500Z' },
    });
    expect(at('2026-09-01T02:00:12+02:00')).toMatchObject({
      record: { occurred_at: '2026-09-01T00:00:12.000Z' },
    });
  });

  const OF_EACH_KIND: [field: string, record: object][] = [
    ['created_at', { record: 'account', account_id: 'a' }],
    ['last_paid_at', { record: 'account', account_id: 'a', created_at: '2026-09-01T00:00:12Z' }],
    ['occurred_at', { record: 'exchange', account_id: 'a', exchange_id: 'e' }],
    ['observed_at', { record: 'observation', account_id: 'a', kind: 'k', value: 'v' }],
    ['released_at', { record: 'model_release', model: 'm' }],
    ['received_at', { record: 'appeal', account_id: 'a', appeal_id: 'p' }],
  ];
  test.each(OF_EACH_KIND)('in %s come out in a form that Postgres takes', (field, record) => {
    for (const text of ['2026-09-01T23:59:12+23:59', `2026-09-01T00:00:12.000${'0'.repeat(5000)}Z`]) {
      const parsed = checkRecord({ ...record, [field]: text }, now);
      expect(parsed).toMatchObject({ ok: true, record: { [field]: '2026-09-01T00:00:12.000Z' } });
    }
  });

  test('of every accepted record can be read by Date.parse', () => {
    const piece = fc.constantFrom('00', '01', '12', '23', '24', '29', '30', '31', '59', '60', '99');
    const zone = fc.constantFrom('Z', 'z', '+02:00', '-23:59', '+24:00', '');
    const fraction = fc.constantFrom('', '.5', '.123', '.123456789', '.');
    fc.assert(
      fc.property(
        piece,
        piece,
        piece,
        piece,
        piece,
        fraction,
        zone,
        (month, day, hour, minute, second, part, end) => {
          const parsed = at(`2024-${month}-${day}T${hour}:${minute}:${second}${part}${end}`);
          if (!parsed.ok || parsed.record.record !== 'exchange') return true;
          return Number.isFinite(Date.parse(parsed.record.occurred_at));
        },
      ),
      { numRuns: 2000 },
    );
  });
});

test('the quick way accepts nothing that the thorough one refuses, and changes nothing', () => {
  const odd = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.constantFrom('', 'US', '203.0.113.7', '::1', 'active', 'account', 'x'.repeat(129), 'x'.repeat(513)),
    fc.constantFrom(
      '2026-09-01T00:00:12Z',
      '2026-09-01t00:00:12Z',
      '1970-01-01T00:00:00Z',
      '2024-02-30T00:00:00Z',
    ),
    fc.constantFrom('\0', '\ud83d', '😀'.repeat(128), '😀'.repeat(129)),
    fc.constantFrom(
      0,
      -1,
      -0,
      1.5,
      2 ** 53,
      4_294_967_296,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      null,
      true,
      undefined,
    ),
    fc.array(fc.constantFrom('bash', '', 3), { maxLength: 3 }),
  );
  const bases = examples.map((line) => JSON.parse(line) as Record<string, unknown>);
  const fields = [
    ...new Set(bases.flatMap((base) => Object.keys(base))),
    'country',
    'status',
    'labels',
    'extra',
    'enterprise',
  ];
  fc.assert(
    fc.property(fc.constantFrom(...bases), fc.constantFrom(...fields), odd, (base, field, value) => {
      const record = { ...base, [field]: value };
      expect(checkRecord(record, now)).toEqual(checkThoroughly(record, now));
    }),
    { numRuns: 5000 },
  );
});
