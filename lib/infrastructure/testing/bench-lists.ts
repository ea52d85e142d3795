/**
 * `npm run bench:lists [-- NETWORKS ADDRESSES]`: imports a list of that many networks and matches it against that many
 * addresses in a Postgres of its own; set against reading the same addresses alone, and against asking Postgres for
 * each of a sample by a GiST index on the networks.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { closeDatabase } from '@/lib/database/client';
import { startEmbeddedPostgres, stopEmbeddedPostgres } from '@/lib/database/embedded-postgres';
import { migrate } from '@/lib/database/migrate';
import { ownerPool, pool } from '@/lib/database/pool';
import { prepareAppRole } from '@/lib/database/prepare-app-role';
import { importList } from '../import-list';
import { matchListed } from '../match-listed';

const NETWORKS = Number(process.argv[2] ?? 100_000);
const ADDRESSES = Number(process.argv[3] ?? 1_000_000);
const SAMPLE = 20_000;

async function timed<T>(what: string, work: () => Promise<T>): Promise<{ value: T; seconds: number }> {
  const began = performance.now();
  const value = await work();
  const seconds = (performance.now() - began) / 1000;
  console.log(`${seconds.toFixed(2).padStart(8)} s  ${what}`);
  return { value, seconds };
}

/** Networks of /24 to /30 all over IPv4, in an order that repeats. */
function makeList(): string {
  const lines: string[] = [];
  for (let i = 0; i < NETWORKS; i++) {
    const bits = 24 + (i % 7);
    const start = Math.floor(((i * 2_654_435_761) % 2 ** 32) / 2 ** (32 - bits)) * 2 ** (32 - bits);
    lines.push(`${[24, 16, 8, 0].map((shift) => Math.floor(start / 2 ** shift) % 256).join('.')}/${bits}`);
  }
  return lines.join('\n');
}

const folder = mkdtempSync(path.join(tmpdir(), 'weir-bench-'));
chmodSync(folder, 0o711);
const server = await startEmbeddedPostgres(folder);
process.env.DATABASE_URL = server.url;
try {
  await migrate(server.url);
  await prepareAppRole(server.url);
  await pool().query(
    `INSERT INTO indicator (id, kind, value)
     SELECT n, 'ip', host('0.0.0.0'::inet + (n * 40503::bigint * 7919) % 4294967296) FROM generate_series(1, $1::bigint) AS n`,
    [ADDRESSES],
  );
  const until = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  const list = { name: 'bench', type: 'vpn', source: 'made here', until, text: makeList() };
  const report = await timed(`import of ${NETWORKS} networks`, () =>
    importList({ kind: 'cli', name: 'bench' }, list),
  );
  const read = await timed(`reading ${ADDRESSES} addresses alone`, () =>
    pool().query({ rowMode: 'array', text: `SELECT id::text, value FROM indicator WHERE kind = 'ip'` }),
  );
  const match = await timed('reading and matching them', () => matchListed(new Date()));
  await ownerPool().query(
    `CREATE TABLE bench_network AS SELECT value::cidr AS network FROM infrastructure_entry;
     CREATE INDEX ON bench_network USING gist (network inet_ops); ANALYZE bench_network`,
  );
  const gist = await timed(`Postgres with GiST, ${SAMPLE} of them`, () =>
    ownerPool().query(
      `SELECT count(*) FROM (SELECT value::inet AS ip FROM indicator LIMIT ${SAMPLE}) i
       WHERE EXISTS (SELECT FROM bench_network n WHERE n.network >>= i.ip)`,
    ),
  );
  console.log(`${report.value.taken} networks taken, ${match.value.size} addresses listed`);
  console.log(`matching costs ${(match.seconds / read.seconds).toFixed(1)} times reading alone`);
  console.log(
    `GiST for all of them: ${((gist.seconds * ADDRESSES) / SAMPLE / match.seconds).toFixed(1)} times as long`,
  );
} finally {
  await closeDatabase();
  await stopEmbeddedPostgres(server.pid);
  rmSync(folder, { recursive: true, force: true });
}
