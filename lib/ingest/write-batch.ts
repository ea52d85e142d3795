/** One batch in one transaction: what is new goes in with its rollups, what is known is counted as a duplicate. */
import type pg from 'pg';
import { BinaryRows, copyRows } from '@/lib/database/copy-binary';
import { pool } from '@/lib/database/pool';
import type { Batch, SketchedExchange, Sketcher } from './batch';
import { CoverageCounts, carriedFields, toCoverage, toRows } from './coverage-counts';
import type { Coverage } from './coverage-schema';
import { runWasEnded } from './finish-run';
import { makePartitions } from './make-partitions';
import { accountKeys, modelKeys } from './resolve-keys';
import { Rollups } from './rollups';
import { INGEST_LOCK, inTurn } from './take-turns';
import { writeAccounts } from './write-accounts';
import { writeCoverage, writeRejects } from './write-coverage';

/** Deadlock and serialization failure: the same again will do. */
const REPEATABLE = new Set(['40P01', '40001']);
const ATTEMPTS = 4;

export interface Counts {
  accepted: number;
  rejected: number;
  duplicates: number;
}

/** Writes batches of one ingest run; keeps what it has learnt of keys between them. */
export class BatchWriter {
  private readonly accounts = accountKeys();
  private readonly models = modelKeys();
  private readonly partitions = new Set<number>();
  /** What this run has committed so far. */
  coverage: Coverage = {};
  private rejectsKept = 0;

  constructor(
    private readonly runId: number,
    private readonly sketcher: Sketcher,
  ) {}

  /** @returns how many records were new and how many were known. Nothing is kept when it throws. */
  async write(batch: Batch, rejected: number): Promise<Counts> {
    return inTurn(async () => {
      for (let attempt = 1; ; attempt++) {
        try {
          return await this.tryToWrite(batch, rejected);
        } catch (error) {
          if (attempt === ATTEMPTS || !REPEATABLE.has((error as { code?: string }).code ?? '')) throw error;
        }
      }
    });
  }

  /** One try; what it throws leaves the batch and this writer as they were. */
  private async tryToWrite(batch: Batch, rejected: number): Promise<Counts> {
    const client = await pool().connect();
    let broken = false;
    try {
      await makePartitions(client, batch, this.partitions);
      await client.query('BEGIN');
      await client.query('SELECT pg_advisory_xact_lock($1)', [INGEST_LOCK]);
      // Looking for known exchanges locks every partition, and every parallel worker would lock them all once more.
      await client.query('SET LOCAL max_parallel_workers_per_gather = 0');
      const carried = new CoverageCounts();
      const duplicates = await this.writeAll(client, batch, carried);
      const counts = { accepted: batch.records - duplicates, rejected, duplicates };
      const rows = carried.rows();
      const coverage = toCoverage([...toRows(this.coverage), ...rows]);
      await this.countRun(client, batch, counts, coverage);
      await writeCoverage(client, rows);
      await writeRejects(client, this.runId, this.rejectsKept, batch.rejects);
      await client.query('COMMIT');
      this.accounts.committed();
      this.models.committed();
      this.sketcher.committed(batch);
      this.coverage = coverage;
      this.rejectsKept += batch.rejects.length;
      return counts;
    } catch (error) {
      await client.query('ROLLBACK').catch(() => {
        broken = true;
      });
      throw error;
    } finally {
      client.release(broken);
    }
  }

  /** @param carried told of every record that is taken, and of no duplicate. */
  private async writeAll(client: pg.ClientBase, batch: Batch, carried: CoverageCounts): Promise<number> {
    const accountIds = [...accountIdsOf(batch)];
    await this.accounts.resolve(client, accountIds);
    // In one order, as enforcement takes them too: otherwise both could wait for each other.
    await client.query('SELECT 1 FROM account WHERE key = ANY($1::int[]) ORDER BY key FOR NO KEY UPDATE', [
      accountIds.map((id) => this.accounts.key(id)),
    ]);
    await this.models.resolve(client, [
      ...batch.exchanges.map((exchange) => exchange.model),
      ...batch.releases.map((release) => release.model),
    ]);
    await writeIndicators(client, batch);
    const rollups = new Rollups();
    let duplicates = await this.writeExchanges(client, batch.exchanges, rollups, carried);
    duplicates += await this.writeObservations(client, batch, rollups, carried);
    duplicates += await this.writeAppeals(client, batch, carried);
    await writeAccounts(client, batch.accounts, (id) => this.accounts.key(id));
    for (const account of batch.accounts) {
      carried.add('account', carriedFields(account), Date.parse(account.created_at));
    }
    for (const release of batch.releases) {
      carried.add('model_release', carriedFields(release), Date.parse(release.released_at));
      await client.query('UPDATE model SET released_at = $2 WHERE id = $1', [
        this.models.key(release.model),
        release.released_at,
      ]);
    }
    await rollups.write(client);
    return duplicates;
  }

