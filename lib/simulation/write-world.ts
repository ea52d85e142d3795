import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { WeirRecord } from '@/lib/records/schema';
import type { SimulatedWorld } from './simulate-world';

/** Records are handed to gzip in pieces of this many characters. */
const PIECE_CHARS = 262_144;

/**
 * Writes `records.ndjson.gz` and `truth.json` into a folder, which is made when missing, while the world is told:
 * memory does not grow with it.
 * @throws the file system's error when the folder cannot be written.
 */
export async function writeWorld(
  world: SimulatedWorld,
  folder: string,
): Promise<{ records: number; accounts: number; exchanges: number }> {
  await mkdir(folder, { recursive: true });
  let records = 0;
  const count = () => records++;
  await pipeline(
    () => pieces(world.records, count),
    createGzip({ level: 2 }),
    createWriteStream(join(folder, 'records.ndjson.gz')),
  );
  await writeFile(join(folder, 'truth.json'), `${JSON.stringify(world.truth)}\n`);
  const exchanges = Object.values(world.truth.exchanges).reduce((sum, each) => sum + each, 0);
  return { records, accounts: world.truth.accounts, exchanges };
}

function* pieces(records: Iterable<WeirRecord>, count: () => void): Generator<string> {
  let piece = '';
  for (const record of records) {
    count();
    piece += `${JSON.stringify(record)}\n`;
    if (piece.length < PIECE_CHARS) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}
