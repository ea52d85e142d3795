import { beforeEach, describe, expect, it } from 'vitest';
import { addApiKey } from '@/lib/access/add-api-key';
import { revokeApiKey } from '@/lib/access/revoke-api-key';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { ownerPool, pool } from '@/lib/database/pool';
import type { Coverage } from './coverage-schema';
import { getIngestReport } from './get-ingest-report';
import { ingestRecords } from './ingest-records';
import { listRejects } from './list-rejects';

const ACTOR: Actor = { kind: 'cli', name: 'tester' };
const VIEWER: Actor = { kind: 'user', id: 1, name: 'Vera', email: 'vera@example.org', role: 'viewer' };

async function* bytes(...records: (object | string)[]): AsyncGenerator<Uint8Array> {
  for (const record of records) {
    yield Buffer.from(`${typeof record === 'string' ? record : JSON.stringify(record)}\n`);
  }
}

const ingest = (source: string, ...records: (object | string)[]) =>
  ingestRecords(ACTOR, bytes(...records), { source });

const exchange = (n: number, more: object = {}) => ({
  record: 'exchange',
  exchange_id: `ex_${n}`,
  account_id: `acct_${n}`,
  occurred_at: `2026-08-01T10:11:${String(n).padStart(2, '0')}Z`,
  ...more,
});

/** How many records carried each field, without times. */
const countsOf = (coverage: Coverage, kind: keyof Coverage) =>
  Object.fromEntries(
    Object.entries(coverage[kind]?.fields ?? {}).map(([field, { records }]) => [field, records]),
  );

beforeEach(async () => {
  await ownerPool().query(
    'TRUNCATE exchange, observation, account_indicator, account_hour, account_bins, indicator, model, appeal, ingest_run, ingest_coverage, account CASCADE',
  );
});

describe('coverage', () => {
  it('counts each field of accepted exchanges, and no reject and no duplicate of a batch, a run or another run', async () => {
    const first = [
      exchange(1, { ip: '10.0.0.1', model: 'atlas-3' }),
      exchange(2, { ip: '10.0.0.1', prompt: '', labels: [] }),
      exchange(1, { ip: '10.0.0.1', model: 'atlas-3', user_agent: 'again' }),
      exchange(3, { ip: 'nowhere' }),
      exchange(4, { surprise: 1 }),
    ];
    const { coverage, runId } = await ingest('a', ...first);
    expect(coverage.exchange).toMatchObject({
      records: 3,
      firstAt: '2026-08-01T10:11:01.000Z',
      lastAt: '2026-08-01T10:11:04.000Z',
    });
    const counted = { exchange_id: 3, account_id: 3, occurred_at: 3, ip: 2, model: 1 };
    expect(countsOf(coverage, 'exchange')).toEqual(counted);
    expect(coverage.exchange?.fields.ip?.lastAt).toBe('2026-08-01T10:11:02.000Z');
    expect((await database().ingestRun.findUnique({ where: { id: runId } }))?.coverage).toEqual(coverage);

    expect((await ingest('b', ...first)).coverage).toEqual({});
    await ingest('b', exchange(5, { ip: '10.0.0.9' }));
    const report = await getIngestReport(VIEWER);
    expect(report.coverage.exchange?.records).toBe(4);
    expect(countsOf(report.coverage, 'exchange')).toEqual({
      ...counted,
      exchange_id: 4,
      account_id: 4,
      occurred_at: 4,
      ip: 3,
    });
    expect(report.totals).toMatchObject({ runs: 3, accepted: 4, rejected: 2, duplicates: 5 });
    expect(report.runs.map((run) => run.unknownKeys)).toEqual([0, 1, 1]);
  });

  it('agrees over several batches of one run with what is stored', async () => {
    const many = Array.from({ length: 45_000 }, (_, n) =>
      exchange(0, {
        exchange_id: `ex_${n % 44_000}`,
        account_id: `a${n % 50}`,
        ...(n % 3 === 0 && { ip: '10.0.0.1' }),
      }),
    );
    const { coverage, accepted } = await ingest('many', ...many);
    const { rows } = await pool().query(
      `SELECT (SELECT count(*)::int FROM exchange) AS n, sum(l.count)::int AS ips
       FROM account_indicator l JOIN indicator i ON i.id = l.indicator_id WHERE i.kind = 'ip'`,
    );
    expect(rows).toEqual([{ n: accepted, ips: coverage.exchange?.fields.ip?.records }]);
    expect(coverage.exchange?.records).toBe(44_000);
  });

  it('counts account records each time, observations and appeals once, and observations by their kind', async () => {
    const account = {
      record: 'account',
      account_id: 'a',
      created_at: '2026-08-01T00:00:00Z',
      signup_ip: '10.0.0.1',
    };
    const seen = { record: 'observation', account_id: 'a', kind: 'referral_code', value: 'R-1' };
    const appeal = {
      record: 'appeal',
      account_id: 'a',
      appeal_id: 'p1',
      received_at: '2026-08-09T00:00:00Z',
    };
    const { coverage } = await ingest(
      'a',
      account,
      { ...account, plan: 'team' },
      { ...seen, observed_at: '2026-08-01T00:00:01Z', count: 2 },
      { ...seen, observed_at: '2026-08-01T00:00:01Z' },
      { ...seen, observed_at: '2026-08-02T00:00:01Z' },
      { ...appeal, text: 'please' },
      appeal,
      { record: 'model_release', model: 'atlas-4', released_at: '2026-08-05T00:00:00Z' },
    );
    expect(countsOf(coverage, 'account')).toEqual({ account_id: 2, created_at: 2, signup_ip: 2, plan: 1 });
    expect(countsOf(coverage, 'observation')).toEqual({
      account_id: 2,
      kind: 2,
      value: 2,
      observed_at: 2,
      count: 1,
      'kind=referral_code': 2,
    });
    expect(countsOf(coverage, 'appeal')).toEqual({ account_id: 1, appeal_id: 1, received_at: 1, text: 1 });
    expect(coverage.model_release?.records).toBe(1);
  });

  it('tells exchanges whose time is only a day or an hour', async () => {
    const { coverage } = await ingest(
      'a',
      exchange(1, { occurred_at: '2026-08-01T00:00:00Z' }),
      exchange(2, { occurred_at: '2026-08-01T07:00:00Z' }),
      exchange(3),
    );
    expect(countsOf(coverage, 'exchange')).toMatchObject({
      'occurred_at=midnight': 1,
      'occurred_at=full hour': 2,
    });
  });

  it('says how many records came before it was counted', async () => {
    await database().ingestRun.create({
      data: { source: 'old', format: 'weir', state: 'done', accepted: 70n },
    });
    await ingest('new', exchange(1));
    expect((await getIngestReport(VIEWER)).uncounted).toBe(70);
  });
});

