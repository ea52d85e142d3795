/** Rows in Postgres' binary COPY format. See "Binary Format" in the manual's page on COPY. */
import { once } from 'node:events';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1');
/** 2000-01-01, where Postgres begins to count. */
const EPOCH_MS = 946_684_800_000;
const DAY_MS = 86_400_000;

/** Collects encoded rows. A row is: `row(n)`, then n values in the order of the columns. */
export class BinaryRows {
  private buffer = Buffer.allocUnsafe(1 << 16);
  private length = 0;
  count = 0;

  constructor() {
    SIGNATURE.copy(this.buffer);
    this.length = SIGNATURE.length;
    this.raw32(0);
    this.raw32(0);
  }

  /** Begins a row of `fields` values. */
  row(fields: number): void {
    this.need(2);
    this.length = this.buffer.writeInt16BE(fields, this.length);
    this.count++;
  }

  null(): void {
    this.raw32(-1);
  }

  int2(value: number): void {
    this.raw32(2);
    this.need(2);
    this.length = this.buffer.writeInt16BE(value, this.length);
  }

  int4(value: number): void {
    this.raw32(4);
    this.raw32(value);
  }

  /** A bigint; null when undefined. */
  int8(value: bigint | undefined): void {
    if (value === undefined) {
      this.null();
      return;
    }
    this.raw32(8);
    this.need(8);
    this.length = this.buffer.writeBigInt64BE(value, this.length);
  }

  /** timestamptz from milliseconds since 1970. */
  timestamp(ms: number): void {
    this.int8(BigInt(ms - EPOCH_MS) * 1000n);
  }

  /** date from days since 1970. */
  date(day: number): void {
    this.int4(day - EPOCH_MS / DAY_MS);
  }

  /** bit(n) from its bytes, most significant bit first. */
  bits(bytes: Uint8Array): void {
    this.raw32(4 + bytes.length);
    this.raw32(bytes.length * 8);
    this.need(bytes.length);
    this.buffer.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** The encoded stream with its trailer. */
  finish(): Buffer {
    this.need(2);
    this.length = this.buffer.writeInt16BE(-1, this.length);
    return this.buffer.subarray(0, this.length);
  }

  private raw32(value: number): void {
    this.need(4);
    this.length = this.buffer.writeInt32BE(value, this.length);
  }

  private need(bytes: number): void {
    if (this.length + bytes <= this.buffer.length) return;
    const bigger = Buffer.allocUnsafe(this.buffer.length * 2);
    this.buffer.copy(bigger, 0, 0, this.length);
    this.buffer = bigger;
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
