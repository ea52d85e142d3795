/** What the bench holds ingest against: a limit, a floor, and what a user would write. Each in rows a second. */
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { database } from '@/lib/database/client';
import { ownerPool } from '@/lib/database/pool';
import { readLines } from '@/lib/records/read-lines';

/** Stored rows again, by binary COPY, into a table with the same partitions and no index. */
export async function timeBinaryCopy(rows: number): Promise<number> {
  const client = await ownerPool().connect();
  try {
    await client.query('CREATE TABLE exchange_again (LIKE exchange) PARTITION BY RANGE (occurred_at)');
    await client.query(
      `DO $$ DECLARE part record; BEGIN
         FOR part IN SELECT c.relname, pg_get_expr(c.relpartbound, c.oid) AS bound FROM pg_inherits i
           JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'exchange'::regclass
         LOOP EXECUTE format('CREATE TABLE %I PARTITION OF exchange_again %s', 'again_' || part.relname, part.bound);
         END LOOP; END $$`,
    );
    const chunks: Buffer[] = [];
    const out = client.query(
      copyTo(`COPY (SELECT * FROM exchange LIMIT ${Math.floor(rows)}) TO STDOUT (FORMAT binary)`),
    );
    for await (const chunk of out) chunks.push(chunk as Buffer);
    const bytes = Buffer.concat(chunks);
    const pieces = Array.from({ length: Math.ceil(bytes.length / (1 << 20)) }, (_, n) =>
      bytes.subarray(n << 20, (n + 1) << 20),
    );
    const began = performance.now();
    await pipeline(
      Readable.from(pieces),
      client.query(copyFrom('COPY exchange_again FROM STDIN (FORMAT binary)')),
    );
    const seconds = (performance.now() - began) / 1000;
    await client.query('DROP TABLE exchange_again');
    return rows / seconds;
  } finally {
    client.release();
  }
}

/** The same lines given to JSON.parse, and nothing else: reading them is not timed. */
export async function timeJsonParse(file: string, most: number): Promise<number> {
  const texts: string[] = [];
  for await (const batch of readLines(createReadStream(file, { start: 0 }))) {
    for (const line of batch) {
      if ('text' in line && line.text.startsWith('{"record":"exchange"')) texts.push(line.text);
    }
    if (texts.length >= most) break;
  }
  const began = performance.now();
  for (const text of texts) JSON.parse(text);
  return (texts.length / (performance.now() - began)) * 1000;
}

/** Rows of four columns by Prisma, 5,000 at a time: narrower than an exchange, which flatters Prisma. */
export async function timeCreateMany(rows: number): Promise<number> {
  const began = performance.now();
  for (let from = 0; from < rows; from += 5_000) {
    await database().observation.createMany({
      data: Array.from({ length: Math.min(5_000, rows - from) }, (_, n) => ({
        accountKey: 1_000_000 + from + n,
        indicatorId: BigInt(from + n),
        observedAt: new Date(),
        count: 1,
      })),
    });
  }
  return (rows / (performance.now() - began)) * 1000;
}
