import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '@/lib/access/schema';
import { ownerPool, pool } from '@/lib/database/pool';
import { ingestRecords } from './ingest-records';
import { INGEST_LOCK } from './take-turns';

const ACTOR: Actor = { kind: 'cli', name: 'tester' };
const DAY_MS = 86_400_000;

const exchange = (n: number, more: object = {}) => ({
  record: 'exchange',
  exchange_id: `ex_${n}`,
  account_id: 'acct_1',
  occurred_at: '2026-08-01T00:00:00Z',
  ...more,
});

async function* bytes(records: object[]): AsyncGenerator<Uint8Array> {
  yield Buffer.from(records.map((record) => `${JSON.stringify(record)}\n`).join(''));
}

const ingest = (...records: object[]) => ingestRecords(ACTOR, bytes(records), { source: 'test' });

/** Somebody else at the database, on a connection of their own. */
let other: pg.Client;

beforeEach(async () => {
  await ownerPool().query(
    'TRUNCATE exchange, account_indicator, account_hour, account_bins, indicator, model, ingest_run, account CASCADE',
  );
  other = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await other.connect();
});

afterEach(() => other.end());

/** Asks until `sql` finds a row. */
async function until(sql: string): Promise<void> {
  while ((await other.query(sql)).rowCount === 0);
}

const ROW_AWAITED = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'weir'
  AND wait_event_type = 'Lock' AND wait_event IN ('transactionid', 'tuple')`;
const TURN_AWAITED = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'advisory'`;

const lockAccount = (id: string) =>
  other.query('SELECT 1 FROM account WHERE id = $1 FOR NO KEY UPDATE', [id]);

describe('a batch', () => {
  it('that fails takes the next one with it, whose values would be missing from the dictionary', async () => {
    await ownerPool().query(`
      CREATE SEQUENCE batches;
      CREATE FUNCTION fail_first() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF nextval('batches') = 1 THEN RAISE EXCEPTION 'the first batch fails'; END IF;
        RETURN NEW;
      END $$;
      GRANT USAGE ON SEQUENCE batches TO PUBLIC;
      CREATE TRIGGER fail_first BEFORE UPDATE OF accepted ON ingest_run FOR EACH ROW EXECUTE FUNCTION fail_first()`);
    const many = Array.from({ length: 25_000 }, (_, n) => exchange(n, { ip: '10.9.8.7' }));
    async function* inPieces() {
      for (let from = 0; from < many.length; from += 1_000) yield* bytes(many.slice(from, from + 1_000));
    }
    const going = ingestRecords(ACTOR, inPieces(), { source: 'test' });
    await expect(going).rejects.toThrow('the first batch fails');
    await ownerPool().query('DROP FUNCTION fail_first CASCADE; DROP SEQUENCE batches');
    const { rows } = await pool().query(
      `SELECT count(*)::int AS n FROM account_indicator l WHERE NOT EXISTS (SELECT FROM indicator i WHERE i.id = l.indicator_id)`,
    );
    expect(rows).toEqual([{ n: 0 }]);
  });

  it('takes its accounts in the order of their keys, so that enforcement never waits for it in a circle', async () => {
    await ingest(exchange(1, { account_id: 'first' }));
    await ingest(exchange(2, { account_id: 'second' }));
    // The first lies behind the second in the table, and comes after it in the batch.
    await pool().query("UPDATE account SET plan = 'x' WHERE id = 'first'");
    await other.query('BEGIN');
    await lockAccount('first');
    const going = ingest(exchange(3, { account_id: 'second' }), exchange(4, { account_id: 'first' }));
    await until(ROW_AWAITED);
    await other.query("SET LOCAL lock_timeout = '200ms'");
    await lockAccount('second');
    await other.query('COMMIT');
    expect(await going).toMatchObject({ accepted: 2 });
  });

  it('that a deadlock undid is written again, and counts once', async () => {
    await ingest(exchange(1, { account_id: 'first' }), exchange(2, { account_id: 'second' }));
    await other.query("SET deadlock_timeout = '60s'");
    await other.query('BEGIN');
    await lockAccount('second');
    const records = [
      exchange(3, { account_id: 'first', model: 'new' }),
      exchange(4, { account_id: 'second', model: 'new' }),
      exchange(5, { account_id: 'third', model: 'new' }),
    ];
    const going = ingest(...records);
    await until(ROW_AWAITED);
    // Whoever waits for the first now is waited for by it: the server undoes the batch.
    await lockAccount('first');
    await other.query('COMMIT');
    expect(await going).toMatchObject({ accepted: 3, duplicates: 0 });
    expect(await ingest(...records)).toMatchObject({ accepted: 0, duplicates: 3 });
    const { rows } = await pool().query('SELECT id, exchanges FROM account ORDER BY id');
    expect(rows).toEqual([
      { id: 'first', exchanges: 2 },
      { id: 'second', exchanges: 2 },
      { id: 'third', exchanges: 1 },
    ]);
  });

  it('over many days makes at most two hundred partitions in one transaction', async () => {
    const from = Date.UTC(2020, 0, 1);
    const days = Array.from({ length: 450 }, (_, n) =>
      exchange(n, { occurred_at: new Date(from + n * DAY_MS).toISOString() }),
    );
    expect(await ingest(...days)).toMatchObject({ accepted: 450 });
    const { rows } = await pool().query<{ made: number }>(
      `SELECT count(*)::int AS made FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
       WHERE inhparent = 'exchange'::regclass AND relname BETWEEN 'exchange_2020' AND 'exchange_2022'
       GROUP BY pg_inherits.xmin ORDER BY 1`,
    );
    expect(rows.map(({ made }) => made)).toEqual([50, 200, 200]);
  });

  it('may name more models than a SMALLINT counts', async () => {
    await ownerPool().query("SELECT setval('model_id_seq', 2000000)");
    expect(await ingest(exchange(1, { model: 'late' }))).toMatchObject({ accepted: 1 });
    const { rows } = await pool().query(
      'SELECT m.name FROM model m JOIN exchange e ON e.model_id = m.id JOIN account_hour h ON h.model_id = m.id',
    );
    expect(rows).toEqual([{ name: 'late' }]);
  });
});

