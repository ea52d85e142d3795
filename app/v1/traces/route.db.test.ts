import { gzipSync } from 'node:zlib';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addApiKey } from '@/lib/access/add-api-key';
import { database } from '@/lib/database/client';
import { ownerPool, pool } from '@/lib/database/pool';
import { fixture } from '@/lib/records/adapters/testing/read-adapted';
import { POST } from './route';

let key = '';

async function post(body: BodyInit, headers: Record<string, string> = {}) {
  const response = await POST(
    new Request('http://weir.test/v1/traces', {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
      body,
    }),
  );
  return { status: response.status, body: await response.json() };
}

beforeAll(async () => {
  ({ key } = await addApiKey({ kind: 'cli', name: 'tester' }, { name: 'Collector' }));
});

beforeEach(async () => {
  await ownerPool().query('TRUNCATE exchange, account_indicator, indicator, ingest_run, account CASCADE');
});

describe('POST /v1/traces', () => {
  it('takes spans of model calls and answers which were not taken', async () => {
    const answer = await post(new Uint8Array(fixture('otlp-current.json')));
    expect(answer).toEqual({
      status: 200,
      body: { partialSuccess: { rejectedSpans: '1', errorMessage: expect.stringContaining('no account') } },
    });
    expect(await database().ingestRun.findFirst()).toMatchObject({ format: 'otlp', source: 'Collector' });
    expect(await database().account.count()).toBe(2);
  });

  it('answers an empty object when all went in, gzip or plain, twice or once', async () => {
    const line = fixture('otlp-older.ndjson').toString().split('\n')[0]!;
    expect(await post(line)).toEqual({ status: 200, body: {} });
    const zipped = new Uint8Array(gzipSync(line));
    expect(await post(zipped, { 'content-encoding': 'gzip' })).toEqual({ status: 200, body: {} });
    expect(await post('{}')).toEqual({ status: 200, body: {} });
    const { rows } = await pool().query('SELECT count(*)::int AS n FROM exchange');
    expect(rows).toEqual([{ n: 1 }]);
  });

  it('refuses protobuf with what to do', async () => {
    const answer = await post(new Uint8Array([10, 0]), { 'content-type': 'application/x-protobuf' });
    expect(answer.status).toBe(415);
    expect(answer.body).toEqual({ code: 3, message: expect.stringContaining('http/json') });
  });

  it('refuses a wrong key, broken JSON, another signal and a damaged gzip, each in words', async () => {
    expect(await post('{}', { authorization: 'Bearer weir_wrong' })).toMatchObject({
      status: 401,
      body: { code: 16 },
    });
    for (const [body, words] of [
      ['{"resourceSpans":', 'it was cut off'],
      ['{"resourceSpans" 1}', 'not JSON'],
      ['{"resourceLogs":[]}', 'no resourceSpans'],
      [new Uint8Array(gzipSync(fixture('otlp-current.json')).subarray(0, 300)), 'ends early'],
    ] as const) {
      const answer = await post(body);
      expect(answer).toMatchObject({
        status: 400,
        body: { code: 3, message: expect.stringContaining(words) },
      });
    }
  });

  it('stops at a gzip bomb with 413', async () => {
    const bomb = new Uint8Array(gzipSync(Buffer.alloc(64 << 20, ' ')));
    expect(await post(bomb)).toMatchObject({ status: 413, body: { code: 8 } });
  });
});
