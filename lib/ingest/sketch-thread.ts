/** A worker thread: blocks of lines in, chunks out; the memory of each block goes back with its chunk. */
import { parentPort, workerData } from 'node:worker_threads';
import { Door, type DoorRules } from './door';
import { QuickExchanges } from './quick-exchanges';
import { type BlockTask, sketchBlock } from './sketch-block';
import type { SketchedChunk } from './sketched-chunk';
import { Sketcher } from './sketcher';

export interface ThreadAnswer {
  chunk: SketchedChunk;
  bytes: Uint8Array<ArrayBuffer>;
}

const door = new Door(workerData as DoorRules);
const sketcher = new Sketcher(door.rules.sha256Ids);
const quick = new QuickExchanges(sketcher, door);

parentPort?.on('message', (task: BlockTask) => {
  const chunk = sketchBlock(sketcher, door, quick, task);
  const { bytes } = task;
  parentPort?.postMessage({ chunk, bytes } satisfies ThreadAnswer, [bytes.buffer, ...buffersOf(chunk)]);
});

function buffersOf({ exchanges, texts, observations, news }: SketchedChunk): ArrayBuffer[] {
  const columns = [exchanges, texts, observations, news].flatMap((part) => Object.values(part));
  return columns.filter(ArrayBuffer.isView).map((column) => column.buffer as ArrayBuffer);
}
