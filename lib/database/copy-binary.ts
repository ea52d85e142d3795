/** Rows in Postgres' binary COPY format. See "Binary Format" in the manual's page on COPY. */
import { once } from 'node:events';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { DAY_2000, SIGNATURE } from './copy-format';

const DAY_MS = 86_400_000;
/** 2000-01-01, where Postgres begins to count. */
export const EPOCH_MS = DAY_2000 * DAY_MS;
const TWO_32 = 4_294_967_296;
/** The largest value with its length: an int8 or a timestamp. */
const LARGEST_FIXED = 12;

/** Collects encoded rows. A row is: `row(n)`, then n values in the order of the columns. */
export class BinaryRows {
  private buffer = Buffer.allocUnsafeSlow(1 << 12);
  // A DataView writes several times faster than Buffer's own writers, and there are hundreds of millions of calls.
  private view = new DataView(this.buffer.buffer);
  private length = 0;
  count = 0;

  constructor() {
    SIGNATURE.copy(this.buffer);
    this.length = SIGNATURE.length;
    this.raw32(0);
    this.raw32(0);
  }

  /** Forgets every row; keeps the room. Not before what `finish` gave has been sent. */
  clear(): void {
    this.length = SIGNATURE.length + 8;
    this.count = 0;
  }

  /** Begins a row of `fields` values and makes room for them, so that each need not ask. */
  row(fields: number): void {
    const bytes = 2 + fields * LARGEST_FIXED;
    if (this.length + bytes > this.buffer.length) this.grow(bytes);
    this.view.setInt16(this.length, fields);
    this.length += 2;
    this.count++;
  }

  int2(value: number): void {
    this.raw32(2);
    this.view.setInt16(this.length, value);
    this.length += 2;
  }

  int4(value: number): void {
    this.raw32(4);
    this.raw32(value);
  }

  /** int8 from its upper and lower 32 bits. */
  int8Of(high: number, low: number): void {
    this.raw32(8);
    this.raw32(high);
    this.raw32(low);
  }

  /** int8 from an integer of at most 53 bits. */
  int8(value: number): void {
    const high = Math.floor(value / TWO_32);
    this.int8Of(high, value - high * TWO_32);
  }

  /** timestamptz from milliseconds since 1970. */
  timestamp(ms: number): void {
    this.int8((ms - EPOCH_MS) * 1000);
  }

  /** date from days since 1970. */
  date(day: number): void {
    this.int4(day - DAY_2000);
  }

  /** text */
  text(value: string): void {
    // A UTF-16 unit takes at most three bytes.
    const bytes = 4 + value.length * 3 + LARGEST_FIXED;
    if (this.length + bytes > this.buffer.length) this.grow(bytes);
    const written = this.buffer.write(value, this.length + 4);
    this.raw32(written);
    this.length += written;
  }

  /** bit(32·n) from words of 32 bits, first bit highest. */
  bits(...words: number[]): void {
    const bytes = 8 + words.length * 4;
    if (this.length + bytes > this.buffer.length) this.grow(bytes);
    this.raw32(4 + words.length * 4);
    this.raw32(words.length * 32);
    for (const word of words) this.raw32(word);
  }

  /** The encoded stream with its trailer. */
  finish(): Buffer {
    if (this.length + 2 > this.buffer.length) this.grow(2);
    this.view.setInt16(this.length, -1);
    return this.buffer.subarray(0, this.length + 2);
  }

  private raw32(value: number): void {
    this.view.setInt32(this.length, value);
    this.length += 4;
  }

  private grow(bytes: number): void {
    const bigger = Buffer.allocUnsafeSlow(Math.max(this.buffer.length * 2, this.length + bytes));
    this.buffer.copy(bigger, 0, 0, this.length);
    this.buffer = bigger;
    this.view = new DataView(bigger.buffer);
  }
}

/** Copies rows into a table inside the client's transaction. `columns` are names, never text from outside. */
export async function copyRows(
  client: pg.ClientBase,
  table: string,
  columns: readonly string[],
  rows: BinaryRows,
): Promise<void> {
  if (rows.count === 0) return;
  const stream = client.query(
    copyFrom(`COPY "${table}" (${columns.map((c) => `"${c}"`).join(', ')}) FROM STDIN (FORMAT binary)`),
  );
  stream.end(rows.finish());
  await once(stream, 'finish');
}
