/** One run under way: chunks go into a batch while the batch before is written. */
import type { Batch } from './batch';
import type { Coverage } from './coverage-schema';
import { Learnt } from './learnt';
import type { ReadChunk } from './read-chunks';
import { BatchWriter, type Counts } from './write-batch';
import { REJECTS_KEPT } from './write-coverage';

/** Records in a transaction at first, and at most: it grows as long as the database has not kept up or they come fast. */
const FIRST_RECORDS = 20_000;
const MOST_RECORDS = 320_000;
const QUICK_MS = 2_000;
/** A slow stream need not fill a batch to be stored. */
const PATIENCE_MS = 5_000;
/** What an account record costs the database, in exchanges. */
const ACCOUNT_WEIGHT = 10;
/** Texts of templates that take as much memory as an exchange does. */
const TEXT_BYTES = 500;

export interface IntakeOptions {
  /** Called for each line that is not taken, in order. */
  onReject?: (line: number, reason: string) => void | Promise<void>;
  /** Called after each batch. */
  onProgress?: (counts: Counts) => void;
}

export class Intake {
  readonly counts: Counts = { accepted: 0, rejected: 0, duplicates: 0 };
  unknownKeys = 0;
  private readonly writer: BatchWriter;
  private readonly learnt: Learnt[] = [];
  private batch: Batch | undefined;
  private began = 0;
  private weight = 0;
  private limit = FIRST_RECORDS;
  private rejectsKept = 0;
  private writing: Promise<Counts> | undefined;
  private isWriting = false;

  constructor(
    runId: number,
    private readonly options: IntakeOptions,
  ) {
    this.writer = new BatchWriter(runId);
  }

  get coverage(): Coverage {
    return this.writer.coverage;
  }

  /** Takes all that comes; what came before the input failed is stored before the failure goes on. */
  async takeAll(chunks: AsyncIterable<ReadChunk>): Promise<void> {
    try {
      for await (const read of chunks) await this.take(read);
      await this.finish();
    } catch (error) {
      // Of the two failures the input's own is told.
      await this.finish().catch(() => {});
      throw error;
    } finally {
      if (this.batch) this.writer.drop(this.batch);
    }
  }

  private async finish(): Promise<void> {
    try {
      await this.flush();
      await this.written();
    } finally {
      await this.writer.finish();
    }
  }

  private async take({ chunk, reader, linesBefore }: ReadChunk): Promise<void> {
    if (!this.batch) {
      this.batch = this.writer.newBatch();
      this.began = performance.now();
      this.weight = 0;
    }
    const { batch } = this;
    for (const { line, reason } of chunk.rejects) {
      if (this.rejectsKept < REJECTS_KEPT) {
        this.rejectsKept++;
        batch.rejects.push({ line: linesBefore + line, reason });
      }
      await this.options.onReject?.(linesBefore + line, reason);
    }
    const learnt = (this.learnt[reader] ?? new Learnt()).follow(chunk.news);
    this.learnt[reader] = learnt;
    await this.writer.add(batch, chunk, learnt);
    this.unknownKeys += chunk.unknownKeys;
    this.weight += chunk.records + chunk.rejects.length + chunk.accounts.length * ACCOUNT_WEIGHT;
    this.weight += chunk.texts.bytes.length / TEXT_BYTES;
    const age = performance.now() - this.began;
    // A batch that waits for the one before may as well grow.
    const isDue = this.weight >= this.limit || (age > PATIENCE_MS && !this.isWriting);
    if (!isDue) return;
    if (this.isWriting || age < QUICK_MS) this.limit = Math.min(this.limit * 2, MOST_RECORDS);
    else if (age > PATIENCE_MS) this.limit = FIRST_RECORDS;
    await this.flush();
  }

  /** Gives the batch to the database; waits for the one before. */
  private async flush(): Promise<void> {
    await this.written();
    if (!this.batch) return;
    const done = () => {
      this.isWriting = false;
    };
    this.isWriting = true;
    this.writing = this.writer.write(this.batch);
    // Its failure is thrown by written(); until someone waits there it must not count as unhandled.
    this.writing.then(done, done);
    this.batch = undefined;
  }

  /** Waits until what was given to the database is committed. */
  private async written(): Promise<void> {
    const { writing } = this;
    if (!writing) return;
    this.writing = undefined;
    const counts = await writing.catch((error: unknown) => {
      // The next one relies on what this one would have put into the dictionary.
      if (this.batch) this.writer.drop(this.batch);
      this.batch = undefined;
      throw error;
    });
    this.counts.accepted += counts.accepted;
    this.counts.rejected += counts.rejected;
    this.counts.duplicates += counts.duplicates;
    this.options.onProgress?.({ ...this.counts });
  }
}
