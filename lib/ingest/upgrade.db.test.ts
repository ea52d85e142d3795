import { expect, it } from 'vitest';
import { closeDatabase } from '@/lib/database/client';
import { migrate, readMigrations } from '@/lib/database/migrate';
import { ownerPool, pool } from '@/lib/database/pool';
import { prepareAppRole } from '@/lib/database/prepare-app-role';
import { hashIdentity } from '@/lib/records/hash-identity';
import { Door, readDoorRules } from './door';
import { toBigInt } from './hash-identity';
import { ingestRecords } from './ingest-records';
import { sketchThreads } from './sketch-threads';

const LINES = [1, 2, 3].map((n) => ({
  record: 'exchange',
  exchange_id: `ex_${n}`,
  account_id: 'acct_1',
  occurred_at: '2026-08-01T12:00:00Z',
  model: 'atlas-3',
  input_tokens: 10,
}));

async function* bytes(): AsyncGenerator<Uint8Array> {
  yield Buffer.from(LINES.map((line) => `${JSON.stringify(line)}\n`).join(''));
}

const counted = async () =>
  (
    await pool().query(`SELECT (SELECT count(*)::int FROM exchange) AS raw,
      (SELECT sum(exchanges)::int FROM account) AS accounts, (SELECT sum(exchanges)::int FROM account_hour) AS hours,
      (SELECT sum(count)::int FROM account_indicator) AS indicators,
      (SELECT count(*)::int FROM account_bins WHERE bins = B'1'::bit(96)) AS bins`)
  ).rows[0];

it('takes over what the first release stored, and counts the same lines again as duplicates', async () => {
  const own = process.env.DATABASE_URL!;
  const url = own.replace(/\/[^/]+$/, '/weir_upgrade');
  await ownerPool().query('DROP DATABASE IF EXISTS weir_upgrade');
  await ownerPool().query('CREATE DATABASE weir_upgrade');
  await migrate(url, readMigrations().slice(0, 3));
  await closeDatabase();
  process.env.DATABASE_URL = url;
  try {
    await ownerPool().query(`
      CREATE TABLE exchange_20260801 PARTITION OF exchange FOR VALUES FROM ('2026-08-01Z') TO ('2026-08-02Z');
      INSERT INTO model (name) VALUES ('atlas-3');
      INSERT INTO account (id, exchanges) VALUES ('acct_1', 2);
      INSERT INTO account_hour VALUES (1, '2026-08-01T12:00Z', 0, 1, 1, 10, 0), (1, '2026-08-01T12:00Z', 0, 1, 1, 10, 0);
      INSERT INTO account_indicator (account_key, indicator_id, day, count) VALUES (1, 5, '2026-08-01', 2);
      INSERT INTO account_bins VALUES (1, '2026-08-01', B'1'::bit(96))`);
    for (const { exchange_id } of LINES.slice(0, 2)) {
      await ownerPool().query(
        `INSERT INTO exchange (account_key, occurred_at, identity, model_id, class, input_tokens, output_tokens)
         VALUES (1, '2026-08-01T12:00:00Z', $1, 1, 0, 10, 0)`,
        [toBigInt(hashIdentity(exchange_id))],
      );
    }
    await closeDatabase();
    await migrate(url);
    await prepareAppRole(url);
    expect(await counted()).toEqual({ raw: 2, accounts: 2, hours: 2, indicators: 2, bins: 1 });
    const actor = { kind: 'cli', name: 'tester' } as const;
    const ingest = () => ingestRecords(actor, bytes(), { source: 'test' });
    expect(await ingest()).toMatchObject({ accepted: 1, duplicates: 2 });
    // By then batches have taken turns: what was settled stays.
    expect(await ingest()).toMatchObject({ accepted: 0, duplicates: 3 });
    expect(await counted()).toMatchObject({ raw: 3, accounts: 3, hours: 3 });
    // The reader threads and the quick way hash ids the same.
    const door = new Door(await readDoorRules());
    for await (const { chunk } of sketchThreads(bytes(), door, 0)) {
      const ids = Array.from(chunk.exchanges.identity.subarray(0, 6));
      expect(ids).toEqual(LINES.flatMap((line) => Object.values(hashIdentity(line.exchange_id))));
    }
  } finally {
    await closeDatabase();
    process.env.DATABASE_URL = own;
    await ownerPool().query('DROP DATABASE weir_upgrade WITH (FORCE)');
  }
});
