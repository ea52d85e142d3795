/** One batch in one transaction: what is new goes in with its rollups, what is known is counted as a duplicate. */
import type pg from 'pg';
import { copyRows } from '@/lib/database/copy-binary';
import { pool } from '@/lib/database/pool';
import { ACCOUNTS_AT_ONCE, writeTotals } from './account-totals';
import { Batch, EXCHANGE_COLUMNS } from './batch';
import { BatchSpace } from './batch-space';
import { carriedFields, toCoverage, toRows } from './coverage-counts';
import type { Coverage } from './coverage-schema';
import { lastTurn, readTurns, writeTurn } from './exchange-turns';
import { findStored } from './find-stored';
import { runWasEnded } from './finish-run';
import { KnownExchanges } from './known-exchanges';
import type { Learnt } from './learnt';
import { LoadedPartitions } from './loaded-partitions';
import { NewTexts } from './new-texts';
import { MovedDoor } from './refuse-moved';
import { accountKeys, modelKeys } from './resolve-keys';
import { Rollups } from './rollups';
import type { SketchedChunk } from './sketched-chunk';
import { INGEST_LOCK, inTurn } from './take-turns';
import { writeAccounts } from './write-accounts';
import { writeCoverage, writeRejects } from './write-coverage';
import { writeExemplars } from './write-exemplars';
import { writeIndicators } from './write-indicators';
import { writeAppeals, writeObservations } from './write-observations';

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
  private readonly door = new MovedDoor();
  private readonly known = KnownExchanges.shared();
  private readonly texts = new NewTexts();
  private readonly partitions = new LoadedPartitions();
  private readonly rollups = new Rollups();
  private readonly spare: BatchSpace[] = [];
  /** What this run has committed so far. */
  coverage: Coverage = {};
  private rejectsKept = 0;
  /** The turn up to which this run has heard what others showed and whom they forgot. */
  private turn: number | undefined;

  constructor(private readonly runId: number) {}

  newBatch(): Batch {
    return new Batch(this.known, this.spare.pop() ?? new BatchSpace());
  }

  /** A batch that will not be written. */
  drop(batch: Batch): void {
    this.known.leave(batch);
    batch.space.clear();
    this.spare.push(batch.space);
  }

  /** Puts a chunk into a batch. @param learnt what the chunk's numbers stand for */
  async add(batch: Batch, chunk: SketchedChunk, learnt: Learnt): Promise<void> {
    await this.door.look();
    this.turn ??= await lastTurn(pool());
    await learnt.resolve(this.accounts, this.models);
    this.texts.addValues(batch, chunk.news);
    batch.add(chunk, learnt);
  }

  /** @returns how many records were new and how many were known. Nothing is kept when it throws. */
  async write(batch: Batch): Promise<Counts> {
    try {
      return await inTurn(async () => {
        for (let attempt = 1; ; attempt++) {
          try {
            if (attempt > 1) batch.rebuild();
            return await this.tryToWrite(batch);
          } catch (error) {
            if (attempt === ATTEMPTS || !REPEATABLE.has((error as { code?: string }).code ?? '')) throw error;
          }
        }
      });
    } finally {
      this.drop(batch);
    }
  }

  /** Call when the run has written its last batch. */
  async finish(): Promise<void> {
    await this.partitions.finish();
  }

  /** One try; what it throws leaves this writer as it was. */
  private async tryToWrite(batch: Batch): Promise<Counts> {
    await this.partitions.make(batch.days);
    const client = await pool().connect();
    let broken = false;
    try {
      await client.query('BEGIN');
      await client.query('SELECT pg_advisory_xact_lock($1)', [INGEST_LOCK]);
      // Looking for known exchanges locks every partition, and every parallel worker would lock them all once more.
      await client.query('SET LOCAL max_parallel_workers_per_gather = 0');
      await this.known.catchUp(client, batch.seen.size);
      // Another run of this process may have heard of turns before this one: each hears them all.
      const turns = await readTurns(client, this.turn, 'texts');
      if (turns.forgets) await this.forget(batch);
      await this.door.refuse(client, batch, this.accounts);
      if (batch.isStale) batch.rebuild();
      this.texts.catchUp(turns);
      const duplicates = await this.writeAll(client, batch);
      const counts = { accepted: batch.records - duplicates, rejected: batch.rejected, duplicates };
      const rows = batch.coverage.rows();
      const coverage = toCoverage([...toRows(this.coverage), ...rows]);
      await this.countRun(client, batch, counts, coverage);
      await writeCoverage(client, rows);
      await writeRejects(client, this.runId, this.rejectsKept, batch.rejects);
      const turn = turns.last + 1;
      await writeTurn(client, turn, this.runId, batch.seen, batch.space.shown);
      await client.query('COMMIT');
      this.turn = turn;
      this.known.committed(turn, batch);
      this.texts.committed(batch);
      this.partitions.written(batch.days);
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

  private async writeAll(client: pg.ClientBase, batch: Batch): Promise<number> {
    const { rollups } = this;
    rollups.clear();
    let duplicates = batch.settle(await findStored(client, batch.candidates()));
    await copyRows(client, 'exchange', EXCHANGE_COLUMNS, batch.space.rows);
    rollups.addExchanges(batch.space.taken, batch.parts);
    duplicates += await writeObservations(client, batch, rollups);
    await writeIndicators(client, [...batch.newIndicators, ...(await this.texts.find(client, batch))]);
    await writeExemplars(client, batch);
    await rollups.write(client);
    return duplicates + (await this.writeAccountRows(client, batch));
  }

  /** Last of all, because enforcement waits for these rows. */
  private async writeAccountRows(client: pg.ClientBase, batch: Batch): Promise<number> {
    const records = batch.parts.flatMap(({ chunk }) => chunk.accounts);
    const appeals = batch.parts.flatMap(({ chunk }) => chunk.appeals);
    const ids = [...new Set([...records, ...appeals].map((record) => record.account_id))];
    const keys = new Map<string, number>();
    (await this.accounts.resolve(ids)).forEach((key, n) => void keys.set(ids[n]!, key));
    const keyOf = (id: string) => keys.get(id)!;
    const { totals } = this.rollups;
    const held = new Set(records.map((record) => keyOf(record.account_id)));
    if (totals.size <= ACCOUNTS_AT_ONCE) {
      for (let place = 0; place < totals.size; place++) held.add(totals.keys[place * 4]!);
    }
    // In one order, as enforcement takes them too: otherwise both could wait for each other.
    await client.query('SELECT 1 FROM account WHERE key = ANY($1::int[]) ORDER BY key FOR NO KEY UPDATE', [
      [...held],
    ]);
    await writeAccounts(client, records, keyOf);
    for (const account of records) {
      batch.coverage.add('account', carriedFields(account), Date.parse(account.created_at));
    }
    for (const release of batch.parts.flatMap(({ chunk }) => chunk.releases)) {
      batch.coverage.add('model_release', carriedFields(release), Date.parse(release.released_at));
      await client.query('UPDATE model SET released_at = $2 WHERE name = $1', [
        release.model,
        release.released_at,
      ]);
    }
    await writeTotals(client, totals);
    return writeAppeals(client, appeals, batch.coverage, keyOf);
  }

  /** Something was erased: what is remembered may be gone. */
  private async forget(batch: Batch): Promise<void> {
    this.accounts.forget();
    this.texts.forget(batch);
    for (const learnt of new Set(batch.parts.map((part) => part.learnt))) {
      learnt.unresolve();
      await learnt.resolve(this.accounts, this.models);
    }
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
