/**
 * What benign traffic tells, on simulated worlds without campaigns: the thresholds that detection ships with (the same
 * quantiles that a deployment with enough accounts draws from its own), whether "expected" is what groups drawn at random
 * share, and who is flagged all the same.
 *
 *   npm run bench:benign [-- --seeds 501,502,503,504,505] [--scale demo]
 */
import { parseArgs } from 'node:util';
import { SCALES, type Scale } from '@/lib/simulation/scales';
import { simulateWorld } from '@/lib/simulation/simulate-world';
import { detect } from '../detect';
import { defaultConfig } from '../schema';
import { checkExpected, type Expectation } from './check-expected';
import { takeIn, toLines } from './take-in';

const WORLD_END = new Date('2026-09-24T12:00:00Z');
const WINDOW_DAYS = 365;
/** Groups drawn at random for "expected". */
const DRAWN = { sizes: [10, 40, 160], groups: 200, alpha: 0.01 } as const;
const LEARNED = ['extractionThreshold', 'coordinationHigh', 'extractionHigh'] as const;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '501,502,503,504,505' },
    scale: { type: 'string', default: 'demo' },
  },
});
if (!Object.hasOwn(SCALES, values.scale))
  throw new Error(`--scale is one of ${Object.keys(SCALES).join(', ')}`);

const expectations: Expectation[] = [];
const found: Record<(typeof LEARNED)[number], number[]> = {
  extractionThreshold: [],
  coordinationHigh: [],
  extractionHigh: [],
};
for (const seed of values.seeds.split(',').map(Number)) {
  const knobs = { campaigns: 0 };
  const { records } = simulateWorld({ scale: values.scale as Scale, seed, endsAt: WORLD_END, knobs });
  const snapshot = await takeIn(toLines(records), WINDOW_DAYS);
  const { baseline, clusters } = detect(snapshot, defaultConfig);
  if (baseline.extractionFrom === 'shipped' || baseline.coordinationFrom === 'shipped')
    throw new Error(`the world of seed ${seed} is too small to learn from`);
  for (const name of LEARNED) found[name].push(baseline[name]);
  const figures = LEARNED.map((name) => `${name} ${baseline[name].toFixed(3)}`).join(', ');
  const flagged = clusters.reduce(
    (sum, { members }) => sum + members.filter(({ role }) => role !== 'weak').length,
    0,
  );
  say(`seed ${seed}: ${figures}; ${baseline.accounts} benign accounts, ${flagged} of all flagged`);
  expectations.push(...checkExpected(snapshot, defaultConfig, { ...DRAWN, seed }));
}
for (const name of LEARNED) {
  const sorted = found[name].sort((a, b) => a - b);
  const middle = sorted[sorted.length >> 1]!;
  say(`${name}: median ${middle.toFixed(3)}, from ${sorted[0]!.toFixed(3)} to ${sorted.at(-1)!.toFixed(3)}`);
}
say(`\nmembers that share a kind, of groups drawn at random; past: share of groups past α = ${DRAWN.alpha}`);
say('kind                  size  observed  expected  ratio   past');
const rows = new Map<string, Expectation[]>();
for (const row of expectations) {
  const name = `${row.kind.padEnd(20)}  ${String(row.size).padStart(4)}`;
  rows.set(name, [...(rows.get(name) ?? []), row]);
}
for (const [name, each] of [...rows].sort()) {
  const mean = (of: (row: Expectation) => number): number =>
    each.reduce((sum, row) => sum + of(row), 0) / each.length;
  const [observed, expected] = [mean((row) => row.observed), mean((row) => row.expected)];
  const figures = [observed.toFixed(2), expected.toFixed(2), (observed / expected).toFixed(2)];
  const past = mean((row) => row.past).toFixed(3);
  say(`${name}  ${figures.map((figure, i) => figure.padStart(i < 2 ? 8 : 5)).join('  ')}  ${past}`);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
