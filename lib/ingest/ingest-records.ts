/** Records in: stream → validate → sketch → write, batch by batch, each batch in one transaction. */
import type { Actor } from '@/lib/access/schema';
import { writeAudit } from '@/lib/audit/write-audit';
import { database } from '@/lib/database/client';
import { inTransaction } from '@/lib/database/transaction';
import { parseRecord } from '@/lib/records/parse-record';
import { readLines, UnreadableInputError } from '@/lib/records/read-lines';
import { Batch, Sketcher } from './batch';
import { BatchWriter, type Counts } from './write-batch';

/** Records in one transaction: large enough for COPY to pay, small enough to lose little when interrupted. */
const BATCH_RECORDS = 20_000;

export interface IngestOptions {
  /** What the run is called in lists: a file's name, or the key that sent it. */
  source: string;
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
  seconds: number;
}

/**
 * Takes in one NDJSON stream, plain or gzip. A bad line is counted and told, and never stops the rest; what was
 * taken before an interruption stays, and sending everything again counts it once.
 * @throws UnreadableInputError when gzip data are damaged; the lines before it are kept.
 */
export async function ingestRecords(
  actor: Actor,
  bytes: AsyncIterable<Uint8Array>,
  options: IngestOptions,
): Promise<IngestResult> {
  const began = performance.now();
  const run = await database().ingestRun.create({
    data: { source: options.source.slice(0, 200), format: 'weir', simulated: options.simulated ?? false },
  });
  const intake = new Intake(run.id, options);
  try {
    for await (const lines of readLines(bytes)) {
      for (const line of lines) {
        if ('reason' in line) await intake.reject(line.lineNumber, line.reason);
        else await intake.take(line.lineNumber, line.text);
      }
      if (intake.isFull) await intake.flush();
    }
    await intake.flush();
  } catch (error) {
    // Lines before the damage are good: they go in before the error goes out.
    if (error instanceof UnreadableInputError) await intake.flush();
    const reason = error instanceof Error ? error.message : String(error);
    await finishRun(actor, run.id, options.source, 'failed', intake, reason).catch(() => {});
    throw error;
  }
  await finishRun(actor, run.id, options.source, 'done', intake);
  return {
    runId: run.id,
    ...intake.counts,
    unknownKeys: intake.unknownKeys,
    seconds: Math.round((performance.now() - began) / 10) / 100,
  };
}

/** One run under way: the batch being filled and the counts so far. */
class Intake {
  readonly counts: Counts = { accepted: 0, rejected: 0, duplicates: 0 };
  unknownKeys = 0;
  private batch = new Batch();
  private rejectedNow = 0;
  private readonly now = new Date();
  private readonly sketcher = new Sketcher();
  private readonly writer: BatchWriter;

  constructor(
    runId: number,
    private readonly options: IngestOptions,
  ) {
    this.writer = new BatchWriter(runId, this.sketcher);
  }

  get isFull(): boolean {
    return this.batch.records + this.rejectedNow >= BATCH_RECORDS;
  }

  async take(lineNumber: number, text: string): Promise<void> {
    const parsed = parseRecord(text, this.now);
    if (!parsed.ok) return this.reject(lineNumber, parsed.reason);
    this.unknownKeys += parsed.unknownKeys;
    this.sketcher.add(this.batch, parsed.record);
  }

  async reject(lineNumber: number, reason: string): Promise<void> {
    this.rejectedNow++;
    await this.options.onReject?.(lineNumber, reason);
  }

  async flush(): Promise<void> {
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

function finishRun(
  actor: Actor,
  runId: number,
  source: string,
  state: 'done' | 'failed',
  intake: Intake,
  reason?: string,
): Promise<void> {
  return inTransaction(async (tx) => {
    await tx.ingestRun.update({ where: { id: runId }, data: { state, finishedAt: new Date() } });
    await writeAudit(tx, actor, {
      verb: 'records.ingest',
      object: { type: 'records', id: String(runId), label: source.slice(0, 200) },
      outcome: state === 'done' ? 'done' : 'refused',
      reason,
      detail: { ...intake.counts, unknown_keys: intake.unknownKeys },
    });
  });
}
