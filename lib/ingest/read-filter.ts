/** A filter of what a query answers, for sets too large to hold as they are. */
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { BloomFilter } from './bloom-filter';

/** Binary COPY: bytes before the first row, and of a row of an int4 and an int8 with their lengths. */
const HEADER_BYTES = 19;
const ROW_BYTES = 22;

/** @param query answers rows of an int4 and an int8, none of them null. */
export async function readFilter(client: pg.ClientBase, query: string): Promise<BloomFilter> {
  const filter = new BloomFilter();
  const stream = client.query(copyTo(`COPY (${query}) TO STDOUT (FORMAT binary)`));
  let rest: Buffer = Buffer.alloc(0);
  let skip = HEADER_BYTES;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    let at = skip;
    for (; at + ROW_BYTES <= bytes.length; at += ROW_BYTES) {
      filter.add(bytes.readInt32BE(at + 6), bytes.readInt32BE(at + 14), bytes.readInt32BE(at + 18));
    }
    skip = Math.max(0, at - bytes.length);
    rest = Buffer.from(bytes.subarray(Math.min(at, bytes.length)));
  }
  return filter;
}
