/** Records → ingest → snapshot, in a Postgres of its own that is gone afterwards. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadSnapshot } from '@/lib/clusters/load-snapshot';
import { closeDatabase } from '@/lib/database/client';
import { startEmbeddedPostgres, stopEmbeddedPostgres } from '@/lib/database/embedded-postgres';
import { migrate } from '@/lib/database/migrate';
import { prepareAppRole } from '@/lib/database/prepare-app-role';
import { ingestRecords } from '@/lib/ingest/ingest-records';
import { sketchThreads } from '@/lib/ingest/sketch-threads';
import type { Snapshot } from '../schema';

const ACTOR = { kind: 'cli', name: 'bench' } as const;

/** Runs `work` with an empty, migrated database open. */
export async function withOwnDatabase<T>(work: () => Promise<T>): Promise<T> {
  const home = mkdtempSync(path.join(tmpdir(), 'weir-bench-'));
  chmodSync(home, 0o711);
  const server = await startEmbeddedPostgres(home, { fsync: 'off' });
  process.env.DATABASE_URL = server.url;
  try {
    await migrate(server.url);
    await prepareAppRole(server.url);
    return await work();
  } finally {
    await closeDatabase();
    await stopEmbeddedPostgres(server.pid);
    rmSync(home, { recursive: true, force: true });
  }
}

/** @param bytes NDJSON. @param days the window. @throws Error when a record is refused. */
export function takeIn(bytes: AsyncIterable<Uint8Array>, days: number | 'all'): Promise<Snapshot> {
  return withOwnDatabase(async () => {
    const { rejected } = await ingestRecords(ACTOR, bytes, { source: 'bench', reader: sketchThreads });
    if (rejected > 0) throw new Error(`${rejected} records were refused`);
    return (await loadSnapshot(days)).snapshot;
  });
}

export async function* toLines(records: Iterable<unknown>): AsyncGenerator<Buffer> {
  let text = '';
  for (const record of records) {
    text += `${JSON.stringify(record)}\n`;
    if (text.length > 1 << 18) {
      yield Buffer.from(text);
      text = '';
    }
  }
  if (text) yield Buffer.from(text);
}
