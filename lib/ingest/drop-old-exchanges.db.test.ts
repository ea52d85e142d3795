import { beforeAll, describe, expect, it } from 'vitest';
import { runDetection } from '@/lib/clusters/run-detection';
import { database } from '@/lib/database/client';
import { pool } from '@/lib/database/pool';
import { dropOldExchanges } from './drop-old-exchanges';
import { getRetention } from './get-retention';
import { ingestRecords } from './ingest-records';
import { readHorizon } from './read-horizon';

const WORKER = { kind: 'system', name: 'worker' } as const;
const DAY_MS = 86_400_000;
/** Noon of the latest day with records; long before today, as in an archive. */
const LATEST = Date.parse('2026-03-31T12:00:00Z');

const ingest = (records: object[]) => ingestRecords(WORKER, lines(records), { source: 'test' });

async function* lines(records: object[]) {
  yield Buffer.from(records.map((record) => JSON.stringify(record)).join('\n'));
}

/** Twelve accounts behind one card and device over 40 days, two exchanges a day each, among 300 strangers. */
function ring(): object[] {
  const records: object[] = Array.from({ length: 300 }, (_, n) => ({
    record: 'account',
    account_id: `stranger_${n}`,
    created_at: new Date(LATEST - 45 * DAY_MS).toISOString(),
    payment_fingerprint: `pm_${n}`,
    device_fingerprint: `dev_${n}`,
  }));
  for (let account = 0; account < 12; account++) {
    const account_id = `ring_${account}`;
    records.push({
      record: 'account',
      account_id,
      created_at: new Date(LATEST - 45 * DAY_MS).toISOString(),
      payment_fingerprint: 'pm_shared',
      device_fingerprint: 'dev_shared',
    });
    for (let day = 0; day < 40; day++) {
      for (const hour of [0, 1]) {
        records.push({
          record: 'exchange',
          exchange_id: `ex_${account}_${day}_${hour}`,
          account_id,
          occurred_at: new Date(LATEST - day * DAY_MS - hour * 3_600_000).toISOString(),
          ip: '203.0.113.7',
          client_fingerprint: 'ja4_shared',
          output_tokens: 100,
        });
      }
    }
  }
  return records;
}

async function partitionDays(): Promise<number> {
  const { rows } = await pool().query(
    `SELECT count(*)::int AS days FROM pg_inherits WHERE inhparent = 'exchange'::regclass`,
  );
  return rows[0].days;
}

const rawCount = async () => Number((await pool().query('SELECT count(*) FROM exchange')).rows[0].count);
const digest = async () =>
  (await database().detectionRun.findFirstOrThrow({ orderBy: { id: 'desc' } })).digest;

beforeAll(async () => {
  await ingest(ring());
});

describe('dropOldExchanges', () => {
  it('does nothing while the latest record is younger than the period, whatever the clock says', async () => {
    expect(await dropOldExchanges(WORKER, 90)).toEqual({ days: [], busy: false });
    expect(await partitionDays()).toBe(40);
    expect(await readHorizon(pool())).toBe(Number.NEGATIVE_INFINITY);
  });

  it('gives up soon while somebody reads a day, without keeping others waiting, and goes on later', async () => {
    const reader = await pool().connect();
    await reader.query('BEGIN');
    await reader.query('SELECT count(*) FROM exchange');
    const dropping = dropOldExchanges(WORKER, 30);
    let longest = 0;
    let over = false;
    void dropping.finally(() => {
      over = true;
    });
    while (!over) {
      const began = performance.now();
      await pool().query('SELECT count(*) FROM exchange WHERE account_key = 1');
      longest = Math.max(longest, performance.now() - began);
    }
    expect(await dropping).toEqual({ days: [], busy: true });
    expect(longest).toBeLessThan(2_000);
    await reader.query('COMMIT');
    reader.release();
    expect(await partitionDays()).toBe(40);
  });

  it('drops whole days before the period, once, with an audit entry each', async () => {
    await runDetection(WORKER);
    const before = { digest: await digest(), raw: await rawCount() };
    const { days, busy } = await dropOldExchanges(WORKER, 30);
    expect(busy).toBe(false);
    // 30 days before noon of 31 March is noon of 1 March: that day is not wholly past.
    expect(days).toEqual([
      '2026-02-20',
      '2026-02-21',
      '2026-02-22',
      '2026-02-23',
      '2026-02-24',
      '2026-02-25',
      '2026-02-26',
      '2026-02-27',
      '2026-02-28',
    ]);
    expect(await rawCount()).toBe(before.raw - 9 * 24);
    expect(await dropOldExchanges(WORKER, 30)).toEqual({ days: [], busy: false });
    const entries = await database().auditEntry.findMany({
      where: { verb: 'records.drop' },
      orderBy: { id: 'asc' },
    });
    expect(entries).toHaveLength(9);
    expect(entries[0]).toMatchObject({
      actor: 'system:worker',
      objectId: 'exchange_20260220',
      detail: { day: '2026-02-20', exchanges: 24, keep_days: 30 },
    });
    await runDetection(WORKER);
    expect(await digest()).toBe(before.digest);
    expect((await database().cluster.findFirst())?.accounts).toBe(12);
  });

  it('writes down what an interrupted run had dropped', async () => {
    await pool().query(`UPDATE exchange_drop SET audited = false WHERE day = '2026-02-28'`);
    await dropOldExchanges(WORKER, 30);
    expect(
      await database().auditEntry.count({ where: { verb: 'records.drop', objectId: 'exchange_20260228' } }),
    ).toBe(2);
  });

  it('takes a record from the future for one of now', async () => {
    await pool().query(
      `INSERT INTO account (id, last_seen_at) VALUES ('ahead', now() + interval '400 days')`,
    );
    const farBack = Math.ceil((Date.now() - LATEST) / DAY_MS) + 60;
    expect((await dropOldExchanges(WORKER, farBack)).days).toEqual([]);
    await pool().query(`DELETE FROM account WHERE id = 'ahead'`);
  });
});

it('the ingest page tells what is kept and what has gone', async () => {
  const report = await getRetention(WORKER);
  expect(report).toMatchObject({
    periods: { rawDays: 90, exemplarDays: 30 },
    raw: { days: 31, oldestDay: '2026-03-01' },
    dropped: { days: 9, exchanges: 216, newestDay: '2026-02-28' },
    exemplars: { kept: 0 },
    forgottenAccounts: 0,
  });
});
