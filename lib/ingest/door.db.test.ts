import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { database } from '@/lib/database/client';
import { pool } from '@/lib/database/pool';
import { forgetAccount } from '@/lib/privacy/forget-account';
import { dropOldExchanges } from './drop-old-exchanges';
import { ingestRecords } from './ingest-records';

process.env.WEIR_STATE = mkdtempSync(path.join(tmpdir(), 'weir-door-'));

const CLI = { kind: 'cli', name: 'root' } as const;
const DAY_MS = 86_400_000;
const LATEST = Date.parse('2026-05-31T12:00:00Z');

let made = 0;
const exchange = (account_id: string, daysBack = 0) => ({
  record: 'exchange',
  exchange_id: `ex_${++made}`,
  account_id,
  occurred_at: new Date(LATEST - daysBack * DAY_MS).toISOString(),
});
const account = (account_id: string) => ({
  record: 'account',
  account_id,
  created_at: new Date(LATEST - DAY_MS).toISOString(),
});

async function ingest(records: Iterable<object> | AsyncIterable<object>) {
  const rejects: [number, string][] = [];
  async function* lines() {
    for await (const record of records) yield Buffer.from(`${JSON.stringify(record)}\n`);
  }
  const counts = await ingestRecords(CLI, lines(), {
    source: 'test',
    onReject: (line, reason) => void rejects.push([line, reason]),
  });
  return { ...counts, rejects };
}

const known = (id: string) => database().account.count({ where: { id } });
const rawOf = async (days: number) =>
  Number(
    (
      await pool().query('SELECT count(*) FROM exchange WHERE occurred_at = $1', [
        new Date(LATEST - days * DAY_MS),
      ])
    ).rows[0].count,
  );

describe('exchanges of dropped days', () => {
  it('are rejected by line with the reason, and others of the same file are taken', async () => {
    const old = exchange('keeper', 20);
    expect(await ingest([old, exchange('keeper'), exchange('keeper', 9)])).toMatchObject({ accepted: 3 });
    expect((await dropOldExchanges(CLI, 10)).days).toEqual(['2026-05-11']);
    const again = await ingest([exchange('keeper', 1), old, exchange('keeper', 19), exchange('keeper', 25)]);
    expect(again).toMatchObject({ accepted: 2, rejected: 2, duplicates: 0 });
    expect(again.rejects).toEqual([
      [2, expect.stringContaining('before 2026-05-12')],
      [4, expect.stringContaining('it cannot be told whether it was counted')],
    ]);
    expect(await rawOf(20)).toBe(0);
  });

  it('that came before the drop and would be written after it end the ingest; sent again they are told by line', async () => {
    const late = exchange('keeper', 18);
    const records = [exchange('keeper', 2), late];
    await ingest([exchange('keeper', 18)]);
    async function* slowly() {
      yield* records;
      expect((await dropOldExchanges(CLI, 11)).days).toContain('2026-05-13');
    }
    await expect(ingest(slowly())).rejects.toThrow('send it again whole');
    expect(await ingest(records)).toMatchObject({ accepted: 1, rejected: 1 });
    expect(await rawOf(18)).toBe(0);
  });
});

describe('records of forgotten people', () => {
  it('are rejected whatever they are, and nothing of the id comes back', async () => {
    await ingest([account('gone_1'), exchange('gone_1'), account('stays_1')]);
    await forgetAccount(CLI, { accountId: 'gone_1' });
    const result = await ingest([
      account('gone_1'),
      exchange('gone_1'),
      exchange('stays_1'),
      {
        record: 'observation',
        account_id: 'gone_1',
        kind: 'phone',
        value: 'p',
        observed_at: new Date(LATEST),
      },
      {
        record: 'observation',
        account_id: 'stays_1',
        kind: 'transfer',
        value: 'gone_1',
        observed_at: new Date(LATEST),
      },
      { record: 'appeal', account_id: 'gone_1', appeal_id: 'a', received_at: new Date(LATEST) },
      account('gone_10'),
    ]);
    expect(result).toMatchObject({ accepted: 2, rejected: 5 });
    expect(result.rejects.map(([line]) => line)).toEqual([1, 2, 4, 5, 6]);
    expect(result.rejects[0]?.[1]).toBe('the account was forgotten: records of it are not taken any more');
    expect(await known('gone_1')).toBe(0);
    expect(await known('gone_10')).toBe(1);
  });

  it('that were read before and would be written after end the ingest, and nothing of them is written', async () => {
    await ingest([account('gone_2'), exchange('gone_2')]);
    const records = [exchange('stays_1'), exchange('gone_2'), account('gone_2')];
    async function* slowly() {
      yield* records;
      await forgetAccount(CLI, { accountId: 'gone_2' });
    }
    await expect(ingest(slowly())).rejects.toThrow('send it again whole');
    const { accountKey } = await database().forgottenAccount.findFirstOrThrow({
      orderBy: { accountKey: 'desc' },
    });
    const { rows } = await pool().query(
      `SELECT (SELECT count(*) FROM exchange WHERE account_key = $1) + (SELECT count(*) FROM account_hour WHERE account_key = $1)
         + (SELECT count(*) FROM account_seen WHERE account_key = $1) AS left`,
      [accountKey],
    );
    expect(Number(rows[0].left)).toBe(0);
    expect(await known('gone_2')).toBe(0);
    expect(await ingest(records)).toMatchObject({ accepted: 1, rejected: 2 });
  });

  it('that come for the first time while they are forgotten are not made again', async () => {
    await ingest([account('gone_3')]);
    async function* slowly() {
      yield exchange('stays_1');
      await forgetAccount(CLI, { accountId: 'gone_3' });
      yield account('gone_3');
    }
    await expect(ingest(slowly())).rejects.toThrow('send it again whole');
    expect(await known('gone_3')).toBe(0);
  });

  it('an ingest that has nothing of them goes on while somebody is forgotten', async () => {
    await ingest([account('gone_4')]);
    async function* slowly() {
      yield exchange('stays_1');
      await forgetAccount(CLI, { accountId: 'gone_4' });
      yield exchange('stays_1');
    }
    expect(await ingest(slowly())).toMatchObject({ accepted: 2, rejected: 0 });
  });

  it('nothing at all is taken where the key is missing, and the words say what to do', async () => {
    const before = process.env.WEIR_STATE;
    process.env.WEIR_STATE = mkdtempSync(path.join(tmpdir(), 'weir-door-'));
    await expect(ingest([account('gone_1')])).rejects.toThrow('Copy forget.key');
    process.env.WEIR_FORGET_KEY = 'not a key';
    await expect(ingest([account('gone_1')])).rejects.toThrow('64 hexadecimal digits');
    delete process.env.WEIR_FORGET_KEY;
    rmSync(process.env.WEIR_STATE, { recursive: true });
    process.env.WEIR_STATE = before;
    expect(await ingest([account('gone_1')])).toMatchObject({ rejected: 1 });
  });
});
