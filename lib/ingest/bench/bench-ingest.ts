/**
 * `npm run bench:ingest [-- --exchanges 16M] [--accounts 100k] [--only plain|prompts] [--no-repeat]`: writes a world
 * without and one with prompts, takes each in through the real path into a Postgres of its own, and sets the speed
 * against three others of the same run.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { closeDatabase } from '@/lib/database/client';
import { startEmbeddedPostgres, stopEmbeddedPostgres } from '@/lib/database/embedded-postgres';
import { migrate } from '@/lib/database/migrate';
import { prepareAppRole } from '@/lib/database/prepare-app-role';
import { runWorld } from './run-world';
import { writeWorld } from './write-world';

const { values } = parseArgs({
  options: {
    exchanges: { type: 'string', default: '500k' },
    accounts: { type: 'string', default: '100k' },
    only: { type: 'string' },
    'no-repeat': { type: 'boolean', default: false },
  },
});

const folder = mkdtempSync(path.join(tmpdir(), 'weir-bench-'));
chmodSync(folder, 0o711);
const file = path.join(folder, 'world.ndjson');
const options = { exchanges: countOf(values.exchanges), accounts: countOf(values.accounts) };
try {
  for (const kind of ['plain', 'prompts']) {
    if (values.only && values.only !== kind) continue;
    process.stdout.write(`\n${kind === 'plain' ? 'without prompts' : 'with prompts of 400 characters'}\n`);
    await writeWorld(file, { ...options, prompts: kind === 'prompts' });
    const home = mkdtempSync(path.join(folder, 'state-'));
    chmodSync(home, 0o711);
    const server = await startEmbeddedPostgres(home);
    process.env.DATABASE_URL = server.url;
    try {
      await migrate(server.url);
      await prepareAppRole(server.url);
      await runWorld(file, options.accounts, !values['no-repeat']);
    } finally {
      await closeDatabase();
      await stopEmbeddedPostgres(server.pid);
      rmSync(home, { recursive: true, force: true });
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function countOf(text: string): number {
  const [, digits, unit] = /^(\d+)([kM]?)$/.exec(text.replaceAll('_', '')) ?? [];
  if (!digits) throw new Error(`${text} is no count: write 200k, 16M or 16000000`);
  return Number(digits) * (unit === 'M' ? 1_000_000 : unit === 'k' ? 1_000 : 1);
}
