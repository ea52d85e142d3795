/** A hundred analysts read and decide while records come in at full speed and a ban of 24,000 accounts is carried out,
 * and Postgres is killed twice. Every part is real: npm start, a second web server, HTTP, sessions that count at both, the
 * worker, a provider behind HTTP. */
import { setMaxListeners } from 'node:events';
import { createReadStream, readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { addApiKey } from '@/lib/access/add-api-key';
import { addUser } from '@/lib/access/add-user';
import { closeDatabase, database } from '@/lib/database/client';
import { freePort } from '@/lib/database/embedded-postgres';
import { openState } from '@/lib/database/open-state';
import { inTransaction } from '@/lib/database/transaction';
import { enqueueExecution } from '@/lib/enforcement/enqueue-execution';
import { providerSetting } from '@/lib/enforcement/provider-settings-schema';
import { webhookReceiver } from '@/lib/enforcement/providers/testing/receivers';
import { rotateWebhookSecret } from '@/lib/enforcement/rotate-webhook-secret';
import { insertBigList, insertPeople } from '@/lib/enforcement/testing/insert-big-list';
import { writeWorld } from '@/lib/ingest/bench/write-world';
import { Random } from '@/lib/simulation/random';
import { seedDesk } from './bench/seed-desk';
import { newStateFolder, removeStateFolder, startDesk } from './desk-process';
import { Analyst, type Ledger, type Outcome } from './load/analyst';
import { Feeder } from './load/feeder';
import { describeSamples, isWithin, type Window } from './load/figures';
import { findBanFaults, findClusterFaults, findDecisionFaults } from './load/find-faults';
import { startSecondServer } from './load/second-server';
import { actions, signInOverHttp } from './walk-doors';
import { weir } from './weir-command';

const number = (name: string, otherwise: number) => Number(process.env[name] || otherwise);
/** For a first try on a small scale; what counts is the run without any of them set. */
const ANALYSTS = number('WEIR_SOAK_ANALYSTS', 100);
const BANNED = number('WEIR_SOAK_BANNED', 24_000);
const EXCHANGES = number('WEIR_SOAK_EXCHANGES', 4_000_000);
const THINK_MS = number('WEIR_SOAK_THINK_MS', 10_000);
const CLUSTERS = 250;
/** Accounts that the records describe, each in a line of its own before the exchanges. */
const DESCRIBED = 20_000;
const LINE_FEED = 10;
const STREAM_BYTES = 16 * 2 ** 20;
const SECONDS = number('WEIR_SOAK_SECONDS', 150);
/** Shares of the time, while the ban is under way. */
const KILLS_AT = [0.2, 0.55];
/** The share of the ban at which the database is killed at the latest. */
const LATEST = 0.85;
/** Calls a second, so that the ban lasts about three quarters of the time. */
const RATE = Math.ceil(BANNED / (SECONDS * 0.75));
/** After the desk said that it is ready: its pools find out about their broken connections. */
const SETTLES_MS = 2_000;
const ROOT: Parameters<typeof addUser>[0] = { kind: 'cli', name: 'root' };

const state = newStateFolder();
const random = new Random(Number(process.env.WEIR_SOAK_SEED), 'load');
const ending = new AbortController();
setMaxListeners(0, ending.signal);
const closing: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  ending.abort();
  for (const close of closing.reverse()) await close();
  removeStateFolder(state);
});