it('a template that two streams of one process show once each is in the dictionary, whoever heard of it first', async () => {
  const prompt =
    'Evaluate the following answer step by step, then give a score between one and ten and explain your reasoning.';
  const otherPrompt =
    'Translate each sentence below, list the main arguments, then write a short summary and verify every claim.';
  let finish = () => {};
  const isFirstDone = new Promise<void>((resolve) => {
    finish = resolve;
  });
  async function* inTwoBatches() {
    // With a template of its own, so that it begins to keep count of them while none is stored.
    yield* bytes([exchange(0, { prompt: otherPrompt })]);
    yield* bytes(Array.from({ length: 25_000 }, (_, n) => exchange(n + 1)));
    await isFirstDone;
    yield* bytes([exchange(25_001, { prompt })]);
  }
  const slow = ingestRecords(ACTOR, inTwoBatches(), { source: 'slow' });
  await until('SELECT 1 FROM ingest_run WHERE accepted >= 20000');
  await ingest(exchange(30_000, { prompt }));
  finish();
  await slow;
  const { rows } = await pool().query("SELECT value FROM indicator WHERE kind = 'template'");
  expect(rows).toEqual([{ value: expect.stringContaining('score between') }]);
});

it('uploads that wait for their turn leave the connections to everyone else', async () => {
  await other.query('SELECT pg_advisory_lock($1)', [INGEST_LOCK]);
  const uploads = Array.from({ length: 15 }, (_, n) => ingest(exchange(n)));
  await until(TURN_AWAITED);
  const answers = await Promise.all(Array.from({ length: 30 }, () => pool().query('SELECT 1')));
  expect(answers).toHaveLength(30);
  await until(`SELECT 1 FROM ingest_run HAVING count(*) = 15`);
  await Promise.all(Array.from({ length: 9 }, () => pool().query('SELECT pg_sleep(0.05)')));
  const waiting = await other.query(TURN_AWAITED);
  expect(waiting.rowCount).toBe(1);
  await other.query('SELECT pg_advisory_unlock($1)', [INGEST_LOCK]);
  expect((await Promise.all(uploads)).reduce((sum, { accepted }) => sum + accepted, 0)).toBe(15);
});
