/** Input → chunks, in this thread. */
import type { Adapter } from '@/lib/records/adapters/adapter';
import { checkRecord, type ParsedRecord, parseRecord } from '@/lib/records/parse-record';
import { readLines } from '@/lib/records/read-lines';
import type { Door } from './door';
import type { SketchedChunk } from './sketched-chunk';
import { Sketcher } from './sketcher';

/** A chunk is handed on when it holds so many records, or is so many milliseconds old. */
const CHUNK_RECORDS = 1_000;
const CHUNK_MS = 1_000;

export interface ReadChunk {
  chunk: SketchedChunk;
  /** Whose numbers the chunk uses. */
  reader: number;
  /** Lines of the input before this chunk. */
  linesBefore: number;
}

/** NDJSON. @throws UnreadableInputError after every line before the damage */
export function readRecordChunks(bytes: AsyncIterable<Uint8Array>, door: Door): AsyncGenerator<ReadChunk> {
  return inChunks(readLines(bytes), door, (sketcher, line, before) => {
    if ('reason' in line) sketcher.reject(line.lineNumber - before, line.reason);
    else takeParsed(sketcher, door, line.lineNumber - before, parseRecord(line.text, door.now));
    return line.lineNumber;
  });
}

/** What an adapter reads. @throws UnreadableInputError after every row before the damage */
export function readAdaptedChunks(
  adapter: Adapter,
  bytes: AsyncIterable<Uint8Array>,
  door: Door,
): AsyncGenerator<ReadChunk> {
  return inChunks(adapter.read(bytes), door, (sketcher, row, before) => {
    if ('reason' in row) sketcher.reject(row.number - before, row.reason);
    else if (takeParsed(sketcher, door, row.number - before, checkRecord(row.record, door.now))) {
      for (const observation of row.also ?? []) {
        const parsed = checkRecord(observation, door.now);
        if (!parsed.ok || door.refuse(parsed.record)) continue;
        if (parsed.record.record === 'observation') sketcher.addBeside(parsed.record);
      }
    }
    return row.number;
  });
}

/** @returns whether it was taken */
export function takeParsed(sketcher: Sketcher, door: Door, line: number, parsed: ParsedRecord): boolean {
  const reason = parsed.ok ? door.refuse(parsed.record) : parsed.reason;
  if (!parsed.ok || reason !== undefined) {
    sketcher.reject(line, reason ?? 'refused');
    return false;
  }
  sketcher.unknownKeys += parsed.unknownKeys;
  sketcher.add(parsed.record);
  return true;
}

/** @param takeOne told of the lines before the chunk; answers the number of its own line */
async function* inChunks<Item>(
  batches: AsyncIterable<Item[]>,
  door: Door,
  takeOne: (sketcher: Sketcher, item: Item, linesBefore: number) => number,
): AsyncGenerator<ReadChunk> {
  const sketcher = new Sketcher(door.rules.sha256Ids);
  let linesBefore = 0;
  let line = 0;
  let began = 0;
  const finish = (): ReadChunk => {
    const read = { chunk: sketcher.finish(line - linesBefore), reader: 0, linesBefore };
    linesBefore = line;
    return read;
  };
  try {
    for await (const items of batches) {
      if (sketcher.taken === 0) began = performance.now();
      for (const item of items) line = takeOne(sketcher, item, linesBefore);
      if (sketcher.taken >= CHUNK_RECORDS || performance.now() - began > CHUNK_MS) yield finish();
    }
  } catch (error) {
    // Lines before the failure are good: they go on before the error goes out.
    if (sketcher.taken > 0) yield finish();
    throw error;
  }
  if (sketcher.taken > 0) yield finish();
}
