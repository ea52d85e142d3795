import { hash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addApiKey } from '@/lib/access/add-api-key';
import { database } from '@/lib/database/client';
import { ownerPool, pool } from '@/lib/database/pool';
import { POST } from './route';

const CLI = { kind: 'cli', name: 'tester' } as const;
const line = (n: number) =>
  `{"record":"exchange","exchange_id":"ex_${n}","account_id":"acct_1","occurred_at":"2026-08-01T00:00:00Z"}\n`;
const THREE = line(1) + line(2) + line(3);
let key = '';
let otherKey = '';

async function post(
  idempotencyKey: string | undefined,
  body: ReadableStream | Uint8Array | string,
  as = key,
) {
  const headers = new Headers({ authorization: `Bearer ${as}` });
  if (idempotencyKey !== undefined) headers.set('idempotency-key', idempotencyKey);
  const response = await POST(
    new Request('http://weir.test/api/v1/records', {
      method: 'POST',
      headers,
      body,
      duplex: 'half',
    } as RequestInit),
  );
  return {
    status: response.status,
    replayed: response.headers.get('idempotency-replayed'),
    body: await response.json(),
  };
}

/** A body that waits in its middle until it is let go or broken. */
function waitingBody(first: string, rest: string) {
  let controller!: ReadableStreamDefaultController<Uint8Array>;
  const stream = new ReadableStream<Uint8Array>({
    start(given) {
      controller = given;
    },
  });
  const say = (text: string) => controller.enqueue(new TextEncoder().encode(text));
  say(first);
  return {
    stream,
    goOn() {
      say(rest);
      controller.close();
    },
    breakOff: () => controller.error(new Error('the sender went away')),
  };
}

const runs = () => database().ingestRun.count();
const exchanges = async () => (await pool().query('SELECT 1 FROM exchange')).rowCount;
/** Resolves once the run of a request has begun. */
const begun = async (count: number) => {
  while ((await runs()) < count);
};

beforeAll(async () => {
  ({ key } = await addApiKey(CLI, { name: 'Gateway' }));
  ({ key: otherKey } = await addApiKey(CLI, { name: 'Other gateway' }));
});

beforeEach(async () => {
  await ownerPool().query('TRUNCATE exchange, ingest_run, account, idempotency_key CASCADE');
});

afterEach(() => {
  delete process.env.WEIR_IDEMPOTENCY_WAIT_SECONDS;
  delete process.env.WEIR_IDEMPOTENCY_HOURS;
});

describe('POST /api/v1/records with an Idempotency-Key', () => {
  it('answers the same body again with the first answer, and takes nothing', async () => {
    const first = await post('"b-1"', `${THREE}no JSON "secret"\n`);
    expect(first).toMatchObject({ status: 202, replayed: null, body: { accepted: 3, rejected: 1 } });
    const again = await post('b-1', `${THREE}no JSON "secret"\n`);
    expect(again).toEqual({ ...first, replayed: 'true' });
    expect(await runs()).toBe(1);
    expect(JSON.stringify(await database().idempotencyKey.findMany())).not.toContain('secret');
  });

  it('refuses another body under the same key with 422, plain or compressed, and takes nothing of it', async () => {
    await post('b-2', THREE);
    for (const body of [THREE + line(4), THREE.slice(0, -1), new Uint8Array(gzipSync(THREE))]) {
      expect(await post('b-2', body)).toMatchObject({ status: 422, body: { code: 'key_reused' } });
    }
    expect([await runs(), await exchanges()]).toEqual([1, 3]);
  });

  it('keeps the keys of two senders apart', async () => {
    await post('b-3', THREE);
    expect(await post('b-3', line(9), otherKey)).toMatchObject({ status: 202, body: { accepted: 1 } });
  });

  it('takes one of eight that come at the same instant, and answers all of them alike', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => post('b-4', THREE)));
    for (const { status, body } of answers) expect([status, body]).toEqual([202, answers[0]!.body]);
    expect(answers[0]!.body).toMatchObject({ accepted: 3, duplicates: 0 });
    expect(answers.filter(({ replayed }) => replayed === null)).toHaveLength(1);
    expect(await runs()).toBe(1);
  });

  it('takes the second of two when the first is cut off, exactly once', async () => {
    const first = waitingBody(line(1), '');
    const cut = post('b-5', first.stream);
    await begun(1);
    const second = post('b-5', THREE);
    first.breakOff();
    expect((await cut).status).toBe(400);
    // Whether the first one's line was read before the break is chance; that each line counts once is not.
    const answer = await second;
    expect(answer).toMatchObject({ status: 202, replayed: null });
    expect(answer.body.accepted + answer.body.duplicates).toBe(3);
    expect(await exchanges()).toBe(3);
    expect(await post('b-5', THREE)).toEqual({ ...answer, replayed: 'true' });
  });

  it('says 409 when the first takes longer than a second one waits, here and in another process', async () => {
    process.env.WEIR_IDEMPOTENCY_WAIT_SECONDS = '0.3';
    const first = waitingBody(line(1), line(2));
    const going = post('b-6', first.stream);
    await begun(1);
    expect(await post('b-6', THREE)).toMatchObject({ status: 409, body: { code: 'conflict' } });
    first.goOn();
    expect(await going).toMatchObject({ status: 202, body: { accepted: 2 } });

    const { id } = await database().apiKey.findFirstOrThrow({ where: { name: 'Gateway' } });
    const lock = String(hash('sha256', `idempotency ${id} b-6b`, 'buffer').readBigInt64BE(0));
    const elsewhere = await pool().connect();
    await elsewhere.query('SELECT pg_advisory_lock($1::bigint)', [lock]);
    expect(await post('b-6b', THREE)).toMatchObject({ status: 409, body: { code: 'conflict' } });
    await elsewhere.query('SELECT pg_advisory_unlock($1::bigint)', [lock]);
    elsewhere.release();
    expect(await runs()).toBe(1);
  });

  it('forgets an answer when its time is over', async () => {
    process.env.WEIR_IDEMPOTENCY_HOURS = '0.0000001';
    await post('b-7', THREE);
    expect(await post('b-7', line(4))).toMatchObject({ status: 202, replayed: null, body: { accepted: 1 } });
    expect(await database().idempotencyKey.count()).toBe(1);
  });

  it('refuses a key that is empty, too long or not printable', async () => {
    for (const wrong of ['""', 'x'.repeat(256), 'clé']) {
      expect(await post(wrong, THREE)).toMatchObject({ status: 400, body: { code: 'bad_input' } });
    }
    expect(await runs()).toBe(0);
  });
});