  private async writeExchanges(
    client: pg.ClientBase,
    exchanges: readonly SketchedExchange[],
    rollups: Rollups,
    carried: CoverageCounts,
  ): Promise<number> {
    if (exchanges.length === 0) return 0;
    const first = new Map<string, SketchedExchange>();
    for (const exchange of exchanges) {
      const name = `${this.accounts.key(exchange.accountId)}|${exchange.identity}`;
      if (!first.has(name)) first.set(name, exchange);
    }
    for (const known of await this.findKnown(client, [...first.values()])) first.delete(known);
    const rows = new BinaryRows();
    for (const exchange of first.values()) {
      const key = this.accounts.key(exchange.accountId);
      const modelId = this.models.key(exchange.model);
      encodeExchange(rows, exchange, key, modelId);
      carried.addExchange(exchange.carried, exchange.occurredAt);
      for (const id of exchange.indicators) rollups.addIndicator(key, id, exchange.occurredAt, 1);
      rollups.addExchange(
        key,
        exchange.occurredAt,
        exchange.patternClass,
        modelId,
        exchange.inputTokens,
        exchange.outputTokens,
      );
    }
    await copyRows(client, 'exchange', EXCHANGE_COLUMNS, rows);
    return exchanges.length - first.size;
  }

  /** Names, as writeExchanges builds them, of exchanges that the table already holds. */
  private async findKnown(client: pg.ClientBase, exchanges: readonly SketchedExchange[]): Promise<string[]> {
    const { rows } = await client.query<{ name: string }>(
      `SELECT e.account_key || '|' || e.identity AS name
       FROM unnest($1::int[], $2::bigint[]) AS t(account_key, identity)
       JOIN exchange e ON e.account_key = t.account_key AND e.identity = t.identity`,
      [exchanges.map((e) => this.accounts.key(e.accountId)), exchanges.map((e) => String(e.identity))],
    );
    return rows.map((row) => row.name);
  }

  /** The table's key decides what is new; only that reaches the rollups. */
  private async writeObservations(
    client: pg.ClientBase,
    batch: Batch,
    rollups: Rollups,
    carried: CoverageCounts,
  ): Promise<number> {
    if (batch.observations.length === 0) return 0;
    const { rows } = await client.query<{ ordinal: number }>(
      `WITH given AS (
         SELECT * FROM unnest($1::int[], $2::bigint[], $3::float8[], $4::int[])
           WITH ORDINALITY AS t(account_key, indicator_id, at, count, ordinal)),
       first AS (
         SELECT DISTINCT ON (account_key, indicator_id, at) * FROM given
         ORDER BY account_key, indicator_id, at, ordinal),
       added AS (
         INSERT INTO observation (account_key, indicator_id, observed_at, count)
         SELECT account_key, indicator_id, to_timestamp(at / 1000.0)::timestamptz(3), count FROM first
         ON CONFLICT DO NOTHING
         RETURNING account_key, indicator_id, observed_at)
       SELECT first.ordinal::int FROM added JOIN first
         ON first.account_key = added.account_key AND first.indicator_id = added.indicator_id
        AND to_timestamp(first.at / 1000.0)::timestamptz(3) = added.observed_at`,
      [
        batch.observations.map((o) => this.accounts.key(o.accountId)),
        batch.observations.map((o) => String(o.indicatorId)),
        batch.observations.map((o) => o.observedAt),
        batch.observations.map((o) => o.count),
      ],
    );
    let added = 0;
    for (const { ordinal } of rows) {
      const observation = batch.observations[ordinal - 1]!;
      const key = this.accounts.key(observation.accountId);
      rollups.addIndicator(key, observation.indicatorId, observation.observedAt, observation.count);
      rollups.seen(key, observation.observedAt);
      if (observation.derived) continue;
      added++;
      carried.addObservation(observation.kind, observation.carried, observation.observedAt);
    }
    return batch.observations.filter((o) => !o.derived).length - added;
  }

