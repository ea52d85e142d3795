import { Buffer, isUtf8 } from 'node:buffer';
import { BrokenStreamError } from './broken-stream';
import { decompress } from './decompress';
import { inputLimits } from './input-limits';

/** How much is split at a time, and so the size of a batch. */
const SLICE_BYTES = 65_536;
/** The byte that ends a line. */
export const LINE_FEED = 10;

/** A line of input, counted from 1 with blank lines, or why it cannot be read as text. */
export type InputLine = { lineNumber: number; text: string } | { lineNumber: number; reason: string };

/** The input itself is broken; what came before it was delivered. */
export class UnreadableInputError extends Error {
  override name = 'UnreadableInputError';
  constructor(
    message: string,
    readonly linesRead: number,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** It ends where it cannot have ended when it was written; what is whole was delivered, the rest is one reject. */
export class CutInputError extends UnreadableInputError {
  constructor(where: string, linesRead: number) {
    super(`the input ends ${where}: it was cut off, and what came whole before that was read`, linesRead);
  }
}

/**
 * The lines of an NDJSON stream, plain, gzip or zstd (told by its first bytes), in batches of some 64 KiB. Blank lines
 * are skipped. A line above `maxBytes` or of invalid UTF-8 comes as a reason, and reading goes on after it.
 * Memory stays below a few times `maxBytes` whatever comes in.
 * @throws UnreadableInputError when the input ends early or is damaged, after every line before that.
 */
export async function* readLines(
  source: AsyncIterable<Uint8Array>,
  maxBytes = inputLimits().lineBytes,
): AsyncGenerator<InputLine[], void, void> {
  const splitter = new LineSplitter(maxBytes);
  try {
    for await (const chunk of decompress(source)) {
      for (let from = 0; from < chunk.length; from += SLICE_BYTES) {
        const batch = splitter.push(chunk.subarray(from, from + SLICE_BYTES));
        if (batch.length > 0) yield batch;
      }
    }
  } catch (error) {
    if (!(error instanceof BrokenStreamError)) throw error;
    throw new UnreadableInputError(
      `${error.message}: ${splitter.linesRead} lines were read before`,
      splitter.linesRead,
      { cause: error },
    );
  }
  const last = splitter.finish();
  if (last.length > 0) yield last;
  if (splitter.isCut)
    throw new CutInputError(`in the middle of line ${splitter.linesRead}`, splitter.linesRead);
}

/** Why a last line is not taken of which isCutOff is true. */
export const CUT_OFF = 'cut off: the input ends in the middle of it';

/** Whether a last line that nothing ends, not even a line feed, is the beginning of an object. */
export const isCutOff = (text: string) => text.startsWith('{') && !text.trimEnd().endsWith('}');

/** Why a line above a length is not taken. */
export const tooLong = (maxBytes: number) => `longer than ${maxBytes} bytes`;

/** Cuts slices of bytes into lines, holding at most one unfinished line. */
class LineSplitter {
  linesRead = 0;
  /** True when the last line is the beginning of an object and nothing ends it, not even a line break. */
  isCut = false;
  private pieces: Buffer[] = [];
  private pending = 0;
  private tooLong = false;

  constructor(private readonly maxBytes: number) {}

  push(slice: Buffer): InputLine[] {
    const batch: InputLine[] = [];
    const first = slice.indexOf(LINE_FEED);
    if (first < 0) {
      this.hold(slice);
      return batch;
    }
    let start = 0;
    if (this.pending > 0 || this.tooLong) {
      this.hold(slice.subarray(0, first));
      this.endHeldLine(batch);
      start = first + 1;
    }
    const end = slice.lastIndexOf(LINE_FEED);
    if (end >= start) this.splitWhole(slice.subarray(start, end), batch);
    this.hold(slice.subarray(end + 1));
    return batch;
  }

  finish(): InputLine[] {
    const batch: InputLine[] = [];
    if (this.pending > 0 || this.tooLong) this.endHeldLine(batch);
    const last = batch.at(-1);
    if (last && 'text' in last && isCutOff(last.text)) {
      this.isCut = true;
      batch.splice(-1, 1, { lineNumber: last.lineNumber, reason: CUT_OFF });
    }
    return batch;
  }

  private hold(piece: Buffer): void {
    if (this.tooLong || piece.length === 0) return;
    this.pending += piece.length;
    if (this.pending > this.maxBytes) {
      this.tooLong = true;
      this.pieces = [];
      // The bytes are gone; only that the line is too long is kept until it ends.
      this.pending = 0;
      return;
    }
    // A copy, because a small rest would keep the whole chunk that it lies in.
    this.pieces.push(Buffer.from(piece));
  }

  private endHeldLine(batch: InputLine[]): void {
    if (this.tooLong) {
      batch.push({ lineNumber: ++this.linesRead, reason: tooLong(this.maxBytes) });
    } else {
      this.splitWhole(Buffer.concat(this.pieces, this.pending), batch);
    }
    this.pieces = [];
    this.pending = 0;
    this.tooLong = false;
  }

  /** Whole lines at once: one check and one decoding for some hundred lines. */
  private splitWhole(bytes: Buffer, batch: InputLine[]): void {
    if (!isUtf8(bytes)) {
      this.splitDoubtful(bytes, batch);
      return;
    }
    for (const text of bytes.toString('utf8').split('\n')) this.addText(text, batch);
  }

  private splitDoubtful(bytes: Buffer, batch: InputLine[]): void {
    for (let start = 0; start <= bytes.length; ) {
      const newline = bytes.indexOf(LINE_FEED, start);
      const line = bytes.subarray(start, newline < 0 ? bytes.length : newline);
      if (isUtf8(line)) this.addText(line.toString('utf8'), batch);
      else batch.push({ lineNumber: ++this.linesRead, reason: 'not valid UTF-8' });
      start += line.length + 1;
    }
  }

  private addText(raw: string, batch: InputLine[]): void {
    const lineNumber = ++this.linesRead;
    let text = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    if (lineNumber === 1 && text.startsWith('\uFEFF')) text = text.slice(1);
    if (text.charCodeAt(0) !== 123 && text.trim() === '') return;
    batch.push({ lineNumber, text });
  }
}
