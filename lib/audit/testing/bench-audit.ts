/**
 * `npm run bench:audit`: what the audit costs those who write it, how far its signatures lag behind, how fast it is
 * verified. Ratios hold within one run; the machine's own noise is shown by the plain inserts beside them.
 *   --quick  a fifth of the entries   --long  verifies 10 million entries as well
 */
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Actor } from '@/lib/access/schema';
import { closeDatabase } from '@/lib/database/client';
import { startEmbeddedPostgres, stopEmbeddedPostgres } from '@/lib/database/embedded-postgres';
import { migrate } from '@/lib/database/migrate';
import { ownerPool, pool } from '@/lib/database/pool';
import { prepareAppRole } from '@/lib/database/prepare-app-role';
import { inTransaction } from '@/lib/database/transaction';
import { runSequencer } from '../run-sequencer';
import type { NewAuditEntry } from '../schema';
import { verifyDatabase } from '../verify-database';
import { writeAudit, writeAudits } from '../write-audit';
import { makeLog, makeSigner } from './make-log';

const WRITERS = 16;
const quick = process.argv.includes('--quick');
const PROGRAM = fileURLToPath(new URL('../verifier/verify-log.mjs', import.meta.url));
const analyst: Actor = { kind: 'user', id: 7, name: 'Ann', email: 'ann@example.com', role: 'analyst' };
const root: Actor = { kind: 'cli', name: 'root' };

const entry = (n: number): NewAuditEntry => ({
  verb: 'cluster.confirm',
  object: { type: 'cluster', id: String(n), label: 'Copper heron' },
  reason: 'All on one card, one template, one hour of the day.',
  before: { status: 'in_review', assignee: 'Ann' },
  after: { status: 'confirmed', assignee: 'Ann', reason_code: 'coordinated' },
  detail: { accounts: 412, score: 31.5 },
});

let failed = false;
function report(name: string, value: number, limit: string, holds: boolean): void {
  failed ||= !holds;
  console.log(
    `${holds ? 'ok  ' : 'MISS'}  ${name.padEnd(58)} ${value.toLocaleString('en').padStart(10)}  (${limit})`,
  );
}

/** Calls `work` from 16 writers at once until the time is over. @returns calls a second */
async function rate(seconds: number, work: (n: number) => Promise<unknown>): Promise<number> {
  const began = performance.now();
  const until = began + seconds * 1_000;
  let calls = 0;
  const writer = async () => {
    while (performance.now() < until) await work(calls++);
  };
  await Promise.all(Array.from({ length: WRITERS }, writer));
  return calls / ((performance.now() - began) / 1_000);
}

/** Appends against inserts of the same row, in the same kind of transaction, into a table without anything. */
async function benchAppends(): Promise<void> {
  await ownerPool().query(`CREATE TABLE plain_entry (LIKE audit_entry INCLUDING DEFAULTS INCLUDING INDEXES);
    DROP INDEX plain_entry_xid_id_idx; GRANT INSERT ON plain_entry TO weir_app`);
  const append = (n: number) => inTransaction((tx) => writeAudit(tx, analyst, entry(n)));
  const plain = (n: number) => {
    const { verb, object, reason, before, after, detail } = entry(n);
    return inTransaction(
      (tx) => tx.$executeRaw`
        INSERT INTO plain_entry (at, actor, actor_name, verb, object_type, object_id, object_label, outcome, reason,
          before, after, detail)
        VALUES (${new Date()}, 'user:7', 'Ann', ${verb}, ${object.type}, ${`CL-${object.id}`}, ${object.label}, 'done',
          ${reason}, ${JSON.stringify(before)}::jsonb, ${JSON.stringify(after)}::jsonb, ${JSON.stringify(detail)}::jsonb)`,
    );
  };
  await rate(1, append);
  await rate(1, plain);
  const ratios: number[] = [];
  for (let round = 0; round < (quick ? 5 : 11); round++) {
    // Now one first, now the other: what else the machine does changes meanwhile.
    const first = round % 2 === 0 ? await rate(1.5, append) : 0;
    const inserts = await rate(1.5, plain);
    const appends = first || (await rate(1.5, append));
    ratios.push(appends / inserts);
    console.log(`      ${Math.round(appends)} appends/s, ${Math.round(inserts)} plain inserts/s`);
  }
  const median = ratios.sort((a, b) => a - b)[ratios.length >> 1]!;
  report(
    'appends by 16 writers, of plain inserts',
    Math.round(median * 100) / 100,
    'at least .8',
    median >= 0.8,
  );
}

