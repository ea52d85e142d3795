/** One world through ingest, and what it is held against. */
import { createReadStream, statSync } from 'node:fs';
import { loadavg } from 'node:os';
import { pool } from '@/lib/database/pool';
import { ingestRecords } from '../ingest-records';
import { sketchThreads } from '../sketch-threads';
import { type Figures, micros, whole } from './figures';
import { type ProcessorTime, processorTime } from './processor-time';
import type { WorldOptions } from './write-world';
import { timeBinaryCopy, timeCreateMany, timeJsonParse } from './yardsticks';

const ACTOR = { kind: 'cli', name: 'bench' } as const;
const MILLION = 1_000_000;

/** How far it was at a moment. */
interface Mark extends ProcessorTime {
  accepted: number;
  /** Seconds since the beginning. */
  at: number;
}

/** @param postmaster whose processor time is told @param repeats true to take the same file in again */
export async function runWorld(
  file: string,
  { exchanges, accounts: described, kind }: WorldOptions,
  figures: Figures,
  postmaster: number,
  repeats: boolean,
): Promise<void> {
  const accounts = kind === 'once' ? 0 : described;
  const load = loadavg()[0]!.toFixed(1);
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 100);
  const began = performance.now();
  const mark = (accepted: number): Mark => ({
    accepted,
    at: (performance.now() - began) / 1000,
    ...processorTime(postmaster),
  });
  const first = mark(0);
  const marks: Mark[] = [first];
  const { accepted, rejected } = await take(
    file,
    'bench',
    (counts) => void marks.push(mark(counts.accepted)),
  );
  const end = mark(accepted);
  clearInterval(watch);
  if (accepted !== exchanges + accounts) throw new Error(`${accepted} accepted, ${rejected} rejected`);
  // The accounts come first; what is asked about is the exchanges, indexes and sums included.
  const start = accounts === 0 ? first : marks.find((one) => one.accepted >= accounts)!;
  const rate = (end.accepted - start.accepted) / (end.at - start.at);
  figures.set('exchanges', whole(exchanges));
  figures.set('accounts', `${whole(described)}${accounts === 0 ? ', not described' : ''}`);
  figures.set('file', `${whole(statSync(file).size / 1e6)} MB`);
  figures.set('load average before', load, 'below 1: else nothing below means much');
  figures.set('seconds in all', end.at.toFixed(1), '300 for 16 million');
  if (accounts > 0) figures.set('of them accounts', `${start.at.toFixed(1)}`);
  figures.set('exchanges/s, indexes and sums too', whole(rate), '150,000; with prompts 60,000');
  const stored = marks.at(-1)!;
  if (stored.at > start.at) {
    figures.set(
      'exchanges/s until stored',
      whole((stored.accepted - start.accepted) / (stored.at - start.at)),
    );
  }
  setProcessor(figures, 'µs of processor each, ours + Postgres', start, end);
  for (let from = 0, to = MILLION; from < exchanges && exchanges >= 2 * MILLION; from = to, to *= 2) {
    const one = marks.findLast((each) => each.accepted <= from + accounts) ?? start;
    const other = marks.find((each) => each.accepted >= Math.min(to, exchanges) + accounts) ?? stored;
    if (other.at <= one.at) break;
    const span = `  exchanges ${from / MILLION} M to ${to / MILLION} M`;
    figures.set(`${span}, a second`, whole((other.accepted - one.accepted) / (other.at - one.at)), 'flat');
    setProcessor(figures, `${span}, µs`, one, other, 'flat');
  }
  figures.set('peak memory of our process', `${whole(peak / 1e6)} MB`, 'below 1,500 MB');
  if (repeats) await repeat(file, exchanges, accounts, figures);
  await compare(file, Math.min(exchanges, 2 * MILLION), rate, figures);
  await setSizes(figures);
}

function setProcessor(figures: Figures, name: string, from: Mark, to: Mark, aim = ''): void {
  const each = (of: keyof ProcessorTime) =>
    micros(((to[of] - from[of]) / (to.accepted - from.accepted)) * 1e6);
  figures.set(name, `${each('ours')} + ${each('postgres')}`, aim);
}

async function repeat(file: string, exchanges: number, accounts: number, figures: Figures): Promise<void> {
  const began = performance.now();
  const { accepted } = await take(file, 'bench again');
  if (accepted > accounts) throw new Error(`${accepted - accounts} were counted twice`);
  const rate = (exchanges / (performance.now() - began)) * 1000;
  figures.set('the same file again, exchanges/s', whole(rate), 'none counted');
}

async function compare(file: string, rows: number, rate: number, figures: Figures): Promise<void> {
  const copy = await timeBinaryCopy(rows);
  const parse = await timeJsonParse(file, 300_000);
  const prisma = await timeCreateMany(20_000);
  figures.set('binary COPY alone, rows/s', whole(copy));
  figures.set('  ingest to COPY', (rate / copy).toFixed(2));
  figures.set('JSON.parse alone, lines/s', whole(parse));
  figures.set('  ingest to JSON.parse', (rate / parse).toFixed(2));
  figures.set('Prisma createMany, rows/s', whole(prisma));
  figures.set('  ingest to createMany', (rate / prisma).toFixed(1), '20');
}

function take(file: string, source: string, onProgress?: (counts: { accepted: number }) => void) {
  const bytes = createReadStream(file, { highWaterMark: 1 << 20 });
  return ingestRecords(ACTOR, bytes, { source, onProgress, reader: sketchThreads });
}

async function setSizes(figures: Figures): Promise<void> {
  const { rows } = await pool().query<Record<string, string>>(
    `SELECT (SELECT count(*) FROM exchange) AS rows, (SELECT count(*) FROM indicator) AS words,
       (SELECT count(*) FROM indicator WHERE kind IN ('template', 'system_prompt')) AS texts,
       (SELECT sum(pg_total_relation_size(inhrelid)) FROM pg_inherits
        WHERE inhparent = 'exchange'::regclass) AS exchange,
       (SELECT sum(pg_total_relation_size(inhrelid)) FROM pg_inherits WHERE inhparent IN
         ('account_indicator'::regclass, 'account_hour'::regclass, 'account_bins'::regclass)) AS rollups,
       pg_total_relation_size('indicator') AS dictionary`,
  );
  const of = (name: string) => Number(rows[0]?.[name] ?? 0);
  figures.set('bytes per exchange, index too', (of('exchange') / of('rows')).toFixed(1), 'below 115');
  figures.set('bytes of rollups per exchange', (of('rollups') / of('rows')).toFixed(1));
  figures.set('values in the dictionary', whole(of('words')), 'low millions after 16 million');
  figures.set('of them templates', whole(of('texts')));
  figures.set('size of the dictionary', `${whole(of('dictionary') / 1e6)} MB`);
}
