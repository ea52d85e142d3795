/**
 * What detection finds and whom it spares, beside two common ways of doing it, through the real path: records →
 * ingest → snapshot → detect. Simulated worlds at seeds that nothing was made with; real coordinated accounts and real
 * prompts where their data lie beside the checkout.
 *
 *   npm run bench:detection [-- --scale demo] [--seeds 9001,9002,9003] [--only worlds|sybil|prompts]
 *     [--knob NAME=VALUE]...
 */
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createGunzip, gunzipSync } from 'node:zlib';
import { readKnobs } from '@/lib/cli/read-knobs';
import { classifyPrompt } from '@/lib/ingest/sketch/classify-prompt';
import { EXTRACTION_CLASSES, PATTERN_CLASSES } from '@/lib/records/pattern-classes';
import { SCALES, type Scale } from '@/lib/simulation/scales';
import { simulateWorld } from '@/lib/simulation/simulate-world';
import { detect } from '../detect';
import { defaultConfig, type Quadrant, type Snapshot } from '../schema';
import { louvainOnCappedLinks, shareComponents } from './baselines';
import { type Entry, printCampaigns, printSegments, printTable } from './print-scores';
import { scoreFindings, type Truth } from './score-findings';
import { type LabelledPrompt, type PromptScore, scorePrompts } from './score-prompts';
import { takeIn, toLines } from './take-in';

const WORLD_END = new Date('2026-09-24T12:00:00Z');
const WINDOW_DAYS = 365;
const DATA = fileURLToPath(new URL('../../../../shared/data/', import.meta.url));

const { values } = parseArgs({
  options: {
    scale: { type: 'string', default: 'demo' },
    seeds: { type: 'string', default: '9001,9002,9003' },
    only: { type: 'string' },
    knob: { type: 'string', multiple: true, default: [] },
  },
});
if (!Object.hasOwn(SCALES, values.scale))
  throw new Error(`--scale is one of ${Object.keys(SCALES).join(', ')}`);
const wants = (part: string) => values.only === undefined || values.only === part;

const entries: Entry[] = [];
if (wants('worlds')) for (const seed of values.seeds.split(',').map(Number)) await benchWorld(seed);
if (wants('sybil')) await benchSybil();
say(printTable(entries, wants('prompts') ? scoreOurPrompts() : []));
if (wants('prompts'))
  say(
    'Content alone does not see self-instruct and evolved-instruction corpora, nor what is not in English: no words of theirs\n' +
      'are a class. They show as wordings of a group and as a task list shared out.',
  );
if (entries.length > 0) {
  const ours = entries.filter(({ method }) => method === 'weir');
  say(printCampaigns(ours.filter(({ score }) => score.exchangesCovered !== null)));
  say(printSegments(entries.filter(({ score }) => score.segments.length > 0)));
}

async function benchWorld(seed: number): Promise<void> {
  const { records, truth } = simulateWorld({
    scale: values.scale as Scale,
    seed,
    endsAt: WORLD_END,
    knobs: readKnobs(values.knob, seed),
  });
  compare(`seed ${seed}`, await takeIn(toLines(records), WINDOW_DAYS), truth);
}

async function benchSybil(): Promise<void> {
  const folder = `${DATA}sybil-dev/`;
  if (!existsSync(`${folder}records.ndjson.gz`)) {
    say('sybil-dev: not beside this checkout, skipped');
    return;
  }
  const bytes = createReadStream(`${folder}records.ndjson.gz`).pipe(createGunzip());
  const truth = JSON.parse(gunzipSync(readFileSync(`${folder}truth.json.gz`)).toString('utf8')) as Truth;
  compare('sybil-dev', await takeIn(bytes, 'all'), truth);
}

function compare(data: string, snapshot: Snapshot, truth: Truth): void {
  const methods = {
    weir: (given: Snapshot) => proposals(given),
    'weir distillation': (given: Snapshot) => proposals(given, 'distillation'),
    components: shareComponents,
    louvain: louvainOnCappedLinks,
  };
  for (const [method, find] of Object.entries(methods)) {
    const began = performance.now();
    const clusters = find(snapshot);
    const seconds = (performance.now() - began) / 1000;
    entries.push({ data, method, score: scoreFindings(clusters, truth), seconds });
  }
}

/**
 * Core and ordinary members of each cluster, in the order of the queue: what an export gives.
 * @param only of one quadrant alone, as a list made for a ban would take it.
 */
function proposals(snapshot: Snapshot, only?: Quadrant): string[][] {
  return detect(snapshot, defaultConfig)
    .clusters.filter(({ quadrant }) => only === undefined || quadrant === only)
    .map(({ members }) =>
      members.filter(({ role }) => role !== 'weak').map(({ account }) => snapshot.accountIds[account]!),
    );
}

function scoreOurPrompts(): PromptScore[] {
  const folder = `${DATA}prompts-dev/`;
  if (!existsSync(folder)) {
    say('prompts-dev: not beside this checkout, skipped');
    return [];
  }
  const prompts = ['harvest', 'human'].flatMap((name) =>
    gunzipSync(readFileSync(`${folder}${name}.ndjson.gz`))
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as LabelledPrompt),
  );
  const classify = (prompt: string) => PATTERN_CLASSES[classifyPrompt({ prompt })]!;
  return scorePrompts(prompts, classify, EXTRACTION_CLASSES);
}

function say(text: string): void {
  process.stdout.write(`\n${text}\n`);
}