  private async writeAppeals(client: pg.ClientBase, batch: Batch, carried: CoverageCounts): Promise<number> {
    if (batch.appeals.length === 0) return 0;
    const { rows } = await client.query<{ account_key: number; id: string }>(
      `INSERT INTO appeal (account_key, id, received_at, text)
       SELECT * FROM unnest($1::int[], $2::text[], $3::timestamptz[], $4::text[]) ON CONFLICT DO NOTHING
       RETURNING account_key, id`,
      [
        batch.appeals.map((a) => this.accounts.key(a.account_id)),
        batch.appeals.map((a) => a.appeal_id),
        batch.appeals.map((a) => a.received_at),
        batch.appeals.map((a) => a.text ?? null),
      ],
    );
    const added = new Set(rows.map((row) => `${row.account_key}|${row.id}`));
    for (const appeal of batch.appeals) {
      // The first of several with one id is the one that went in.
      if (!added.delete(`${this.accounts.key(appeal.account_id)}|${appeal.appeal_id}`)) continue;
      carried.add('appeal', carriedFields(appeal), Date.parse(appeal.received_at));
    }
    return batch.appeals.length - rows.length;
  }

  private async countRun(
    client: pg.ClientBase,
    batch: Batch,
    counts: Counts,
    coverage: Coverage,
  ): Promise<void> {
    const { rowCount } = await client.query(
      `UPDATE ingest_run SET accepted = accepted + $2, rejected = rejected + $3, duplicates = duplicates + $4,
         last_record_at = GREATEST(last_record_at, to_timestamp($5::float8 / 1000.0)),
         unknown_keys = unknown_keys + $6, coverage = $7 WHERE id = $1 AND state = 'running'`,
      [
        this.runId,
        counts.accepted,
        counts.rejected,
        counts.duplicates,
        Number.isFinite(batch.lastRecordAt) ? batch.lastRecordAt : null,
        batch.unknownKeys,
        JSON.stringify(coverage),
      ],
    );
    if (rowCount === 0) throw runWasEnded();
  }
}

function accountIdsOf(batch: Batch): Set<string> {
  const ids = new Set<string>();
  for (const record of batch.accounts) ids.add(record.account_id);
  for (const exchange of batch.exchanges) ids.add(exchange.accountId);
  for (const observation of batch.observations) ids.add(observation.accountId);
  for (const appeal of batch.appeals) ids.add(appeal.account_id);
  return ids;
}

const EXCHANGE_COLUMNS = [
  'account_key',
  'occurred_at',
  'identity',
  'model_id',
  'class',
  'ip_id',
  'client_id',
  'template_id',
  'input_tokens',
  'output_tokens',
] as const;

function encodeExchange(rows: BinaryRows, exchange: SketchedExchange, key: number, modelId: number): void {
  rows.row(EXCHANGE_COLUMNS.length);
  rows.int4(key);
  rows.timestamp(exchange.occurredAt);
  rows.int8(exchange.identity);
  rows.int4(modelId);
  rows.int2(exchange.patternClass);
  rows.int8(exchange.ipId);
  rows.int8(exchange.clientId);
  rows.int8(exchange.templateId);
  rows.int4(exchange.inputTokens);
  rows.int4(exchange.outputTokens);
}

async function writeIndicators(client: pg.ClientBase, batch: Batch): Promise<void> {
  if (batch.newIndicators.size === 0) return;
  const entries = [...batch.newIndicators];
  await client.query(
    `INSERT INTO indicator (id, kind, value)
     SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[]) ON CONFLICT (id) DO NOTHING`,
    [
      entries.map(([id]) => String(id)),
      entries.map(([, [kind]]) => kind),
      entries.map(([, [, value]]) => value),
    ],
  );
}
