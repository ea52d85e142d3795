/** Sends a world's records over HTTP, one stream after the other as fast as they are taken; a stream without an answer
 * is sent again whole, since nothing counts twice. */
import { createReadStream, openSync, readSync, statSync } from 'node:fs';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';

/** One stream of the file: bytes from `start` to before `end`, whole lines. */
interface Slice {
  start: number;
  end: number;
}

export interface Fed {
  accepted: number;
  duplicates: number;
  rejected: number;
  streams: number;
  /** Streams that had to be sent again, and why each time. */
  again: { at: number; why: string }[];
}

const RETRY_MS = 500;

export class Feeder {
  readonly fed: Fed = { accepted: 0, duplicates: 0, rejected: 0, streams: 0, again: [] };
  /** Bytes of the file that were taken whole. */
  taken = 0;

  constructor(
    private readonly desk: string,
    private readonly key: string,
    private readonly file: string,
    private readonly sliceBytes: number,
  ) {}

  /** Until the signal, or the file's end; the stream in hand is brought to its end. */
  async run(signal: AbortSignal): Promise<void> {
    for (const slice of this.slices()) {
      if (signal.aborted) return;
      while (!(await this.send(slice))) await pause(RETRY_MS);
      this.taken = slice.end;
    }
  }

  private async send({ start, end }: Slice): Promise<boolean> {
    try {
      const stream = Readable.toWeb(createReadStream(this.file, { start, end: end - 1 }));
      const answer = await fetch(`${this.desk}/api/v1/records`, {
        method: 'POST',
        headers: { authorization: `Bearer ${this.key}`, 'content-type': 'application/x-ndjson' },
        body: stream as ReadableStream<Uint8Array>,
        duplex: 'half',
      } as RequestInit);
      const text = await answer.text();
      if (answer.status !== 202) throw new Error(`${answer.status} ${text.slice(0, 200)}`);
      const body = JSON.parse(text) as { accepted: number; duplicates: number; rejected: number };
      this.fed.accepted += body.accepted;
      this.fed.duplicates += body.duplicates;
      this.fed.rejected += body.rejected;
      this.fed.streams++;
      return true;
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      this.fed.again.push({ at: performance.now(), why });
      return false;
    }
  }

  private *slices(): Generator<Slice> {
    const { size } = statSync(this.file);
    const file = openSync(this.file, 'r');
    for (let start = 0; start < size; ) {
      const end = Math.min(size, start + this.sliceBytes);
      const whole = end === size ? size : afterNextLine(file, end);
      yield { start, end: whole };
      start = whole;
    }
  }
}

/** The place after the first line feed from here on. */
function afterNextLine(file: number, from: number): number {
  const buffer = Buffer.alloc(4_096);
  for (let at = from; ; at += buffer.length) {
    const length = readSync(file, buffer, 0, buffer.length, at);
    const found = buffer.subarray(0, length).indexOf(10);
    if (found !== -1) return at + found + 1;
    if (length < buffer.length) return at + length;
  }
}
