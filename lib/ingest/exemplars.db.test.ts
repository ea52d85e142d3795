import { beforeEach, describe, expect, it } from 'vitest';
import { database } from '@/lib/database/client';
import { pool } from '@/lib/database/pool';
import { expireExemplars } from './expire-exemplars';
import { ingestRecords } from './ingest-records';

const CLI = { kind: 'cli', name: 'root' } as const;
let made = 0;

const TOPICS = [
  'tides',
  'bridges',
  'sonnets',
  'mosses',
  'ledgers',
  'harbours',
  'kites',
  'glaciers',
  'looms',
  'comets',
];
/** Variants of one template; `kind` makes another one. */
const prompt = (n: number, kind = 'numbered list') =>
  `You are an expert analyst. Explain step by step, in detail, why ${TOPICS[n % TOPICS.length]} matter to maria${n}@example.org, ` +
  `then give the complete reasoning behind your final answer as a ${kind} and rate it from 1 to 10.`;

async function send(records: { account: string; prompt?: string; system_prompt?: string }[]) {
  async function* lines() {
    for (const { account, ...texts } of records) {
      const record = { record: 'exchange', exchange_id: `ex_${++made}`, account_id: account, ...texts };
      yield Buffer.from(`${JSON.stringify({ ...record, occurred_at: '2026-08-01T10:00:00Z' })}\n`);
    }
  }
  await ingestRecords(CLI, lines(), { source: 'test' });
}

const kept = async () =>
  (
    await pool().query<{ account: string; text: string; template: string; class: number; days: number }>(
      `SELECT a.id AS account, e.text, i.value AS template, e.class,
         extract(day FROM e.expires_at - e.kept_at)::int AS days
       FROM exemplar e JOIN account a ON a.key = e.account_key JOIN indicator i ON i.id = e.template_id
       ORDER BY a.key`,
    )
  ).rows;

beforeEach(async () => {
  await pool().query('DELETE FROM exemplar');
  // As a process that begins.
  delete (globalThis as { weirExemplarWatch?: unknown }).weirExemplarWatch;
});

describe('exemplars', () => {
  it('of a template that enough accounts send: three, from as many accounts, redacted and with an end', async () => {
    await send(Array.from({ length: 40 }, (_, n) => ({ account: `many_${n % 10}`, prompt: prompt(n) })));
    const rows = await kept();
    expect(rows.map((row) => row.account)).toEqual(['many_4', 'many_5', 'many_6']);
    for (const { text, template, days } of rows) {
      expect(text).toContain('[e-mail]');
      expect(text).not.toContain('example.org');
      expect(text).toContain('rate it from 1 to 10');
      expect(template).toContain('complete reasoning');
      expect(days).toBe(30);
    }
  });

  it('never of what one account, or few, said alone, however often', async () => {
    await send(
      Array.from({ length: 50 }, (_, n) => ({ account: 'lone', prompt: prompt(n, 'plain paragraph') })),
    );
    await send(
      Array.from({ length: 50 }, (_, n) => ({ account: `few_${n % 4}`, prompt: prompt(n, 'short summary') })),
    );
    await send(
      Array.from({ length: 50 }, (_, n) => ({
        account: `sys_${n}`,
        system_prompt: prompt(n, 'markdown table'),
      })),
    );
    expect(await kept()).toEqual([]);
  });

  it('are chosen over many small uploads as over one file, and never become more', async () => {
    for (let n = 0; n < 12; n++) await send([{ account: `small_${n}`, prompt: prompt(n) }]);
    expect(await kept()).toHaveLength(3);
    delete (globalThis as { weirExemplarWatch?: unknown }).weirExemplarWatch;
    await send(Array.from({ length: 12 }, (_, n) => ({ account: `later_${n}`, prompt: prompt(n) })));
    expect((await kept()).map((row) => row.account)).toEqual(['small_4', 'small_5', 'small_6']);
  });

  it('are not kept where the deployment keeps none, nor while its setting is wrong', async () => {
    for (const days of ['0', 'x']) {
      process.env.WEIR_EXEMPLAR_DAYS = days;
      delete (globalThis as { weirExemplarWatch?: unknown }).weirExemplarWatch;
      await send(Array.from({ length: 10 }, (_, n) => ({ account: `many_${n}`, prompt: prompt(n) })));
      expect(await kept()).toEqual([]);
    }
    delete process.env.WEIR_EXEMPLAR_DAYS;
  });

  it('go when their time is over, and sooner when the time was shortened', async () => {
    await send(Array.from({ length: 10 }, (_, n) => ({ account: `many_${n}`, prompt: prompt(n) })));
    const rows = await database().exemplar.findMany({ orderBy: { accountKey: 'asc' } });
    const move = (n: number, days: number) =>
      pool().query(
        `UPDATE exemplar SET kept_at = kept_at - make_interval(days => $2), expires_at = expires_at - make_interval(days => $2)
         WHERE account_key = $1`,
        [rows[n]!.accountKey, days],
      );
    await move(0, 31);
    await move(1, 20);
    expect(await expireExemplars(30)).toBe(1);
    expect(await expireExemplars(15)).toBe(1);
    expect(await kept()).toHaveLength(1);
    expect(await expireExemplars(0)).toBe(1);
  });
});