/** Writers at a steady rate beside the sequencer in a process of its own, as the worker runs it. */
async function benchLag(perSecond: number, seconds: number): Promise<void> {
  const sequencer = fork(fileURLToPath(import.meta.url), ['--sequence'], { execArgv: ['--import', 'tsx'] });
  const [{ first }] = (await pool().query('SELECT coalesce(max(id), 0) AS first FROM audit_entry')).rows;
  const began = performance.now();
  let written = 0;
  const TOGETHER = 10;
  const writer = async () => {
    while (written < perSecond * seconds) {
      written += TOGETHER;
      const mine = written;
      const entries = Array.from({ length: TOGETHER }, (_, n) => entry(mine + n));
      await inTransaction((tx) => writeAudits(tx, analyst, entries));
      await delay(Math.max(0, (mine / perSecond) * 1_000 - (performance.now() - began)));
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, writer));
  const took = (performance.now() - began) / 1_000;
  const waiting =
    'SELECT (SELECT count(*) FROM audit_entry) - coalesce((SELECT max(size) FROM audit_checkpoint), 0) AS n';
  while ((await pool().query(waiting)).rows[0].n > 0) await delay(200);
  sequencer.kill('SIGTERM');
  await once(sequencer, 'exit');
  const { rows } = await pool().query<{ p50: number; p95: number; most: number }>(
    `WITH lags AS (
       SELECT extract(epoch FROM (
         SELECT c.signed_at FROM audit_checkpoint c WHERE c.size > l."index" ORDER BY c.size LIMIT 1) - e.at) AS lag
       FROM audit_leaf l JOIN audit_entry e ON e.id = l.entry_id WHERE e.id > $1)
     SELECT percentile_cont(.5) WITHIN GROUP (ORDER BY lag) AS p50,
       percentile_cont(.95) WITHIN GROUP (ORDER BY lag) AS p95, max(lag)::float8 AS most FROM lags`,
    [first],
  );
  const { p50, p95, most } = rows[0]!;
  console.log(
    `      ${Math.round(written / took)} entries/s for ${Math.round(took)} s; median ${p50.toFixed(1)} s, longest ${most.toFixed(1)} s`,
  );
  const lag = Math.round(p95 * 10) / 10;
  report(
    `seconds until signed, 95th percentile, ${perSecond} entries/s`,
    lag,
    'under 10',
    p95 < 10 && written / took > 0.95 * perSecond,
  );
}

async function benchDatabase(): Promise<void> {
  const began = performance.now();
  const found = await verifyDatabase(root);
  if (!found.ok) throw new Error(found.problem);
  const seconds = (performance.now() - began) / 1_000;
  console.log(`      the database's own ${found.entries} entries verified in ${seconds.toFixed(1)} s`);
}

/** Verifies as many entries offline: from a file, or as they are made (its time is then the maker's). */
async function benchVerifier(folder: string, entries: number, from: 'file' | 'pipe'): Promise<void> {
  const signer = makeSigner('weir/bench');
  const file = path.join(folder, 'log.ndjson');
  if (from === 'file') await feed(makeLog(signer, entries, 20_000), createWriteStream(file));
  const measure = `process.on('exit', () => console.error(process.resourceUsage().maxRSS));
    import(require('node:url').pathToFileURL(process.argv[1]).href)`;
  const began = performance.now();
  const args = ['-e', measure, PROGRAM, from === 'file' ? file : '-', '--key', signer.publicKey];
  const verifier = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  let [said, told] = ['', ''];
  verifier.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  verifier.stderr.setEncoding('utf8').on('data', (text: string) => (told += text));
  const over = once(verifier, 'close');
  if (from === 'pipe') await feed(makeLog(signer, entries, 20_000), verifier.stdin);
  await over;
  const seconds = (performance.now() - began) / 1_000;
  if (!said.includes(`"ok":true,"entries":${entries}`)) throw new Error(`${said}${told}`);
  const megabytes = Math.round(Number(told.trim().split('\n').at(-1)) / 1_024);
  const name = `${entries.toLocaleString('en')} entries`;
  if (from === 'file') {
    const limit = (15 * entries) / 1_000_000;
    report(`${name}: seconds to verify`, Math.round(seconds * 10) / 10, `under ${limit}`, seconds < limit);
  }
  report(`${name}: megabytes at most`, megabytes, 'under 300', megabytes < 300);
}

async function feed(lines: Iterable<string>, stream: NodeJS.WritableStream): Promise<void> {
  let text = '';
  for (const line of lines) {
    text += `${line}\n`;
    if (text.length < 1 << 18) continue;
    if (!stream.write(text)) await once(stream, 'drain');
    text = '';
  }
  stream.end(text);
  if (stream !== process.stdout) await once(stream, 'finish');
}

async function sequenceUntilTold(): Promise<void> {
  const over = new AbortController();
  process.on('SIGTERM', () => over.abort());
  await runSequencer(over.signal, console.error);
  await closeDatabase();
  process.exit(0);
}

async function bench(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'weir-bench-'));
  chmodSync(folder, 0o711);
  process.env.WEIR_STATE = folder;
  process.env.WEIR_POOL = String(WRITERS);
  const server = await startEmbeddedPostgres(folder);
  try {
    process.env.DATABASE_URL = server.url;
    await migrate(server.url);
    await prepareAppRole(server.url);
    await benchAppends();
    await benchLag(2_000, quick ? 12 : 60);
    await benchDatabase();
    await benchVerifier(folder, quick ? 200_000 : 1_000_000, 'file');
    if (process.argv.includes('--long')) await benchVerifier(folder, 10_000_000, 'pipe');
  } finally {
    await closeDatabase();
    await stopEmbeddedPostgres(server.pid);
    rmSync(folder, { recursive: true, force: true });
  }
  process.exitCode = failed ? 1 : 0;
}

await (process.argv.includes('--sequence') ? sequenceUntilTold() : bench());
