import { readFileSync } from 'node:fs';
import { checkRecord } from '../../parse-record';
import type { Adapter } from '../adapter';

export const NOW = new Date('2026-09-30T12:00:00Z');

export interface Adapted {
  records: Record<string, unknown>[];
  also: Record<string, unknown>[];
  rejects: { number: number; reason: string }[];
}

/** A fixture of this folder. */
export const fixture = (name: string): Buffer => readFileSync(new URL(name, import.meta.url));

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

/** Everything that an adapter makes of some bytes, checked as ingest checks it. */
export async function readAdapted(
  adapter: Adapter,
  bytes: Uint8Array | string,
  pieceSize = 1000,
): Promise<Adapted> {
  const read: Adapted = { records: [], also: [], rejects: [] };
  for await (const rows of adapter.read(inPieces(Buffer.from(bytes), pieceSize))) {
    for (const row of rows) {
      const checked =
        'reason' in row ? { ok: false as const, reason: row.reason } : checkRecord(row.record, NOW);
      if (checked.ok) read.records.push(checked.record);
      else read.rejects.push({ number: row.number, reason: checked.reason });
      if ('also' in row) read.also.push(...(row.also as Record<string, unknown>[]));
    }
  }
  return read;
}
