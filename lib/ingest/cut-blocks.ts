/** Bytes → blocks that end with a line, each in memory of its own that another thread may be given. */
import { inputLimits } from '@/lib/records/input-limits';
import { LINE_FEED } from '@/lib/records/read-lines';

const LEAST_BYTES = 1 << 21;
/** A slow stream's lines are handed on after so long. */
const PATIENCE_MS = 1_000;

/** Whole lines; the last of all may lack its line feed. */
export interface Block {
  bytes: Uint8Array<ArrayBuffer>;
  length: number;
  /** True of a line that the input ends in. */
  isEnd: boolean;
}

export class BlockCutter {
  /** Room for any line that may be taken. */
  private readonly size = Math.max(LEAST_BYTES, inputLimits().lineBytes * 2);
  private readonly spare: Uint8Array<ArrayBuffer>[] = [];
  private block: Uint8Array<ArrayBuffer> = this.take();
  private length = 0;
  private skips = false;

  /** Memory of a block that nobody needs any more. */
  giveBack(bytes: Uint8Array<ArrayBuffer>): void {
    this.spare.push(bytes);
  }

  /** Null stands for a line that is too long and was not kept. @throws what the source throws, after every whole line before */
  async *cut(source: AsyncIterable<Uint8Array>): AsyncGenerator<Block | null> {
    const iterator = source[Symbol.asyncIterator]();
    try {
      for (let next = iterator.next(); ; next = iterator.next()) {
        if (await isLate(next)) yield* this.handOn();
        const { done, value } = await next;
        if (done) break;
        yield* this.push(value);
      }
    } catch (error) {
      yield* this.handOn();
      throw error;
    } finally {
      await iterator.return?.();
    }
    yield* this.handOn();
    if (this.skips) yield null;
    else if (this.length > 0) yield { bytes: this.block, length: this.length, isEnd: true };
  }

  private *push(bytes: Uint8Array): Generator<Block | null> {
    let from = 0;
    if (this.skips) {
      from = bytes.indexOf(LINE_FEED) + 1;
      if (from === 0) return;
      this.skips = false;
      yield null;
    }
    while (from < bytes.length) {
      const piece = bytes.subarray(from, from + this.size - this.length);
      this.block.set(piece, this.length);
      this.length += piece.length;
      from += piece.length;
      if (this.length < this.size) return;
      yield* this.handOn();
      if (this.length < this.size) continue;
      // No line ends in it: too long already, and its end is still to come.
      this.length = 0;
      this.skips = true;
      yield* this.push(bytes.subarray(from));
      return;
    }
  }

  /** The whole lines so far. */
  private *handOn(): Generator<Block> {
    const end = this.block.subarray(0, this.length).lastIndexOf(LINE_FEED) + 1;
    if (end === 0) return;
    const { block, length } = this;
    this.block = this.take();
    this.block.set(block.subarray(end, length));
    this.length = length - end;
    yield { bytes: block, length: end, isEnd: false };
  }

  private take(): Uint8Array<ArrayBuffer> {
    return this.spare.pop() ?? new Uint8Array(this.size);
  }
}

/** True when it is not there after a while. @throws what it throws */
export async function isLate(next: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS, true);
  });
  try {
    return await Promise.race([next.then(() => false), late]);
  } finally {
    clearTimeout(timer);
  }
}
