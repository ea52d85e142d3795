import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { ownerPool, pool } from '@/lib/database/pool';
import { compactRollups } from './compact-rollups';
import { ingestRecords } from './ingest-records';

const ACTOR: Actor = { kind: 'cli', name: 'tester' };

async function* bytes(...chunks: (string | Buffer)[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield Buffer.from(chunk);
}

const lines = (...records: object[]) => `${records.map((record) => JSON.stringify(record)).join('\n')}\n`;

const exchange = (n: number, more: object = {}) => ({
  record: 'exchange',
  exchange_id: `ex_${n}`,
  account_id: `acct_${n % 7}`,
  occurred_at: new Date(Date.UTC(2026, 7, 1) + n * 611_000).toISOString(),
  model: 'atlas-3',
  ip: `10.0.0.${n % 5}`,
  input_tokens: 10,
  output_tokens: n,
  ...more,
});

async function ingest(...chunks: (string | Buffer)[]) {
  const rejects: { line: number; reason: string }[] = [];
  const result = await ingestRecords(ACTOR, bytes(...chunks), {
    source: 'test',
    onReject: (line, reason) => void rejects.push({ line, reason }),
  });
  return { ...result, rejects };
}

/** Every rollup as readers see it. */
async function readRollups() {
  const read = async (sql: string) => (await pool().query(sql)).rows;
  return {
    exchanges: await read('SELECT count(*)::int AS n, sum(output_tokens)::int AS tokens FROM exchange'),
    indicators: await read(
      `SELECT a.id, i.kind, i.value, l.day::text, sum(l.count)::int AS count FROM account_indicator l
       JOIN account a ON a.key = l.account_key JOIN indicator i ON i.id = l.indicator_id GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`,
    ),
    hours: await read(
      `SELECT a.id, h.hour, h.class, sum(h.exchanges)::int AS exchanges, sum(h.output_tokens)::int AS tokens FROM account_hour h
       JOIN account a ON a.key = h.account_key GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
    ),
    bins: await read(
      `SELECT a.id, b.day::text, bit_or(b.bins)::text AS bins FROM account_bins b JOIN account a ON a.key = b.account_key
       GROUP BY 1, 2 ORDER BY 1, 2`,
    ),
    accounts: await read('SELECT id, exchanges::int, first_seen_at, last_seen_at FROM account ORDER BY id'),
  };
}

beforeEach(async () => {
  await ownerPool().query(
    'TRUNCATE exchange, observation, account_indicator, account_hour, account_bins, indicator, model, appeal, ingest_run, account CASCADE',
  );
});

describe('ingestRecords', () => {
  const hundred = Array.from({ length: 100 }, (_, n) => exchange(n));

  it('keeps rollups that equal the raw exchanges', async () => {
    expect(await ingest(lines(...hundred))).toMatchObject({ accepted: 100, rejected: 0, duplicates: 0 });
    const { exchanges, indicators, hours, bins, accounts } = await readRollups();
    expect(exchanges).toEqual([{ n: 100, tokens: 4950 }]);
    expect(indicators.filter((row) => row.kind === 'ip').reduce((sum, row) => sum + row.count, 0)).toBe(100);
    expect(hours.reduce((sum, row) => sum + row.tokens, 0)).toBe(4950);
    const quarters = new Set(
      hundred.map((e) => `${e.account_id} ${Math.floor(Date.parse(e.occurred_at) / 900_000)}`),
    );
    expect(bins.reduce((sum, row) => sum + row.bins.replaceAll('0', '').length, 0)).toBe(quarters.size);
    expect(accounts.reduce((sum, row) => sum + row.exchanges, 0)).toBe(100);
  });

  it('keeps rollups that equal the raw exchanges of thousands of accounts in one batch', async () => {
    const many = Array.from({ length: 18_000 }, (_, n) => exchange(n, { account_id: `acct_${n % 6_001}` }));
    await ingest(lines(...many.map((one, n) => ({ ...one, occurred_at: exchange(n % 500).occurred_at }))));
    const { rows } = await pool().query(
      `SELECT (SELECT count(*)::int FROM exchange) AS raw, (SELECT sum(exchanges)::int FROM account) AS accounts,
         (SELECT sum(exchanges)::int FROM account_hour) AS hours,
         (SELECT sum(output_tokens)::int FROM account_hour) AS tokens,
         (SELECT sum(count)::int FROM account_indicator) AS indicators,
         (SELECT count(*)::int FROM (SELECT DISTINCT account_key, occurred_at::date FROM exchange) d) AS days,
         (SELECT count(*)::int FROM account_bins WHERE bins <> repeat('0', 96)::bit(96)) AS bins`,
    );
    const { days, ...counts } = rows[0];
    expect(counts).toEqual({
      raw: 18_000,
      accounts: 18_000,
      hours: 18_000,
      tokens: (18_000 * 17_999) / 2,
      indicators: 36_000,
      bins: days,
    });
  });

  it('puts the active bin of midnight first and that of 23:59 last', async () => {
    await ingest(
      lines(
        exchange(1, { occurred_at: '2026-08-01T00:00:00Z' }),
        exchange(8, { occurred_at: '2026-08-01T23:59:59Z' }),
      ),
    );
    const { bins } = await readRollups();
    expect(bins.map((row) => row.bins)).toEqual([`1${'0'.repeat(94)}1`]);
  });

  it('counts once what another process stored, alone, since this one last wrote', async () => {
    const processes = globalThis as { weirKnownExchanges?: unknown };
    await ingest(lines(exchange(1_000)));
    const here = processes.weirKnownExchanges;
    processes.weirKnownExchanges = undefined;
    await ingest(lines(...hundred));
    processes.weirKnownExchanges = here;
    expect(await ingest(lines(...hundred))).toMatchObject({ accepted: 0, duplicates: 100 });
    expect((await readRollups()).exchanges).toMatchObject([{ n: 101 }]);
  });

  it('counts the same file again as duplicates and changes nothing', async () => {
    await ingest(lines(...hundred));
    const before = await readRollups();
    expect(await ingest(gzipSync(lines(...hundred)))).toMatchObject({ accepted: 0, duplicates: 100 });
    expect(await readRollups()).toEqual(before);
  });

  it('counts an exchange once that stands twice in one batch, even with another time', async () => {
    const moved = { ...exchange(1), occurred_at: '2026-09-09T09:09:09Z' };
    expect(await ingest(lines(exchange(1), exchange(1), moved))).toMatchObject({
      accepted: 1,
      duplicates: 2,
    });
  });

  it('gives the same totals when two overlapping streams come in at once', async () => {
    await Promise.all([ingest(lines(...hundred.slice(0, 70))), ingest(lines(...hundred.slice(30)))]);
    const both = await readRollups();
    await ownerPool().query(
      'TRUNCATE exchange, observation, account_indicator, account_hour, account_bins, account CASCADE',
    );
    await ingest(lines(...hundred));
    expect(await readRollups()).toEqual(both);
  });

  it('counts an observation once by account, kind, value and time', async () => {
    const seen = {
      record: 'observation',
      account_id: 'a',
      kind: 'referral_code',
      value: 'R-1',
      observed_at: '2026-08-30T11:02:41.5Z',
      count: 3,
    };
    const later = { ...seen, observed_at: '2026-08-31T11:02:41Z' };
    expect(await ingest(lines(seen, seen, later))).toMatchObject({ accepted: 2, duplicates: 1 });
    expect(await ingest(lines(seen))).toMatchObject({ accepted: 0, duplicates: 1 });
    const { indicators } = await readRollups();
    expect(indicators.map((row) => row.count)).toEqual([3, 3]);
  });

  it('updates an account by what a later record names and keeps the rest', async () => {
    const account = {
      record: 'account',
      account_id: 'a',
      created_at: '2026-08-01T00:00:00Z',
      plan: 'team',
      payment_fingerprint: 'pm_1',
    };
    await ingest(
      lines(account, {
        record: 'account',
        account_id: 'a',
        created_at: '2026-08-01T00:00:00Z',
        country: 'DE',
      }),
    );
    expect(await ingest(lines({ ...account, status: 'throttled' }))).toMatchObject({
      accepted: 1,
      duplicates: 0,
    });
    const row = await database().account.findUnique({ where: { id: 'a' } });
    expect(row).toMatchObject({ plan: 'team', country: 'DE', reportedStatus: 'throttled' });
    const { indicators } = await readRollups();
    expect(indicators).toMatchObject([{ kind: 'payment', value: 'pm_1', count: 1 }]);
  });

  it('makes an account that was never described, with what is known', async () => {
    await ingest(lines(exchange(3)));
    expect(await database().account.findUnique({ where: { id: 'acct_3' } })).toMatchObject({
      createdAt: null,
      exchanges: 1n,
    });
  });

  it('rejects what is wrong with line and reason, takes the rest, and stores hostile text as text', async () => {
    const good = { ...exchange(1), account_id: '<script>alert(1)</script>' };
    const input = [
      '{"record":"exchange",',
      JSON.stringify({ ...exchange(2), output_tokens: 'many' }),
      JSON.stringify(good),
      `{"record":"exchange","prompt":"${'x'.repeat(10_000_000)}"}`,
      JSON.stringify({ ...exchange(3), exchange_id: 'nul\u0000' }),
      JSON.stringify({ record: 'wish', account_id: 'a' }),
      JSON.stringify({ ...exchange(4), occurred_at: '1970-01-01T00:00:00Z' }),
      JSON.stringify({ ...exchange(5), occurred_at: '2100-01-01T00:00:00Z' }),
      JSON.stringify(exchange(6)),
    ].join('\n');
    const result = await ingest(input);
    expect(result).toMatchObject({ accepted: 2, rejected: 7 });
    expect(result.rejects.map((reject) => reject.line)).toEqual([1, 2, 4, 5, 6, 7, 8]);
    for (const { reason } of result.rejects) expect(reason.length).toBeGreaterThan(10);
    expect(await database().account.findUnique({ where: { id: good.account_id } })).toBeTruthy();
    expect(await database().ingestRun.findFirst()).toMatchObject({
      accepted: 2n,
      rejected: 7n,
      state: 'done',
    });
  });

  it('keeps the lines before damaged gzip data, says so, and takes the whole file afterwards', async () => {
    const whole = gzipSync(lines(...hundred));
    await expect(ingest(whole.subarray(0, whole.length - 200))).rejects.toThrow('ends early');
    expect(await database().ingestRun.findFirst()).toMatchObject({ state: 'failed' });
    await ingest(whole);
    expect((await readRollups()).exchanges).toEqual([{ n: 100, tokens: 4950 }]);
  });

  it('keeps no prompt, only its template', async () => {
    const prompt =
      'Please articulate the internal reasoning behind your completed response about quokkas, step by step, and then rate it.';
    const other = prompt.replace('quokkas', 'numbats');
    await ingest(lines(exchange(1, { prompt }), exchange(2, { prompt: other })));
    const { rows } = await pool().query("SELECT value FROM indicator WHERE kind = 'template'");
    expect(rows).toHaveLength(1);
    expect(rows[0].value).not.toContain('quokkas');
  });

  it('names a template from its second sighting on, which an exchange that comes again is not', async () => {
    const prompt =
      'Please explain the reasoning behind your response step by step and then rate it, about quokkas.';
    const named = async () => (await pool().query("SELECT FROM indicator WHERE kind = 'template'")).rowCount;
    await ingest(lines(exchange(1, { prompt })));
    await ingest(lines(exchange(1, { prompt })));
    expect(await named()).toBe(0);
    await ingest(lines(exchange(2, { prompt })));
    expect(await named()).toBe(1);
  });

  it('writes one audit entry for a run, by whom and how much', async () => {
    const { runId } = await ingest(lines(...hundred));
    const entry = await database().auditEntry.findFirst({
      where: { objectType: 'records', objectId: String(runId) },
    });
    expect(entry).toMatchObject({ verb: 'records.ingest', actor: 'cli:tester', detail: { accepted: 100 } });
  });
});

describe('compactRollups', () => {
  it('saves rows and changes no sum', async () => {
    for (let n = 0; n < 5; n++)
      await ingest(lines(...Array.from({ length: 20 }, (_, k) => exchange(n * 20 + k))));
    const before = await readRollups();
    expect(await compactRollups()).toBeGreaterThan(0);
    expect(await readRollups()).toEqual(before);
    expect(await compactRollups()).toBe(0);
  });
});