describe('rejects', () => {
  it('keeps the first thousand of a run with line and reason, groups them, and keeps no text of a line', async () => {
    const secret = 'my card is 4111 1111 1111 1111';
    const broken = Array.from({ length: 1_100 }, () => `{"record":"exchange","prompt":"${secret}`);
    const result = await ingest(
      'bad',
      exchange(1),
      { ...exchange(2), model: 7 },
      { record: secret },
      ...broken,
    );
    expect(result).toMatchObject({ accepted: 1, rejected: 1_102 });
    const rows = await listRejects(VIEWER, result.runId);
    expect(rows).toHaveLength(1_000);
    expect(rows.map((row) => row.line)).toEqual(Array.from({ length: 1_000 }, (_, n) => n + 2));
    expect(JSON.stringify(rows)).not.toContain('4111');
    const { rejects, totals } = await getIngestReport(VIEWER);
    expect(totals.rejected).toBe(1_102);
    expect(rejects.kept).toBe(1_000);
    expect(rejects.groups).toMatchObject([
      { reason: 'not JSON', lines: 998, examples: [{ line: 4 }, { line: 5 }, { line: 6 }] },
      { lines: 1, examples: [{ line: 2 }] },
      { lines: 1, examples: [{ line: 3 }] },
    ]);
  });

  it('lists those of other runs only when no run is asked for', async () => {
    const one = await ingest('one', 'x');
    await ingest('two', 'y');
    expect((await listRejects(VIEWER)).map((row) => row.source)).toEqual(['two', 'one']);
    expect((await listRejects(VIEWER, one.runId)).map((row) => row.source)).toEqual(['one']);
  });
});

describe('getIngestReport', () => {
  it('answers an empty desk with nothing rather than an error', async () => {
    expect(await getIngestReport(VIEWER)).toMatchObject({
      totals: { runs: 0, accepted: 0 },
      lastRecordAt: null,
      throughput: null,
      sources: [],
      coverage: {},
    });
  });

  it('sums up each source with its newest record', async () => {
    await ingest('shipper', exchange(1));
    await ingest('shipper', exchange(2), 'x');
    await ingest('file', exchange(3));
    const { sources } = await getIngestReport(VIEWER);
    expect(sources).toMatchObject([
      { source: 'file', runs: 1, accepted: 1 },
      {
        source: 'shipper',
        runs: 2,
        accepted: 2,
        rejected: 1,
        lastRecordAt: '2026-08-01T10:11:02.000Z',
      },
    ]);
  });

  it('shows keys in use without their secret, and none that was revoked', async () => {
    const { row, key } = await addApiKey(ACTOR, { name: 'Log shipper' });
    const gone = await addApiKey(ACTOR, { name: 'Old shipper' });
    await revokeApiKey(ACTOR, { keyId: gone.row.id });
    const { keys } = await getIngestReport(VIEWER);
    expect(keys).toEqual([
      {
        id: row.id,
        name: 'Log shipper',
        prefix: row.prefix,
        createdAt: row.createdAt,
        lastUsedAt: null,
      },
    ]);
    expect(JSON.stringify(keys)).not.toContain(key);
  });

  it('is refused to a machine that may only send records', async () => {
    await expect(getIngestReport({ kind: 'key', id: 1, name: 'shipper' })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});
