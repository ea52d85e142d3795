/** One world through ingest, and what it is held against. */
import { createReadStream, statSync } from 'node:fs';
import { pool } from '@/lib/database/pool';
import { ingestRecords } from '../ingest-records';
import { sketchThreads } from '../sketch-threads';
import { timeBinaryCopy, timeCreateMany, timeJsonParse } from './yardsticks';

const ACTOR = { kind: 'cli', name: 'bench' } as const;

interface Mark {
  accepted: number;
  at: number;
}

/** Prints what it finds. @param accounts how many of the file's records describe accounts */
export async function runWorld(file: string, accounts: number, repeats: boolean): Promise<void> {
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 100);
  const marks: Mark[] = [];
  const cpu = process.cpuUsage();
  const began = performance.now();
  const result = await take(
    file,
    'bench',
    ({ accepted }) => void marks.push({ accepted, at: performance.now() }),
  );
  const seconds = (performance.now() - began) / 1000;
  clearInterval(watch);
  const exchanges = result.accepted - accounts;
  // The accounts come first; what is asked about is the exchanges, indexes and sums included.
  const described = marks.find(({ accepted }) => accepted >= accounts) ?? { accepted: 0, at: began };
  const last = marks.at(-1) ?? described;
  const rate = (result.accepted - described.accepted) / (seconds - (described.at - began) / 1000);
  const storing = ((last.accepted - described.accepted) / (last.at - described.at)) * 1000;
  say(
    'records',
    `${whole(result.accepted)} accepted, ${whole(accounts)} of them accounts; ${result.rejected} rejected`,
  );
  say('file', `${whole(statSync(file).size / 1e6)} MB`);
  say('seconds', `${seconds.toFixed(1)} in all, accounts, rollups and indexes included`);
  say('accounts', `${((described.at - began) / 1000).toFixed(1)} s of them`);
  say('exchanges/s', `${whole(rate)} with indexes and sums; ${whole(storing)} until all is stored`);
  say('first and last tenth', firstAndLast(marks, described.at));
  say('peak memory', `${whole(peak / 1e6)} MB`);
  const { user, system } = process.cpuUsage(cpu);
  say(
    'processor',
    `${((user + system) / result.accepted).toFixed(1)} µs a record in our process, threads included`,
  );
  if (repeats) {
    const again = performance.now();
    const second = await take(file, 'bench again');
    if (second.accepted > accounts) throw new Error(`${second.accepted - accounts} were counted twice`);
    say(
      'the same file again',
      `${whole((exchanges / (performance.now() - again)) * 1000)} exchanges/s, none counted`,
    );
  }
  const copy = await timeBinaryCopy(Math.min(exchanges, 2_000_000));
  const parse = await timeJsonParse(file, 300_000);
  const prisma = await timeCreateMany(20_000);
  say('binary COPY (limit)', `${whole(copy)} rows/s; ingest is ${(rate / copy).toFixed(2)} of it`);
  say('JSON.parse alone', `${whole(parse)} lines/s; ingest is ${(rate / parse).toFixed(2)} of it`);
  say('Prisma createMany', `${whole(prisma)} rows/s; ingest is ${(rate / prisma).toFixed(1)} times it`);
  const sizes = await readSizes();
  say(
    'bytes per exchange',
    `${sizes.exchange.toFixed(1)} with its index; all rollups ${sizes.rollups.toFixed(1)}`,
  );
  say(
    'dictionary',
    `${whole(sizes.words)} values, ${whole(sizes.texts)} of them templates, in ${whole(sizes.bytes / 1e6)} MB`,
  );
}

function take(file: string, source: string, onProgress?: (counts: { accepted: number }) => void) {
  const bytes = createReadStream(file, { highWaterMark: 1 << 20 });
  return ingestRecords(ACTOR, bytes, { source, onProgress, reader: sketchThreads });
}

async function readSizes() {
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
  return {
    exchange: of('exchange') / of('rows'),
    rollups: of('rollups') / of('rows'),
    words: of('words'),
    texts: of('texts'),
    bytes: of('dictionary'),
  };
}

/** Records/s at the begin and at the end: equal when the cost of one does not grow with what is stored. */
function firstAndLast(marks: readonly Mark[], began: number): string {
  const after = marks.filter(({ at }) => at >= began);
  const tenth = Math.max(1, Math.floor(after.length / 10));
  const [from, early, late, last] = [after[0], after[tenth], after.at(-tenth - 1), after.at(-1)];
  if (!from || !early || !late || !last || after.length < 4) return 'too short to tell';
  const first = ((early.accepted - from.accepted) / (early.at - from.at)) * 1000;
  return `${whole(first)}/s, ${whole(((last.accepted - late.accepted) / (last.at - late.at)) * 1000)}/s`;
}

const say = (name: string, text: string) => void process.stdout.write(`  ${name.padEnd(22)}${text}\n`);
const whole = (value: number) => Math.round(value).toLocaleString('en');
