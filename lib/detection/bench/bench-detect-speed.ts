/**
 * How long a whole detection run takes: loading from Postgres, detecting and saving, in a process of its own; the
 * communities step beside C igraph's on the same graph; and the cost per account as accounts grow.
 *
 *   npm run bench:detect-speed [-- --accounts 10k,100k,1M] [--no-igraph]
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { withOwnDatabase } from './take-in';
import type { CommunitiesResult } from './time-communities';
import type { RunResult } from './time-run';
import { writeRollups } from './write-rollups';

const { values } = parseArgs({
  options: {
    accounts: { type: 'string', default: '10k,30k,100k' },
    igraph: { type: 'boolean', default: true },
  },
  allowNegative: true,
});

/** The system's Python, where Debian's python3-igraph puts its module. */
const PYTHON = '/usr/bin/python3';

const folder = mkdtempSync(path.join(tmpdir(), 'weir-speed-'));
try {
  for (const accounts of values.accounts.split(',').map(countOf)) await bench(accounts);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function bench(accounts: number): Promise<void> {
  await withOwnDatabase(async () => {
    const began = performance.now();
    const written = await writeRollups(accounts);
    say(
      `\n${whole(accounts)} accounts, ${whole(written.pairs)} pairs, ${whole(written.exchanges)} exchanges behind ` +
        `${whole(written.rows)} rollup rows (written in ${((performance.now() - began) / 1000).toFixed(0)} s)`,
    );
    const first = measure<RunResult>('time-run.ts');
    tellRun('first run', accounts, first);
    tellRun('again', accounts, measure<RunResult>('time-run.ts'));
    const edges = path.join(folder, 'edges');
    const ours = measure<CommunitiesResult>('time-communities.ts', edges);
    say(`  communities   of ${whole(ours.nodes)} nodes and ${whole(ours.edges)} edges`);
    for (const { iterations, seconds, modularity, communities } of ours.rounds) {
      say(
        `    ours, at most ${String(iterations).padStart(2)} iterations: ${found(seconds, modularity, communities)}`,
      );
    }
    if (values.igraph) tellIgraph(edges, ours);
  });
}

function tellRun(label: string, accounts: number, result: RunResult): void {
  const { processorSeconds, peakBytes, clusters } = result;
  const { load, detect, keep } = result.seconds;
  const all = load + detect + keep;
  say(
    `  ${label.padEnd(12)}  ${all.toFixed(1)} s: load ${load.toFixed(1)}, detect ${detect.toFixed(1)}, keep ${keep.toFixed(1)}; ` +
      `${((all / accounts) * 1e6).toFixed(0)} µs an account, ${((processorSeconds / accounts) * 1e6).toFixed(0)} of our processor; ` +
      `load average ${loadavg()[0]!.toFixed(1)}; peak ${whole(peakBytes / 1e6)} MB; ${clusters} clusters`,
  );
}

function tellIgraph(edges: string, ours: CommunitiesResult): void {
  const script = fileURLToPath(new URL('./igraph-leiden.py', import.meta.url));
  const child = spawnSync(PYTHON, [script, edges], { encoding: 'utf8', maxBuffer: 1 << 20 });
  if (child.status !== 0) {
    const why = child.stderr?.trim().split('\n').at(-1) ?? child.error?.message;
    say(`    igraph not compared (apt-get install python3-igraph): ${why}`);
    return;
  }
  child.stdout
    .trim()
    .split('\n')
    .forEach((line, i) => {
      const { iterations, seconds, modularity, communities } = JSON.parse(line) as Rounds;
      const ratio = ours.rounds[i]!.seconds / seconds;
      say(
        `    igraph,       ${String(iterations).padStart(2)} iterations: ${found(seconds, modularity, communities)}; ` +
          `ours takes ${ratio.toFixed(2)} of its time`,
      );
    });
}

type Rounds = CommunitiesResult['rounds'][number];

function found(seconds: number, modularity: number, communities: number): string {
  return `${seconds.toFixed(2)} s, modularity ${modularity.toFixed(4)}, ${whole(communities)} communities`;
}

/** Runs a program of this folder in a process of its own. @returns its last line. */
function measure<T>(program: string, ...args: string[]): T {
  const file = fileURLToPath(new URL(`./${program}`, import.meta.url));
  const answer = path.join(folder, 'answer.json');
  const child = spawnSync(process.execPath, ['--import', 'tsx', file, answer, ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (child.status !== 0) throw new Error(`${program} ended with ${child.status ?? child.signal}`);
  return JSON.parse(readFileSync(answer, 'utf8')) as T;
}

function countOf(text: string): number {
  const [, digits, unit] = /^(\d+)([kM]?)$/.exec(text) ?? [];
  if (!digits) throw new Error(`${text} is no count: write 10k, 1M or 100000`);
  return Number(digits) * (unit === 'M' ? 1_000_000 : unit === 'k' ? 1_000 : 1);
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en');
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
