import { readFileSync } from 'node:fs';
import { checkRecord } from '../../parse-record';
import { CutInputError } from '../../read-lines';
import type { Adapter } from '../adapter';

export const NOW = new Date('2026-09-30T12:00:00Z');

export interface Adapted {
  records: Record<string, unknown>[];
  also: Record<string, unknown>[];
  rejects: { number: number; reason: string }[];
  /** Where an input that was cut off ends. */
  cut?: string;
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
  const batches = adapter.read(inPieces(Buffer.from(bytes), pieceSize));
  for (;;) {
    const next = await batches.next().catch((error: unknown) => {
      if (!(error instanceof CutInputError)) throw error;
      read.cut = error.message;
    });
    if (!next || next.done) break;
    for (const row of next.value) {
      const checked =
        'reason' in row ? { ok: false as const, reason: row.reason } : checkRecord(row.record, NOW);
      if (checked.ok) read.records.push(checked.record);
      else read.rejects.push({ number: row.number, reason: checked.reason });
      if ('also' in row) read.also.push(...(row.also as Record<string, unknown>[]));
    }
  }
  return read;
}
