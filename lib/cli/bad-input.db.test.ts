/** `weir ingest` on files that are broken as a whole, or made to break it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { database } from '@/lib/database/client';
import { ownerPool, pool } from '@/lib/database/pool';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), 'weir-bad-'));
const LINES = 30_000;
const MB = 1_000_000;

const exchange = (n: number, account = `acct_${n % 100}`) =>
  `{"record":"exchange","exchange_id":"ex_${n}","account_id":"${account}","occurred_at":"2026-08-0${1 + (n % 9)}T00:00:00Z","ip":"10.0.0.${n % 250}"}`;
const text = `${Array.from({ length: LINES }, (_, n) => exchange(n)).join('\n')}\n`;

function file(name: string, content: string | Uint8Array): string {
  const at = path.join(folder, name);
  writeFileSync(at, content);
  return at;
}

/** Runs `weir ingest` as people do and watches the most memory that its process held. */
async function ingest(...args: string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'lib/cli/weir.ts', 'ingest', ...args], {
    cwd: root,
    env: { ...process.env, WEIR_STATE: folder },
  });
  let [stdout, stderr, memory] = ['', '', 0];
  child.stdout.on('data', (chunk) => {
    stdout += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    stderr += String(chunk);
  });
  const watch = setInterval(() => {
    try {
      memory = Math.max(memory, readPeak(child.pid!));
    } catch {
      // It ended.
    }
  }, 50);
  const [status] = await once(child, 'close');
  clearInterval(watch);
  return { status, stderr, memory, last: stdout.trimEnd().split('\n').at(-1) ?? '' };
}

/** Bytes, where the system says them; 0 elsewhere. */
const readPeak = (pid: number) =>
  process.platform === 'linux'
    ? Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024
    : 0;

const stored = async () => (await pool().query('SELECT 1 FROM exchange')).rowCount;
const latestRun = () => database().ingestRun.findFirst({ orderBy: { id: 'desc' } });

beforeEach(async () => {
  await ownerPool().query('TRUNCATE exchange, ingest_run, account_indicator, indicator, account CASCADE');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a file that was cut in the middle', () => {
  it.each([
    ['plain', Buffer.from(text)],
    ['gzip', gzipSync(text)],
  ])(
    '%s: what was whole is taken, the rest said in one line, exit 1, and the run is marked',
    async (name, whole) => {
      const cut = file(`cut.${name}`, whole.subarray(0, Math.floor(whole.length / 2) - 7));
      const { status, stderr, last } = await ingest(cut);
      expect(status).toBe(1);
      expect(stderr.trimEnd().split('\n')).toHaveLength(1);
      expect(stderr).toMatch(/cut off|ends early/);
      expect(stderr).toContain(`cut.${name}: `);
      expect(stderr).toMatch(/[\d,]+ records were taken before; ingest it again when it is whole/);
      expect(last).toBe('');
      const taken = (await stored())!;
      expect(taken).toBeGreaterThan(LINES * 0.4);
      expect(await latestRun()).toMatchObject({ state: 'failed', accepted: BigInt(taken) });

      const again = await ingest(file(`whole.${name}`, whole));
      expect(again.status).toBe(0);
      expect(JSON.parse(again.last)).toMatchObject({
        accepted: LINES - taken,
        rejected: 0,
        duplicates: taken,
      });
      expect(await stored()).toBe(LINES);
    },
  );
});

it('a gzip bomb is refused soon, with flat memory, and what came before it is taken', async () => {
  // Ten members that unpack to 100 MB of blank lines each: whoever reads to the end reads a thousand million lines.
  const blank = gzipSync(Buffer.alloc(100 * MB, '\n'));
  const bomb = file('bomb.gz', Buffer.concat([gzipSync(text), ...Array.from({ length: 10 }, () => blank)]));
  const { status, stderr, memory } = await ingest(bomb);
  expect(status).toBe(1);
  expect(stderr).toContain('unpack to more than 200 times their size, as no log does');
  expect(memory).toBeLessThan(400 * MB);
  expect(await stored()).toBe(LINES);
});

it('200,000 accounts that each appear once are taken with bounded memory', async () => {
  const once200k = path.join(folder, 'once.ndjson');
  function* lines() {
    for (let n = 0; n < 200_000; n++) yield `${exchange(n, `once_${n}`)}\n`;
  }
  await pipeline(Readable.from(lines()), createWriteStream(once200k));
  const { status, last, memory } = await ingest(once200k);
  expect(status).toBe(0);
  expect(JSON.parse(last)).toMatchObject({ accepted: 200_000, rejected: 0, duplicates: 0 });
  expect(memory).toBeLessThan(800 * MB);
  const { rows } = await pool().query(
    'SELECT count(*)::int AS accounts, sum(exchanges)::int AS exchanges, max(exchanges)::int AS most FROM account',
  );
  expect(rows).toEqual([{ accounts: 200_000, exchanges: 200_000, most: 1 }]);
  console.log(`200,000 accounts: ${JSON.parse(last).seconds} s, ${Math.round(memory / MB)} MB at most`);
}, 180_000);
