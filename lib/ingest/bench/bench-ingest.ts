/**
 * `npm run bench:ingest [-- --exchanges 16M] [--accounts 100k] [--only plain|prompts|once] [--no-repeat]`: writes a
 * world without prompts, one with prompts, and one of 200,000 accounts that each appear once; takes each in through the
 * real path into a Postgres of its own, and sets the speed against three others of the same run. From 2 million
 * exchanges on it tells what the first, second, next two, next four and next eight million cost each.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { closeDatabase } from '@/lib/database/client';
import { startEmbeddedPostgres, stopEmbeddedPostgres } from '@/lib/database/embedded-postgres';
import { migrate } from '@/lib/database/migrate';
import { prepareAppRole } from '@/lib/database/prepare-app-role';
import { Figures } from './figures';
import { runWorld } from './run-world';
import { WORLD_KINDS, writeWorld } from './write-world';

const ONCE = 200_000;
const TITLES = { plain: 'without prompts', prompts: 'with prompts', once: 'accounts once each' } as const;

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
const figures = new Figures();
const asked = { exchanges: countOf(values.exchanges), accounts: countOf(values.accounts) };
try {
  for (const kind of WORLD_KINDS) {
    if (values.only && values.only !== kind) continue;
    const world = { kind, ...(kind === 'once' ? { exchanges: ONCE, accounts: ONCE } : asked) };
    process.stdout.write(
      `${TITLES[kind]}: ${world.exchanges.toLocaleString('en')} exchanges are written …\n`,
    );
    await writeWorld(file, world);
    process.stdout.write('and taken in …\n');
    figures.addWorld(TITLES[kind]);
    await withPostgres((pid) => runWorld(file, world, figures, pid, !values['no-repeat']));
    // After each, so that who stops it early has what was measured.
    process.stdout.write(`\n${figures}\n\n`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function withPostgres(work: (pid: number) => Promise<void>): Promise<void> {
  const home = mkdtempSync(path.join(folder, 'state-'));
  chmodSync(home, 0o711);
  const server = await startEmbeddedPostgres(home);
  process.env.DATABASE_URL = server.url;
  try {
    await migrate(server.url);
    await prepareAppRole(server.url);
    await work(server.pid);
  } finally {
    await closeDatabase();
    await stopEmbeddedPostgres(server.pid);
    rmSync(home, { recursive: true, force: true });
  }
}

function countOf(text: string): number {
  const [, digits, unit] = /^(\d+)([kM]?)$/.exec(text.replaceAll('_', '')) ?? [];
  if (!digits) throw new Error(`${text} is no count: write 200k, 16M or 16000000`);
  return Number(digits) * (unit === 'M' ? 1_000_000 : unit === 'k' ? 1_000 : 1);
}
