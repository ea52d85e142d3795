/**
 * How often is an account innocent that detection holds in a cluster? Counted on simulated worlds, whose truth is known,
 * by what a proposal knows of the account: the quadrant of its cluster, how strongly it is held, and by how many
 * independent kinds of evidence. Prints the table of lib/enforcement/wrong-share-table.ts.
 *
 *   npm run -s calibrate -- [--seeds 101,102,...] [--honest 301,...] [--silent 401,...] [--medium 201,...]
 *
 * Each takes seeds: worlds of the demo's scale with campaigns, such without any, such whose honest resellers, labs and
 * agencies do not say who they are, and larger ones.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runDetection } from '@/lib/clusters/run-detection';
import { database } from '@/lib/database/client';
import { inTransaction } from '@/lib/database/transaction';
import { listCandidates } from '@/lib/enforcement/list-candidates';
import { wrongBin } from '@/lib/enforcement/wrong-share';
import { ingestRecords } from '@/lib/ingest/ingest-records';
import type { Knobs } from '@/lib/simulation/knobs';
import type { Scale } from '@/lib/simulation/scales';
import { simulateWorld } from '@/lib/simulation/simulate-world';
import { cliActor, printResult, withState } from './with-state';

/** The world's last moment, the same on every day. */
const WORLD_END = new Date('2026-09-24T12:00:00Z');

/** Of one bin: accounts held, innocent ones among them, clusters and simulated worlds that they come from. */
type Counts = Record<string, { held: number; innocent: number; clusters: number }>;

interface World {
  scale: Scale;
  seed: number;
  knobs: Partial<Knobs>;
}

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '101,102,103,104,105,106' },
    honest: { type: 'string', default: '301,302,303' },
    silent: { type: 'string', default: '401,402' },
    medium: { type: 'string', default: '201,202' },
    one: { type: 'string' },
  },
});
if (values.one === undefined) {
  calibrate([
    ...worldsOf('demo', values.seeds, {}),
    ...worldsOf('demo', values.honest, { campaigns: 0 }),
    ...worldsOf('demo', values.silent, { undeclared: 1 }),
    ...worldsOf('medium', values.medium, {}),
  ]);
} else {
  const world = JSON.parse(values.one) as World;
  await withState(async () => printResult({ counts: await countWorld(world) }));
}

function worldsOf(scale: Scale, seeds: string, knobs: Partial<Knobs>): World[] {
  return seeds.split(',').flatMap((seed) => (seed === '' ? [] : { scale, seed: Number(seed), knobs }));
}

/** Each world in a process and a state folder of its own. */
function calibrate(worlds: readonly World[]): void {
  const sum: Counts = {};
  for (const world of worlds) {
    const state = mkdtempSync(path.join(tmpdir(), 'weir-calibrate-'));
    chmodSync(state, 0o711);
    const child = spawnSync(
      process.execPath,
      ['--import', 'tsx', fileURLToPath(import.meta.url), '--one', JSON.stringify(world)],
      { env: { ...process.env, WEIR_STATE: state }, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
    );
    rmSync(state, { recursive: true, force: true });
    if (child.status !== 0) throw new Error(`${JSON.stringify(world)} ended with ${child.status}`);
    const { counts } = JSON.parse(child.stdout.trim().split('\n').at(-1)!) as { counts: Counts };
    for (const [bin, count] of Object.entries(counts)) add(sum, bin, count);
    console.error(`${JSON.stringify(world)}: ${JSON.stringify(counts)}`);
  }
  for (const [bin, { held, innocent, clusters }] of Object.entries(sum).sort()) {
    console.log(`  '${bin}': [${held}, ${innocent}, ${clusters}],`);
  }
}

function add(counts: Counts, bin: string, more: Counts[string]): void {
  counts[bin] ??= { held: 0, innocent: 0, clusters: 0 };
  counts[bin].held += more.held;
  counts[bin].innocent += more.innocent;
  counts[bin].clusters += more.clusters;
}

async function countWorld({ scale, seed, knobs }: World): Promise<Counts> {
  const { records, truth } = simulateWorld({ scale, seed, endsAt: WORLD_END, knobs });
  await ingestRecords(cliActor(), toLines(records), { source: `seed ${seed}`, simulated: true });
  await runDetection(cliActor());
  const clusters = await database().cluster.findMany({ where: { active: true }, select: { id: true } });
  const counts: Counts = {};
  for (const { id } of clusters) {
    const own: Counts = {};
    for (const member of await inTransaction((tx) => listCandidates(tx, id))) {
      const innocent = Object.hasOwn(truth.positives, member.accountId) ? 0 : 1;
      add(own, wrongBin(member)!, { held: 1, innocent, clusters: 0 });
    }
    for (const [bin, count] of Object.entries(own)) add(counts, bin, { ...count, clusters: 1 });
  }
  return counts;
}

async function* toLines(records: Iterable<unknown>): AsyncGenerator<Buffer> {
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