it(`keeps every decision and no wrong state: ${ANALYSTS} analysts, ingest, a ban of ${BANNED}, two kills`, async () => {
  const desks = await open();
  const second = desks[1] ?? '';
  const { list, receiver } = await prepareBan();
  const { key } = await addApiKey(ROOT, { name: 'feeder', perMinute: 100_000 });
  const feeder = new Feeder(second, key, await writeRecords(), STREAM_BYTES);
  const ledger: Ledger = { samples: [], decisions: [] };
  const analysts = await signInAnalysts(desks, ledger);

  const began = performance.now();
  const work = Promise.all(analysts.map((analyst) => analyst.work(ending.signal, THINK_MS)));
  const fed = feeder.run(ending.signal);
  await inTransaction((tx) => enqueueExecution(tx, list.id));
  const windows: Window[] = [];
  for (const share of KILLS_AT) {
    const at = began + share * SECONDS * 1_000;
    // On a machine that is busy with other things the kill before may have taken long.
    while (performance.now() < at && receiver.effects.size < LATEST * BANNED) await pause(50);
    expect(receiver.effects.size, 'the ban is under way').toBeLessThan(BANNED);
    windows.push(await killPostgres(desks));
  }
  while (!(await isDone(list.id))) await pause(500);
  const banned = performance.now();
  await pause(Math.max(0, SECONDS * 1_000 - (banned - began)));
  ending.abort();
  await Promise.all([work, fed]);
  const seconds = (performance.now() - began) / 1_000;

  const troubled = ledger.samples.filter(({ trouble }) => trouble !== null);
  const outside = troubled.filter((sample) => !isWithin(sample, windows));
  const streamsOutside = feeder.fed.again.filter(({ at }) => !isWithin({ began: at, ended: at }, windows));
  const decided = await findDecisionFaults(ledger.decisions);
  const stored = await countStored();
  const lines = await countLines(feeder);
  const verified = await weir(state, 'audit', 'verify');
  const answered = (outcome: Outcome) => ledger.decisions.filter((each) => each.outcome === outcome).length;
  console.log(
    [
      `load average ${loadavg()
        .map((each) => each.toFixed(1))
        .join(' ')}, of this and whatever else ran`,
      `${ANALYSTS} analysts for ${Math.round(seconds)} s, pauses up to ${THINK_MS / 1_000} s; ban of ${BANNED} in ${Math.round((banned - began) / 1_000)} s`,
      ...describeSamples(ledger.samples, windows, seconds),
      ...windows.map(
        ({ from, to }) =>
          `kill at ${Math.round((from - began) / 1_000)} s: not ready for ${((to - from) / 1_000).toFixed(1)} s`,
      ),
      `troubled requests: ${troubled.length - outside.length} in the kills' seconds, ${outside.length} outside`,
      `decisions: ${answered('done')} done, ${answered('refused')} refused, ${answered('unknown')} without an answer; ${decided.found} found in the audit`,
      `ingest: ${feeder.fed.accepted + feeder.fed.duplicates} records in ${feeder.fed.streams} streams, ${Math.round((feeder.fed.accepted + feeder.fed.duplicates) / seconds)}/s; ${feeder.fed.again.length} sent again; ${stored} exchanges stored`,
      `audit: ${JSON.stringify(verified)}`,
    ].join('\n'),
  );
  expect(outside).toEqual([]);
  expect(streamsOutside).toEqual([]);
  expect(decided.faults).toEqual([]);
  expect(await findClusterFaults()).toEqual([]);
  expect(await findBanFaults(list, receiver)).toEqual([]);
  expect(feeder.fed.rejected).toBe(0);
  expect(feeder.fed.accepted + feeder.fed.duplicates).toBe(lines);
  expect(stored).toBe(lines - DESCRIBED);
  expect(answered('done')).toBeGreaterThan(ANALYSTS / 4);
}, 1_500_000);

/** Seeds, builds and starts the desk with a second web server, and opens their database for this process too. */
async function open(): Promise<string[]> {
  delete process.env.DATABASE_URL;
  Object.assign(process.env, {
    WEIR_STATE: state,
    WEIR_SEAL_KEY: Buffer.alloc(32, 7).toString('base64'),
    WEIR_OUTGOING_ALLOW: '127.0.0.1',
    WEIR_CAP_ACTION: '1000000',
    WEIR_CAP_PERSON_DAY: '1000000',
    WEIR_CAP_HOUR: '1000000',
    WEIR_RATE: String(RATE),
    WEIR_STAGE_WATCH_SECONDS: '0',
    WEIR_RAW_DAYS: '3650',
  });
  await seedDesk({ accounts: 40_000, clusters: CLUSTERS, largest: 10_000 });
  const desk = await startDesk({ WEIR_DEMO: '0', PORT: String(await freePort()) }, state);
  closing.push(() => desk.end());
  const opened = await openState();
  closing.push(() => closeDatabase().then(() => opened.close()));
  const second = await startSecondServer(opened.url);
  closing.push(second.end);
  return [desk.address, second.address];
}

