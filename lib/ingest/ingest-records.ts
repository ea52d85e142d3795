/** Records in: stream → validate → sketch → write, batch by batch, each batch in one transaction. */
import type { Actor } from '@/lib/access/schema';
import type { AdaptedRow, Adapter } from '@/lib/records/adapters/adapter';
import { checkRecord, type ParsedRecord, parseRecord } from '@/lib/records/parse-record';
import { type InputLine, readLines, UnreadableInputError } from '@/lib/records/read-lines';
import { Batch, Sketcher } from './batch';
import type { Coverage } from './coverage-schema';
import { endDeadRuns } from './end-dead-runs';
import { finishRun } from './finish-run';
import { holdRun } from './hold-run';
import { BatchWriter, type Counts } from './write-batch';
import { REJECTS_KEPT } from './write-coverage';

/** Records in one transaction: large enough for COPY to pay, small enough to lose little when interrupted. */
const BATCH_RECORDS = 20_000;

/** What is true of a stream after any failure. */
export const INGEST_MEANWHILE =
  'What was taken before this stays; send everything again, and it counts once.';

export interface IngestOptions {
  /** What the run is called in lists: a file's name, or the key that sent it. */
  source: string;
  /** Reads another format than our own NDJSON; it is read once. */
  adapter?: Adapter;
  /** True when the records come from the simulation. */
  simulated?: boolean;
  /** Called for each line that is not taken, in order. */
  onReject?: (line: number, reason: string) => void | Promise<void>;
  /** Called after each batch. */
  onProgress?: (counts: Counts) => void;
}

export interface IngestResult extends Counts {
  runId: number;
  /** Keys that the contract does not know, ignored. */
  unknownKeys: number;
  /** What the accepted records carried. */
  coverage: Coverage;
  seconds: number;
}

/**
 * Takes in one stream, plain or compressed: NDJSON, or what the adapter reads. A bad line is counted and told, and never stops the rest; what was
 * taken before an interruption stays, and sending everything again counts it once.
 * @throws UnreadableInputError when compressed data are damaged or the whole is not of its format; the lines before
 * the damage are kept.
 */
export async function ingestRecords(
  actor: Actor,
  bytes: AsyncIterable<Uint8Array>,
  options: IngestOptions,
): Promise<IngestResult> {
  const began = performance.now();
  await endDeadRuns();
  const source = options.source.slice(0, 200);
  const run = await holdRun(source, options.adapter?.format ?? 'weir', options.simulated ?? false);
  const intake = new Intake(run.id, options);
  try {
    await intake.takeAll(bytes);
    await finishRun(actor, { id: run.id, source, state: 'done' }, intake);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    await finishRun(actor, { id: run.id, source, state: 'failed', reason }, intake).catch(() => {});
    throw error;
  } finally {
    await run.letGo();
  }
  return {
    runId: run.id,
    ...intake.counts,
    unknownKeys: intake.unknownKeys,
    coverage: intake.coverage,
    seconds: Math.round((performance.now() - began) / 10) / 100,
  };
}

/** One run under way: the batch being filled and the counts so far. */
class Intake {
  readonly counts: Counts = { accepted: 0, rejected: 0, duplicates: 0 };
  unknownKeys = 0;
  private batch = new Batch();
  private rejectedNow = 0;
  private rejectsKept = 0;
  private readonly now = new Date();
  private readonly sketcher = new Sketcher();
  private readonly writer: BatchWriter;

  constructor(
    runId: number,
    private readonly options: IngestOptions,
  ) {
    this.writer = new BatchWriter(runId, this.sketcher);
  }

  get coverage(): Coverage {
    return this.writer.coverage;
  }

  private get isFull(): boolean {
    return this.batch.records + this.rejectedNow >= BATCH_RECORDS;
  }

  async takeAll(bytes: AsyncIterable<Uint8Array>): Promise<void> {
    try {
      if (this.options.adapter) await this.takeRows(this.options.adapter.read(bytes));
      else await this.takeLines(readLines(bytes));
    } catch (error) {
      // Lines before the damage are good: they go in before the error goes out.
      if (error instanceof UnreadableInputError) await this.flush();
      throw error;
    }
    await this.flush();
  }

  private async takeLines(batches: AsyncIterable<InputLine[]>): Promise<void> {
    for await (const lines of batches) {
      for (const line of lines) {
        if ('reason' in line) await this.reject(line.lineNumber, line.reason);
        else await this.take(line.lineNumber, parseRecord(line.text, this.now));
      }
      if (this.isFull) await this.flush();
    }
  }

  private async takeRows(batches: AsyncIterable<AdaptedRow[]>): Promise<void> {
    for await (const rows of batches) {
      for (const row of rows) {
        if ('reason' in row) await this.reject(row.number, row.reason);
        else if (await this.take(row.number, checkRecord(row.record, this.now))) this.takeBeside(row.also);
      }
      if (this.isFull) await this.flush();
    }
  }

  private async take(lineNumber: number, parsed: ParsedRecord): Promise<boolean> {
    if (!parsed.ok) {
      await this.reject(lineNumber, parsed.reason);
      return false;
    }
    this.unknownKeys += parsed.unknownKeys;
    this.batch.unknownKeys += parsed.unknownKeys;
    this.sketcher.add(this.batch, parsed.record);
    return true;
  }

  private takeBeside(observations: readonly object[] = []): void {
    for (const observation of observations) {
      const parsed = checkRecord(observation, this.now);
      if (parsed.ok && parsed.record.record === 'observation') {
        this.sketcher.addBeside(this.batch, parsed.record);
      }
    }
  }

  private async reject(lineNumber: number, reason: string): Promise<void> {
    this.rejectedNow++;
    if (this.rejectsKept < REJECTS_KEPT) {
      this.rejectsKept++;
      this.batch.rejects.push({ line: lineNumber, reason });
    }
    await this.options.onReject?.(lineNumber, reason);
  }

  private async flush(): Promise<void> {
    if (this.batch.records + this.rejectedNow === 0) return;
    const written = await this.writer.write(this.batch, this.rejectedNow);
    this.counts.accepted += written.accepted;
    this.counts.rejected += written.rejected;
    this.counts.duplicates += written.duplicates;
    this.batch = new Batch();
    this.rejectedNow = 0;
    this.options.onProgress?.({ ...this.counts });
  }
}
