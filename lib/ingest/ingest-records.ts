/** Records in: stream → validate → sketch → write, batch by batch, each batch in one transaction. */
import type { Actor } from '@/lib/access/schema';
import type { Adapter } from '@/lib/records/adapters/adapter';
import type { Coverage } from './coverage-schema';
import { Door, readDoorRules } from './door';
import { endDeadRuns } from './end-dead-runs';
import { finishRun } from './finish-run';
import { holdRun } from './hold-run';
import { Intake, type IntakeOptions } from './intake';
import { readAdaptedChunks, readRecordChunks } from './read-chunks';
import type { Counts } from './write-batch';

/** What is true of a stream after any failure. */
export const INGEST_MEANWHILE =
  'What was taken before this stays; send everything again, and it counts once.';

export interface IngestOptions extends IntakeOptions {
  /** What the run is called in lists: a file's name, or the key that sent it. */
  source: string;
  /** Reads another format than our own NDJSON; it is read once. */
  adapter?: Adapter;
  /** True when the records come from the simulation. */
  simulated?: boolean;
  /** How our own NDJSON is read, when not in this thread. */
  reader?: typeof readRecordChunks;
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
  const door = new Door(await readDoorRules());
  const source = options.source.slice(0, 200);
  const run = await holdRun(source, options.adapter?.format ?? 'weir', options.simulated ?? false);
  const intake = new Intake(run.id, options);
  try {
    await intake.takeAll(
      options.adapter
        ? readAdaptedChunks(options.adapter, bytes, door)
        : (options.reader ?? readRecordChunks)(bytes, door),
    );
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