async function prepareBan() {
  let secret = '';
  const receiver = await webhookReceiver(() => secret);
  closing.push(() => receiver[Symbol.asyncDispose]());
  secret = (await rotateWebhookSecret(ROOT, { reason: 'first', keepHours: 0 })).secret;
  const value = { ...providerSetting.initial, kind: 'webhook', address: receiver.url };
  await database().setting.create({
    data: { name: providerSetting.name, version: 1, value, reason: 'first' },
  });
  return { receiver, list: await insertBigList(BANNED, 'banned', await insertPeople()) };
}

async function writeRecords(): Promise<string> {
  const file = path.join(state, 'records.ndjson');
  await writeWorld(file, { exchanges: EXCHANGES, accounts: DESCRIBED, kind: 'plain' });
  return file;
}

async function signInAnalysts(desks: readonly string[], ledger: Ledger): Promise<Analyst[]> {
  const { built } = actions();
  const idOf = (name: string) => built.find((action) => action.name === name)?.id ?? '';
  const ids = { comment: idOf('commentAction'), decide: idOf('decideClusterAction') };
  const clusters = Array.from({ length: CLUSTERS }, (_, n) => n + 1);
  const analysts: Analyst[] = [];
  for (let n = 1; n <= ANALYSTS; n++) {
    const email = `analyst${n}@example.org`;
    const known = `analyst ${n} of the soak`;
    const { user } = await addUser(ROOT, { email, name: `Analyst ${n}`, role: 'analyst' }, known);
    const cookie = await signInOverHttp(desks[n % desks.length] ?? '', { email, password: known });
    analysts.push(new Analyst(desks, cookie, user.id, clusters, ids, random.fork(`analyst ${n}`), ledger));
  }
  return analysts;
}

/** Kills the database as hard as can be and waits until the desk is ready again. */
async function killPostgres(desks: readonly string[]): Promise<Window> {
  const pid = Number(readFileSync(path.join(state, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
  const from = performance.now();
  process.kill(pid, 'SIGKILL');
  // It has to be seen to fall first.
  for (let down = false; ; await pause(100)) {
    const ready = (await Promise.all(desks.map(isReady))).every(Boolean);
    if (down && ready) break;
    down ||= !ready;
    if (performance.now() - from > 120_000) throw new Error('the desk did not come back within 120 s');
  }
  await pause(SETTLES_MS);
  return { from, to: performance.now() };
}

const isReady = (desk: string): Promise<boolean> =>
  fetch(`${desk}/readyz`).then(
    (answer) => answer.ok,
    () => false,
  );

async function isDone(proposalId: number): Promise<boolean> {
  try {
    return (await database().proposal.count({ where: { id: proposalId, status: 'done' } })) === 1;
  } catch {
    return false;
  }
}

async function countStored(): Promise<number> {
  const [row] = await database().$queryRaw<{ n: number }[]>`SELECT count(*)::float8 AS n FROM exchange`;
  return row?.n ?? 0;
}

/** Lines of the file up to where it was taken. */
async function countLines({ taken }: Feeder): Promise<number> {
  let lines = 0;
  if (taken === 0) return lines;
  for await (const piece of createReadStream(path.join(state, 'records.ndjson'), { end: taken - 1 }))
    for (const byte of piece as Buffer) if (byte === LINE_FEED) lines++;
  return lines;
}
