/** What a sender may not do: too much, too slow, too many at once. */
import { gzipSync } from 'node:zlib';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addApiKey } from '@/lib/access/add-api-key';
import { database } from '@/lib/database/client';
import { ownerPool, pool } from '@/lib/database/pool';
import { POST as postRecords } from './api/v1/records/route';
import { POST as postTraces } from './v1/traces/route';

const CLI = { kind: 'cli', name: 'tester' } as const;
const line = (n: number) =>
  `{"record":"exchange","exchange_id":"ex_${n}","account_id":"acct_1","occurred_at":"2026-08-01T00:00:00Z"}\n`;
const lines = (count: number) => Array.from({ length: count }, (_, n) => line(n)).join('');
const unchanged = { ...process.env };
const keys: string[] = [];

function ask(path: string, body: BodyInit, headers: Record<string, string> = {}): Request {
  return new Request(`http://weir.test${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${keys[0]}`, ...headers },
    body,
    duplex: 'half',
  } as RequestInit);
}

async function post(body: BodyInit, headers: Record<string, string> = {}) {
  const response = await postRecords(ask('/api/v1/records', body, headers));
  return {
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    body: await response.json(),
  };
}

/** A stream that says what it is told, when it is told. */
function toldBody(first = '') {
  let controller!: ReadableStreamDefaultController<Uint8Array>;
  const stream = new ReadableStream<Uint8Array>({
    start(given) {
      controller = given;
    },
  });
  const say = (text: string) => controller.enqueue(new TextEncoder().encode(text));
  if (first) say(first);
  return { stream, end: () => controller.close() };
}

const stored = async () => (await pool().query('SELECT 1 FROM exchange')).rowCount;
const begun = async (runs: number) => {
  while ((await database().ingestRun.count()) < runs);
};

beforeAll(async () => {
  for (const name of ['Gateway', 'Other gateway']) keys.push((await addApiKey(CLI, { name })).key);
});

beforeEach(async () => {
  await ownerPool().query('TRUNCATE exchange, ingest_run, account CASCADE');
});

afterEach(() => {
  for (const name of Object.keys(process.env)) if (!(name in unchanged)) delete process.env[name];
});

