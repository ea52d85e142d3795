/**
 * NDJSON → chunks, in two worker threads. For processes that run from the sources, as the command line does; small
 * inputs never start a thread.
 */
import { Worker } from 'node:worker_threads';
import { BrokenStreamError } from '@/lib/records/broken-stream';
import { decompress } from '@/lib/records/decompress';
import { inputLimits } from '@/lib/records/input-limits';
import { CUT_OFF, CutInputError, isCutOff, tooLong, UnreadableInputError } from '@/lib/records/read-lines';
import { type Block, BlockCutter, isLate } from './cut-blocks';
import type { Door } from './door';
import { type ReadChunk, readRecordChunks } from './read-chunks';
import type { BlockTask } from './sketch-block';
import type { ThreadAnswer } from './sketch-thread';
import type { SketchedChunk } from './sketched-chunk';
import { Sketcher } from './sketcher';

const THREADS = 2;
/** Blocks that are being worked on or wait to be taken. */
const BLOCKS_AHEAD = 12;
/** A thread takes half a second to start: less than this much input is sooner read here. */
const SMALL_BYTES = 4 << 20;

type Sketched = { chunk: SketchedChunk; reader: number };

/** As readRecordChunks. @throws UnreadableInputError after every line before the damage */
export async function* sketchThreads(
  bytes: AsyncIterable<Uint8Array>,
  door: Door,
  smallBytes = SMALL_BYTES,
): AsyncGenerator<ReadChunk> {
  const iterator = bytes[Symbol.asyncIterator]();
  const begin: Uint8Array[] = [];
  let size = 0;
  let next = iterator.next();
  // A sender who takes long is not waited for; one who fails does so where the lines before are taken.
  while (size < smallBytes && !(await isLate(next).catch(() => true))) {
    const { done, value } = await next;
    if (done) break;
    begin.push(value);
    size += value.length;
    next = iterator.next();
  }
  const all = continued(begin, next, iterator);
  yield* size < smallBytes ? readRecordChunks(all, door) : inThreads(all, door);
}

/** A failure of the source comes where it is read. */
async function* continued(
  begin: readonly Uint8Array[],
  next: Promise<IteratorResult<Uint8Array>>,
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    yield* begin;
    for (let one = await next; !one.done; one = await rest.next()) yield one.value;
  } finally {
    await rest.return?.();
  }
}

async function* inThreads(bytes: AsyncIterable<Uint8Array>, door: Door): AsyncGenerator<ReadChunk> {
  const cutter = new BlockCutter();
  const threads = Array.from({ length: THREADS }, (_, n) => new SketchThread(n, cutter, door));
  const waiting: { sketched: Promise<Sketched>; isDone: boolean }[] = [];
  let linesBefore = 0;
  const taken = async (): Promise<ReadChunk> => {
    const { chunk, reader } = await waiting.shift()!.sketched;
    const read = { chunk, reader, linesBefore };
    linesBefore += chunk.lines;
    return read;
  };
  let isFirst = true;
  let isCut = false;
  const { lineBytes } = inputLimits();
  try {
    for await (const block of cutter.cut(decompress(bytes))) {
      isCut = block?.isEnd === true && block.length <= lineBytes && isCutOff(textOf(block));
      const reason = isCut ? CUT_OFF : block ? undefined : tooLong(lineBytes);
      const sketched = reason ? refused(reason) : leastBusy(threads).sketch(block!, isFirst);
      const one = { sketched, isDone: false };
      waiting.push(one);
      // A failure is thrown where it is taken; until then it must not count as unhandled.
      sketched.then(
        () => {
          one.isDone = true;
        },
        () => {},
      );
      isFirst = false;
      while (waiting.length >= BLOCKS_AHEAD || waiting[0]?.isDone) yield await taken();
    }
    while (waiting.length > 0) yield await taken();
    if (isCut) throw new CutInputError(`in the middle of line ${linesBefore}`, linesBefore);
  } catch (error) {
    // What comes after a block that no thread gave back would carry wrong line numbers.
    if (threads.some((thread) => thread.failure)) throw error;
    while (waiting.length > 0) yield await taken();
    if (!(error instanceof BrokenStreamError)) throw error;
    throw new UnreadableInputError(`${error.message}: ${linesBefore} lines were read before`, linesBefore, {
      cause: error,
    });
  } finally {
    await Promise.all(threads.map((thread) => thread.end()));
  }
}

const textOf = ({ bytes, length }: Block) => Buffer.from(bytes.buffer, 0, length).toString('utf8');

/** A line that no thread is asked about. */
async function refused(reason: string): Promise<Sketched> {
  const sketcher = new Sketcher();
  sketcher.reject(1, reason);
  return { chunk: sketcher.finish(1), reader: THREADS };
}

const leastBusy = (threads: readonly SketchThread[]) =>
  threads.reduce((least, thread) => (thread.pending.length < least.pending.length ? thread : least));

class SketchThread {
  readonly pending: { resolve: (answer: Sketched) => void; reject: (error: Error) => void }[] = [];
  /** Why this thread is gone; it takes no more blocks. */
  failure: Error | undefined;
  private readonly worker: Worker;
  private readonly lineBytes = inputLimits().lineBytes;

  constructor(
    private readonly reader: number,
    private readonly cutter: BlockCutter,
    door: Door,
  ) {
    this.worker = new Worker(new URL('./start-sketch-thread.mjs', import.meta.url), {
      execArgv: [],
      workerData: door.rules,
    });
    this.worker.on('message', ({ chunk, bytes }: ThreadAnswer) => {
      this.cutter.giveBack(bytes);
      this.pending.shift()?.resolve({ chunk, reader: this.reader });
    });
    this.worker.on('error', (error) => this.fail(error instanceof Error ? error : new Error(String(error))));
    this.worker.on('messageerror', (error) => this.fail(error));
    this.worker.on('exit', (code) => this.fail(new Error(`a reader thread ended with code ${code}`)));
  }

  private fail(error: Error): void {
    this.failure ??= error;
    for (const { reject } of this.pending.splice(0)) reject(this.failure);
  }

  sketch({ bytes, length }: Block, isFirst: boolean): Promise<Sketched> {
    if (this.failure) return Promise.reject(this.failure);
    return new Promise((resolve, reject) => {
      this.pending.push({ resolve, reject });
      const task: BlockTask = { bytes, length, isFirst, lineBytes: this.lineBytes };
      this.worker.postMessage(task, [bytes.buffer]);
    });
  }

  async end(): Promise<void> {
    await this.worker.terminate();
  }
}
