/**
 * `npm run bench:intel [-- INDICATORS]`: takes in a bundle of that many indicators (a million unless said) and compares
 * them with a store of as many addresses, in a Postgres of its own; set against a plain COPY of the same rows into a
 * table without an index. The bundle's text is made beforehand, in pieces as a file gives them.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { closeDatabase } from '@/lib/database/client';
import { BinaryRows, copyRows } from '@/lib/database/copy-binary';
import { startEmbeddedPostgres, stopEmbeddedPostgres } from '@/lib/database/embedded-postgres';
import { migrate } from '@/lib/database/migrate';
import { ownerPool, pool } from '@/lib/database/pool';
import { prepareAppRole } from '@/lib/database/prepare-app-role';
import { importObjects } from '../partners/import-objects';
import { matchPartners } from '../partners/match-partners';

const INDICATORS = Number(process.argv[2] ?? 1_000_000);
const PIECE = 1_000;

async function timed<T>(what: string, work: () => Promise<T>): Promise<{ value: T; seconds: number }> {
  const began = performance.now();
  const value = await work();
  const seconds = (performance.now() - began) / 1000;
  console.log(`${seconds.toFixed(2).padStart(8)} s  ${what}`);
  return { value, seconds };
}

const address = (n: number) => {
  const spread = (n * 2_654_435_761) % 2 ** 32;
  return [24, 16, 8, 0].map((shift) => Math.floor(spread / 2 ** shift) % 256).join('.');
};

const indicator = (n: number) => ({
  type: 'indicator',
  spec_version: '2.1',
  id: `indicator--00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  created: '2026-09-01T00:00:00.000Z',
  modified: '2026-09-01T00:00:00.000Z',
  name: `Address ${address(n)}`,
  indicator_types: ['malicious-activity'],
  pattern: `[ipv4-addr:value = '${address(n)}']`,
  pattern_type: 'stix',
  valid_from: '2026-09-01T00:00:00Z',
  valid_until: '2099-01-01T00:00:00Z',
  confidence: 60,
  object_marking_refs: ['marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421'],
});

function makeBundle(): Buffer[] {
  const pieces = [
    Buffer.from('{"type":"bundle","id":"bundle--00000000-0000-4000-8000-000000000000","objects":['),
  ];
  for (let from = 0; from < INDICATORS; from += PIECE) {
    const some = Array.from({ length: Math.min(PIECE, INDICATORS - from) }, (_, n) =>
      JSON.stringify(indicator(from + n)),
    );
    pieces.push(Buffer.from(`${from > 0 ? ',' : ''}${some.join(',')}`));
  }
  pieces.push(Buffer.from(']}'));
  return pieces;
}

/** The same rows as they end in the table, into one that nothing keeps in order. */
async function copyPlainly(): Promise<void> {
  const client = await ownerPool().connect();
  try {
    await client.query(`CREATE TABLE plain (partner_id int, stix_id text, ordinal int, kind text, value text,
      indicator_id bigint, tlp text, confidence int, valid_from timestamptz, valid_until timestamptz,
      modified timestamptz, import_id int)`);
    const columns =
      'partner_id stix_id ordinal kind value indicator_id tlp confidence valid_from valid_until modified import_id';
    const rows = new BinaryRows();
    for (let n = 0; n < INDICATORS; n++) {
      rows.row(12);
      rows.int4(1);
      rows.text(`indicator--00000000-0000-4000-8000-${String(n).padStart(12, '0')}`);
      rows.int4(0);
      rows.text('ip');
      rows.text(address(n));
      rows.int8(n);
      rows.text('amber');
      rows.int4(60);
      for (let time = 0; time < 3; time++) rows.timestamp(1_788_000_000_000);
      rows.int4(1);
      if (rows.count < 20_000) continue;
      await copyRows(client, 'plain', columns.split(' '), rows);
      rows.clear();
    }
    await copyRows(client, 'plain', columns.split(' '), rows);
  } finally {
    client.release();
  }
}

const folder = mkdtempSync(path.join(tmpdir(), 'weir-bench-'));
chmodSync(folder, 0o711);
const server = await startEmbeddedPostgres(folder);
process.env.DATABASE_URL = server.url;
try {
  await migrate(server.url);
  await prepareAppRole(server.url);
  const bundle = makeBundle();
  const bytes = bundle.reduce((sum, piece) => sum + piece.length, 0);
  console.log(`${INDICATORS} indicators, ${(bytes / 1e6).toFixed(0)} MB`);
  const plain = await timed('plain COPY of the same rows', copyPlainly);
  const from = { partner: 'Bench', via: 'cli', label: 'bench' } as const;
  const actor = { kind: 'cli', name: 'bench' } as const;
  const first = await timed('import', () => importObjects(actor, bundle, from));
  const again = await timed('the same again, which changes nothing', () =>
    importObjects(actor, bundle, from),
  );
  await pool().query(
    'INSERT INTO indicator (id, kind, value) SELECT indicator_id, kind, value FROM partner_indicator',
  );
  await pool().query(`INSERT INTO account (id) SELECT 'a' || n FROM generate_series(1, 1000) AS n`);
  const match = await timed('comparing with a store that holds all of them', () => matchPartners());
  console.log(`${first.value.fresh} values taken, ${first.value.held} held; again ${again.value.fresh}`);
  const ratio = (seconds: number) => (seconds / plain.seconds).toFixed(1);
  console.log(
    `import ${ratio(first.seconds)} times, again ${ratio(again.seconds)} times, comparing ${ratio(match.seconds)} times as long as the plain COPY`,
  );
} finally {
  await closeDatabase();
  await stopEmbeddedPostgres(server.pid);
  rmSync(folder, { recursive: true, force: true });
}
