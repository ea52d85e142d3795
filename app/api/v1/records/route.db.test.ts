import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addApiKey } from '@/lib/access/add-api-key';
import { database } from '@/lib/database/client';
import { ownerPool, pool } from '@/lib/database/pool';
import { intakeAnswer } from '@/lib/openapi/answers-schema';
import { POST } from './route';

const BATCH = 20_000;
let key = '';

const line = (n: number) =>
  `{"record":"exchange","exchange_id":"ex_${n}","account_id":"acct_1","occurred_at":"2026-08-01T00:00:00Z"}\n`;

async function post(body: ReadableStream | string) {
  const response = await POST(
    new Request('http://weir.test/api/v1/records', {
      method: 'POST',
      headers: { authorization: `Bearer ${key}` },
      body,
      duplex: 'half',
    } as RequestInit),
  );
  return { status: response.status, body: await response.json() };
}

const all = () => Array.from({ length: BATCH + 1 }, (_, n) => line(n)).join('');

beforeAll(async () => {
  ({ key } = await addApiKey({ kind: 'cli', name: 'tester' }, { name: 'Gateway' }));
});

beforeEach(async () => {
  await ownerPool().query('TRUNCATE exchange, ingest_run, account CASCADE');
});

describe('POST /api/v1/records', () => {
  it('after a failure in the middle says that what was taken stays, and counts the rest when sent again', async () => {
    let sent = false;
    const breaking = new ReadableStream({
      pull(controller) {
        if (sent) return controller.error(new Error('the sender went away'));
        sent = true;
        controller.enqueue(new TextEncoder().encode(all()));
      },
    });
    const failed = await post(breaking);
    expect(failed.status).toBe(400);
    expect(failed.body.message).toContain('What came before it was taken; send it again whole');
    const taken = (await pool().query('SELECT 1 FROM exchange')).rowCount!;
    expect(taken).toBe(BATCH + 1);
    expect(await database().ingestRun.findFirst()).toMatchObject({
      state: 'failed',
      accepted: BigInt(taken),
    });
    expect(await post(all())).toMatchObject({ status: 202, body: { accepted: 0, duplicates: taken } });
  });

  it('takes times at any offset and of any length, as UTC', async () => {
    const times = ['2026-08-01T23:59:00+23:59', `2026-08-01T00:00:00.${'0'.repeat(3000)}Z`];
    const records = times.flatMap((time, n) => [
      { record: 'account', account_id: `a${n}`, created_at: time, last_paid_at: time },
      { record: 'exchange', exchange_id: 'e', account_id: `a${n}`, occurred_at: time, model: 'm' },
      { record: 'observation', account_id: `a${n}`, kind: 'k', value: 'v', observed_at: time },
      { record: 'model_release', model: 'm', released_at: time },
      { record: 'appeal', account_id: `a${n}`, appeal_id: 'p', received_at: time },
    ]);
    const answer = await post(records.map((record) => JSON.stringify(record)).join('\n'));
    expect(answer).toMatchObject({ status: 202, body: { accepted: 10, rejected: 0 } });
    // As the API's description says it, and nothing else.
    expect(intakeAnswer.strict().parse(answer.body)).toEqual(answer.body);
    const { rows } = await pool().query(
      `SELECT DISTINCT created_at, last_paid_at, first_seen_at, received_at, released_at
       FROM account JOIN appeal ON account_key = key, model WHERE model.name = 'm'`,
    );
    expect(rows).toHaveLength(1);
    expect(new Set(Object.values(rows[0]).map(String))).toEqual(
      new Set([String(new Date('2026-08-01T00:00:00Z'))]),
    );
  });
});