describe('a body that is too large', () => {
  it('is refused with 413 by its Content-Length before anything is read', async () => {
    const answer = await post(line(1), { 'content-length': '99999999999' });
    expect(answer).toMatchObject({ status: 413, body: { code: 'too_large' } });
    expect(answer.body.message).toContain('nothing of it was read');
    expect(await database().ingestRun.count()).toBe(0);
  });

  it('is refused with 413 at the limit when it does not say its length, and what came before is taken', async () => {
    process.env.WEIR_INGEST_MAX_BODY_BYTES = '20000';
    const text = lines(400);
    const pieces = new ReadableStream({
      start(controller) {
        for (const piece of [text.slice(0, 15_000), text.slice(15_000)]) {
          controller.enqueue(new TextEncoder().encode(piece));
        }
        controller.close();
      },
    });
    const answer = await post(pieces);
    expect(answer).toMatchObject({ status: 413, body: { code: 'too_large' } });
    expect(answer.body.message).toContain('holds more than 20,000 bytes');
    expect(answer.body.message).toContain('send the rest in smaller parts');
    expect(await stored()).toBe(text.slice(0, 15_000).split('\n').length - 1);
    expect(await database().ingestRun.findFirst()).toMatchObject({ state: 'failed' });
  });

  it('is refused with 413 when it unpacks to more than may come in', async () => {
    process.env.WEIR_INGEST_MAX_UNPACKED_BYTES = '100000';
    const answer = await post(new Uint8Array(gzipSync(lines(2_000))));
    expect(answer).toMatchObject({ status: 413, body: { code: 'too_large' } });
    expect(answer.body.message).toContain('more than 100,000 bytes unpacked');
  });

  it('is refused with 413 when it is a gzip bomb, soon and with flat memory', async () => {
    // 200 MB of blank lines in 200 KB: whoever reads to the end reads 200 million lines.
    const bomb = new Uint8Array(gzipSync(Buffer.alloc(200_000_000, '\n')));
    const before = process.memoryUsage().rss;
    const answer = await post(bomb);
    expect(answer).toMatchObject({ status: 413, body: { code: 'too_large' } });
    expect(answer.body.message).toContain('unpack to more than 200 times their size');
    const read = Number(/(\d+) lines were read before/.exec(answer.body.message)?.[1]);
    expect(read).toBeLessThan(50_000_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
  });

  it('is refused with 415 in an encoding that nobody here reads', async () => {
    expect(await post(line(1), { 'content-encoding': 'br' })).toMatchObject({
      status: 415,
      body: { code: 'unsupported' },
    });
  });
});

describe('a sender that is too slow', () => {
  it('is let go with 408, what it sent is taken, and the time that we are busy does not count', async () => {
    process.env.WEIR_INGEST_IDLE_SECONDS = '0.3';
    const blocked = await ownerPool().connect();
    await blocked.query('BEGIN');
    await blocked.query('LOCK TABLE exchange IN ACCESS EXCLUSIVE MODE');
    const going = post(lines(30_000));
    await begun(1);
    await blocked.query('SELECT pg_sleep(1)');
    await blocked.query('COMMIT');
    blocked.release();
    expect(await going).toMatchObject({ status: 202, body: { accepted: 30_000 } });

    const { stream } = toldBody(line(30_001) + line(30_002).slice(0, 20));
    const answer = await post(stream);
    expect(answer).toMatchObject({ status: 408, body: { code: 'too_slow' } });
    expect(answer.body.message).toContain('nothing came for 0.3 seconds');
    expect(await stored()).toBe(30_001);
  });
});

describe('too many streams at once', () => {
  it('of one key are refused with 429, a word and a time, while another key goes on', async () => {
    process.env.WEIR_INGEST_STREAMS_PER_KEY = '2';
    const open = [toldBody(line(1)), toldBody(line(2))];
    const going = open.map(({ stream }) => post(stream));
    await begun(2);
    const refused = await post(line(3));
    expect(refused).toMatchObject({ status: 429, retryAfter: '5', body: { code: 'too_many' } });
    expect(refused.body.message).toContain('This key has 2 streams under way');
    expect(await post(line(4), { authorization: `Bearer ${keys[1]}` })).toMatchObject({ status: 202 });
    for (const body of open) body.end();
    for (const answer of going) expect((await answer).status).toBe(202);
    expect(await post(line(3))).toMatchObject({ status: 202, body: { accepted: 1 } });
  });

  it('over all are refused before the database is asked, traces and records alike', async () => {
    process.env.WEIR_INGEST_STREAMS = '1';
    const { stream, end } = toldBody(line(1));
    const going = post(stream);
    await begun(1);
    expect(await post(line(2), { authorization: 'Bearer weir_nobody' })).toMatchObject({ status: 429 });
    const traces = await postTraces(ask('/v1/traces', '{}', { 'content-type': 'application/json' }));
    expect([traces.status, traces.headers.get('retry-after')]).toEqual([429, '5']);
    expect(await traces.json()).toMatchObject({ code: 8 });
    end();
    expect((await going).status).toBe(202);
    expect(await post(line(2), { authorization: 'Bearer weir_nobody' })).toMatchObject({ status: 401 });
    expect(await post(line(2))).toMatchObject({ status: 202 });
  });
});

it('a limit that is no number takes nothing, and is no fault of the sender', async () => {
  process.env.WEIR_INGEST_STREAMS = 'many';
  expect(await post(line(1))).toMatchObject({ status: 500, body: { errorId: expect.any(String) } });
  expect(await stored()).toBe(0);
});
