/** Bad input in the middle of much good input: it is refused, counted and told, and nothing else is lost. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { ownerPool, pool } from '@/lib/database/pool';
import type { Adapter } from '@/lib/records/adapters/adapter';
import { litellmAdapter } from '@/lib/records/adapters/litellm';
import { otlpAdapter } from '@/lib/records/adapters/otlp';
import { WRONG_RECORDS } from '@/lib/records/testing/wrong-records';
import { ingestRecords } from './ingest-records';

const ACTOR: Actor = { kind: 'cli', name: 'tester' };
const DAY_MS = 86_400_000;
const GOOD = 40_000;

const at = (ms: number) => new Date(Date.now() + ms).toISOString();
const exchange = (n: number, more: object = {}) =>
  JSON.stringify({
    record: 'exchange',
    exchange_id: `ex_${n}`,
    account_id: `acct_${n % 997}`,
    occurred_at: new Date(Date.UTC(2026, 7, 1) + n * 3_000).toISOString(),
    model: 'atlas-3',
    ip: `10.0.${n % 7}.${n % 250}`,
    output_tokens: 1,
    ...more,
  });

async function ingest(pieces: Iterable<string | Buffer>, adapter?: Adapter) {
  const rejects: { line: number; reason: string }[] = [];
  async function* bytes() {
    for (const piece of pieces) yield Buffer.from(piece);
  }
  const result = await ingestRecords(ACTOR, bytes(), {
    source: 'test',
    adapter,
    onReject: (line, reason) => void rejects.push({ line, reason }),
  });
  return { ...result, rejects };
}

const ingestLines = (...lines: string[]) => ingest([`${lines.join('\n')}\n`]);
const rows = async (sql: string) => (await pool().query(sql)).rows;

beforeEach(async () => {
  await ownerPool().query(
    'TRUNCATE exchange, observation, account_indicator, account_hour, account_bins, indicator, model, appeal, ingest_run, account CASCADE',
  );
});

describe('a large stream', () => {
  it('with every kind of bad line in it loses none of its good ones', async () => {
    const huge = `{"record":"exchange","prompt":"${'x'.repeat(10_000_000)}"}`;
    const bad: (string | Buffer)[] = [
      ...WRONG_RECORDS.map(({ line }) => line),
      huge,
      exchange(-1, { exchange_id: 'nul\u0000' }),
      exchange(-1, { exchange_id: 'x'.repeat(5_000) }),
      exchange(-1, { occurred_at: at(2 * DAY_MS) }),
      Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]),
      '\u0000'.repeat(1_000),
      '{'.repeat(100_000),
      `{"record":"exchange","labels":${'['.repeat(10_000)}${']'.repeat(10_000)}}`,
      '</script><script>alert(1)</script>',
      '{"__proto__":{"record":"exchange"}}',
    ];
    const badLines: number[] = [];
    const duplicates = GOOD / 100;
    function* stream() {
      let line = 0;
      for (let n = 0; n < GOOD; n++) {
        line++;
        yield `${exchange(n)}\n`;
        if (n % 100 === 0) {
          line++;
          yield `${exchange(n)}\r\n`;
        }
        if (n % 200 !== 150) continue;
        badLines.push(++line);
        yield bad[badLines.length % bad.length]!;
        yield '\n';
        line++;
        yield '\n';
      }
    }
    const result = await ingest(stream());
    expect(result).toMatchObject({ accepted: GOOD, rejected: badLines.length, duplicates });
    expect(result.rejects.map(({ line }) => line)).toEqual(badLines);
    for (const { reason } of result.rejects) expect(reason.length).toBeLessThan(500);
    const [sums] = await rows(
      `SELECT (SELECT count(*) FROM exchange)::int AS raw, (SELECT sum(exchanges) FROM account_hour)::int AS hours,
         (SELECT sum(exchanges) FROM account)::int AS accounts, (SELECT count(*) FROM account)::int AS known,
         (SELECT sum(count) FROM account_indicator l JOIN indicator i ON i.id = l.indicator_id AND i.kind = 'ip')::int AS ips`,
    );
    expect(sums).toEqual({ raw: GOOD, hours: GOOD, accounts: GOOD, known: 997, ips: GOOD });
  });

  it('of spans with attributes that nobody knows takes all of them', async () => {
    const spans = 5_000;
    const value = (text: string) => ({ stringValue: text });
    const attributes = (n: number) => [
      { key: 'gen_ai.request.model', value: value('atlas-3') },
      { key: 'user.id', value: value(`acct_${n % 50}`) },
      { key: 'gen_ai.usage.output_tokens', value: { intValue: '7' } },
      { key: `vendor.${n}`, value: { kvlistValue: { values: [{ key: 'deep', value: value('x') }] } } },
      { key: 'gen_ai.future.thing', value: { arrayValue: { values: [{ bytesValue: 'AAEC' }, {}] } } },
      { key: 'no value' },
      { key: 7, value: value('a number as its key') },
      null,
      'no attribute',
    ];
    const span = (n: number) => ({
      traceId: `t${n}`,
      spanId: `s${n}`,
      startTimeUnixNano: `${Date.UTC(2026, 7, 1) + n}000000`,
      attributes: attributes(n),
      unknownField: { n },
    });
    const document = (from: number) =>
      `${JSON.stringify({
        resourceSpans: [
          { scopeSpans: [{ spans: Array.from({ length: 500 }, (_, n) => span(from + n)) }], schemaUrl: 7 },
        ],
        somethingNew: [],
      })}\n`;
    const pieces = Array.from({ length: spans / 500 }, (_, n) => document(n * 500));
    expect(await ingest(pieces, otlpAdapter())).toMatchObject({
      accepted: spans,
      rejected: 0,
      duplicates: 0,
    });
    expect(await rows('SELECT count(*)::int AS n, sum(output_tokens)::int AS tokens FROM exchange')).toEqual([
      { n: spans, tokens: spans * 7 },
    ]);
  });
});

describe('a CSV', () => {
  const header = 'request_id,api_key,startTime,model,user_agent\n';
  const row = (n: number) => `r${n},key_${n % 9},2026-08-01T00:00:00Z,atlas-3,"agent ""${n}"""\n`;
  const whole = header + Array.from({ length: 5_000 }, (_, n) => row(n)).join('');

  it.each([
    ['a quoted field', whole.slice(0, -4)],
    ['a row', whole.slice(0, whole.lastIndexOf(',atlas'))],
  ])(
    'that was cut in the middle of %s is taken as far as it is whole, and its run is marked',
    async (_, cut) => {
      await expect(ingest([cut], litellmAdapter())).rejects.toThrow('it was cut off');
      expect(await rows('SELECT count(*)::int AS n FROM exchange')).toEqual([{ n: 4_999 }]);
      expect(await database().ingestRun.findFirst()).toMatchObject({ state: 'failed', rejected: 1n });
    },
  );

  it('with the wrong header takes nothing, names what is missing and marks its run', async () => {
    await expect(ingest([`id;when;what\n${'1;2;3\n'.repeat(50_000)}`], litellmAdapter())).rejects.toThrow(
      'the CSV has no column "request_id", "api_key", "startTime"; it has "id;when;what"',
    );
    expect(await rows('SELECT count(*)::int AS n FROM exchange')).toEqual([{ n: 0 }]);
    expect(await database().ingestRun.findFirst()).toMatchObject({ state: 'failed', accepted: 0n });
  });
});

describe('a sender whose clock is wrong', () => {
  it('is believed up to a day ahead and any time behind, and refused beyond, line by line', async () => {
    const result = await ingestLines(
      exchange(1, { occurred_at: at(DAY_MS - 60_000) }),
      exchange(2, { occurred_at: at(-DAY_MS) }),
      exchange(3, { occurred_at: at(DAY_MS + 60_000) }),
      exchange(4, { occurred_at: at(0) }),
    );
    expect(result).toMatchObject({ accepted: 3, rejected: 1 });
    expect(result.rejects[0]).toMatchObject({ line: 3, reason: expect.stringContaining('occurred_at') });
    const days = await rows('SELECT count(DISTINCT day)::int AS n, count(*)::int AS all FROM account_bins');
    expect(days[0].all).toBe(3);
  });

  it('counts once what it sends again after its clock was set right', async () => {
    await ingestLines(exchange(1, { occurred_at: at(DAY_MS - 60_000) }), exchange(2));
    const again = await ingestLines(exchange(1, { occurred_at: at(0) }), exchange(2), exchange(3));
    expect(again).toMatchObject({ accepted: 1, duplicates: 2 });
  });
});

it('an account described after its exchanges ends as one described before them', async () => {
  const account = JSON.stringify({
    record: 'account',
    account_id: 'acct_1',
    created_at: '2026-07-30T10:00:00Z',
    plan: 'team',
    country: 'DE',
    payment_fingerprint: 'pm_1',
  });
  const exchanges = [1, 998, 1995].map((n) => exchange(n));
  const read = async () => ({
    account: await rows(
      'SELECT id, created_at, plan, country, exchanges::int, first_seen_at, last_seen_at FROM account',
    ),
    indicators: await rows(
      `SELECT i.kind, i.value, l.day::text, sum(l.count)::int AS n FROM account_indicator l
       JOIN indicator i ON i.id = l.indicator_id GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
    ),
    hours: await rows('SELECT hour, sum(exchanges)::int AS n FROM account_hour GROUP BY 1 ORDER BY 1'),
  });
  const truncate =
    'TRUNCATE exchange, observation, account_indicator, account_hour, account_bins, account CASCADE';
  await ingestLines(account, ...exchanges);
  const before = await read();
  expect(before.account).toMatchObject([{ id: 'acct_1', plan: 'team', exchanges: 3 }]);
  await ownerPool().query(truncate);
  await ingestLines(...exchanges, account);
  expect(await read()).toEqual(before);
  await ownerPool().query(truncate);
  await ingestLines(...exchanges);
  expect(await database().account.findFirst()).toMatchObject({ createdAt: null, plan: null });
  await ingestLines(account);
  expect(await read()).toEqual(before);
});

it('ids and values that differ only in case are different, and none is lost', async () => {
  const variants = ['acct_x', 'Acct_x', 'ACCT_X', 'acct_X'];
  const lines = variants.flatMap((account_id) =>
    ['ex_a', 'EX_A', 'ex_A'].map((exchange_id, n) =>
      exchange(n, { account_id, exchange_id, client_fingerprint: n === 0 ? 'ja4_AbC' : 'ja4_abc' }),
    ),
  );
  expect(await ingestLines(...lines)).toMatchObject({ accepted: 12, duplicates: 0 });
  expect(await rows('SELECT id, exchanges::int FROM account ORDER BY id COLLATE "C"')).toEqual(
    [...variants].sort().map((id) => ({ id, exchanges: 3 })),
  );
  expect(
    await rows(
      `SELECT i.value, sum(l.count)::int AS n FROM account_indicator l JOIN indicator i ON i.id = l.indicator_id
       WHERE i.kind = 'client_fingerprint' GROUP BY i.value ORDER BY i.value COLLATE "C"`,
    ),
  ).toEqual([
    { value: 'ja4_AbC', n: 4 },
    { value: 'ja4_abc', n: 8 },
  ]);
  expect(await ingestLines(...lines)).toMatchObject({ accepted: 0, duplicates: 12 });
});
