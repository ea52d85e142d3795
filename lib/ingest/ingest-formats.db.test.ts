import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { ownerPool, pool } from '@/lib/database/pool';
import type { Adapter } from '@/lib/records/adapters/adapter';
import { litellmAdapter } from '@/lib/records/adapters/litellm';
import { mappedAdapter } from '@/lib/records/adapters/mapped';
import { readMapping } from '@/lib/records/adapters/mapping';
import { otlpAdapter } from '@/lib/records/adapters/otlp';
import { fixture } from '@/lib/records/adapters/testing/read-adapted';
import { ingestRecords } from './ingest-records';

const ACTOR: Actor = { kind: 'cli', name: 'tester' };

async function ingest(adapter: Adapter, bytes: Uint8Array) {
  const rejects: { line: number; reason: string }[] = [];
  const onReject = (line: number, reason: string) => void rejects.push({ line, reason });
  async function* once() {
    yield bytes;
  }
  const result = await ingestRecords(ACTOR, once(), { source: 'test', adapter, onReject });
  const { accepted, rejected, duplicates } = result;
  return { accepted, rejected, duplicates, rejects };
}

const mapped = () => mappedAdapter(readMapping(fixture('gateway-log.mapping.json').toString()));

/** What detection will see, by kind. */
async function indicators(): Promise<Record<string, string[]>> {
  const { rows } = await pool().query<{ kind: string; values: string[] }>(
    `SELECT kind, array_agg(DISTINCT value ORDER BY value) AS values FROM account_indicator
     JOIN indicator ON indicator.id = indicator_id GROUP BY 1`,
  );
  return Object.fromEntries(rows.map((row) => [row.kind, row.values]));
}

const accountIds = async () =>
  (await database().account.findMany({ orderBy: { id: 'asc' } })).map((account) => account.id);

beforeEach(async () => {
  await ownerPool().query(
    'TRUNCATE exchange, observation, account_indicator, account_hour, account_bins, indicator, model, appeal, ingest_run, account CASCADE',
  );
});

describe('ingestRecords of other formats', () => {
  it('takes LiteLLM spend logs, and the same rows in another export are duplicates', async () => {
    const first = await ingest(litellmAdapter(), fixture('litellm-spend-logs.csv'));
    expect(first).toMatchObject({ accepted: 4, rejected: 0, duplicates: 0 });
    const seen = await indicators();
    expect(seen).toMatchObject({
      ip: ['2001:db8::9', '203.0.113.7'],
      access_path: ['bedrock', 'openai', 'vertex_ai'],
      litellm_user: ['u-ada'],
      end_user: ['cust-1', 'cust-2'],
      user_agent: ['OpenAI/Python 1.82.0', 'claude-cli/2.0.14 (external, cli)'],
    });
    // Tasks 17 and 18 are one template.
    expect(seen.template).toHaveLength(1);
    const observed = await database().observation.count();
    for (const name of ['litellm-spend-logs.json', 'litellm-spend-logs.ndjson']) {
      expect(await ingest(litellmAdapter(), gzipSync(fixture(name)))).toMatchObject({
        accepted: 0,
        duplicates: 4,
      });
    }
    expect(await indicators()).toEqual(seen);
    expect(await database().observation.count()).toBe(observed);
  });

  it('takes OpenTelemetry spans, and keeps accounts apart that differ only in case', async () => {
    expect(await ingest(otlpAdapter(), fixture('otlp-current.json'))).toMatchObject({
      accepted: 2,
      rejected: 1,
    });
    expect(await ingest(otlpAdapter(), fixture('otlp-older.ndjson'))).toMatchObject({
      accepted: 3,
      rejected: 0,
    });
    expect(await ingest(otlpAdapter(), fixture('otlp-older.ndjson'))).toMatchObject({ duplicates: 3 });
    expect((await accountIds()).sort()).toEqual(['ACCT_alpha', 'acct_Alpha', 'acct_old', 'acct_resource']);
    expect((await indicators()).ip).toEqual(['203.0.113.20', '203.0.113.21', '203.0.113.7', '203.0.113.9']);
  });

  it('takes a mapped CSV row by row and tells each rejected line', async () => {
    const result = await ingest(mapped(), fixture('gateway-log.csv'));
    expect(result).toMatchObject({ accepted: 2, rejected: 5 });
    expect(result.rejects.map(({ line }) => line)).toEqual([5, 6, 7, 8, 9]);
    expect((await accountIds()).sort()).toEqual(['Kunde_7', 'kunde_7']);
  });

  it('names the format in the run', async () => {
    await ingest(litellmAdapter(), fixture('litellm-spend-logs.ndjson'));
    await ingest(mapped(), fixture('gateway-log.csv'));
    const runs = await database().ingestRun.findMany({ orderBy: { id: 'asc' } });
    expect(runs.map(({ format, state }) => [format, state])).toEqual([
      ['litellm', 'done'],
      ['mapped', 'done'],
    ]);
  });

  it('takes nothing from a CSV with the wrong header, and the run says why it failed', async () => {
    await expect(ingest(litellmAdapter(), fixture('gateway-log.csv'))).rejects.toThrow('has no column');
    expect(await accountIds()).toEqual([]);
    expect(await database().ingestRun.findFirst()).toMatchObject({ state: 'failed', format: 'litellm' });
  });

  it('keeps the rows before the place where a gzip file is cut', async () => {
    const row = (n: number) =>
      JSON.stringify({
        request_id: `r${n}`,
        api_key: `k${(n * 2654435761) >>> 0}`,
        startTime: '2026-09-01T00:00:00Z',
      });
    const zipped = gzipSync(Array.from({ length: 30_000 }, (_, n) => row(n)).join('\n'));
    await expect(ingest(litellmAdapter(), zipped.subarray(0, zipped.length / 2))).rejects.toThrow(
      /the gzip data ends early: \d+ lines were read before/,
    );
    expect((await accountIds()).length).toBeGreaterThan(5000);
  });
});
