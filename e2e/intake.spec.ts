/** Senders on real sockets: a slow database, a slow sender, a broken one, and one that will not stop. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { type ClientRequest, request } from 'node:http';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from '@/lib/database/embedded-postgres';
import { type DeskProcess, removeStateFolder, startDesk } from './desk-process';
import { expect, test } from './fixtures';
import { weir } from './weir-command';

const IDLE_SECONDS = 5;
const MB = 1_000_000;

let desk: DeskProcess;
let database: pg.Client;
const keys: string[] = [];

const line = (n: number, account = 'acct_1') =>
  `{"record":"exchange","exchange_id":"ex_${n}","account_id":"${account}","occurred_at":"2026-08-0${1 + (n % 9)}T00:00:00Z","prompt":"Explain number ${n} step by step"}\n`;

interface Answer {
  status: number | undefined;
  retryAfter: string | undefined;
  body: Record<string, unknown>;
}

/** A request whose body is said bit by bit. */
class Sender {
  readonly answer: Promise<Answer>;
  private readonly sending: ClientRequest;
  private stopped = false;

  constructor(key: string, headers: Record<string, string> = {}) {
    this.sending = request(`${desk.address}/api/v1/records`, {
      method: 'POST',
      agent: false,
      headers: { authorization: `Bearer ${key}`, ...headers },
    });
    this.answer = new Promise((resolve, reject) => {
      this.sending.on('error', reject);
      this.sending.on('response', (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (piece) => {
          text += piece;
        });
        response.on('error', reject);
        response.on('end', () => {
          const { statusCode: status, headers: said } = response;
          resolve({ status, retryAfter: said['retry-after'], body: JSON.parse(text) });
        });
      });
    });
    this.answer.catch(() => {});
  }

  /** What the socket has taken so far. */
  get taken(): number {
    return this.sending.socket?.bytesWritten ?? 0;
  }

  /** @returns false when the socket takes no more for now */
  say = (text: string | Buffer) => this.sending.write(text);
  end = () => this.sending.end();
  die = () => this.sending.destroy();

  /** Sends lines as fast as the socket takes them, until it is told to stop, and ends. @returns how many */
  async pour(): Promise<number> {
    let lines = 0;
    while (!this.stopped) {
      const text = Array.from({ length: 500 }, () => line(lines++)).join('');
      if (!this.say(text)) await new Promise<void>((resolve) => this.sending.once('drain', resolve));
    }
    this.end();
    return lines;
  }

  stop = () => {
    this.stopped = true;
  };
}

/** Waits until no socket has taken anything for three seconds. @returns what each has taken */
async function standStill(senders: readonly Sender[], atMost: number): Promise<number[]> {
  for (let before: number[] = []; ; ) {
    const taken = senders.map((sender) => sender.taken);
    if (String(taken) === String(before)) return taken;
    for (const bytes of taken) expect(bytes).toBeLessThan(atMost);
    before = taken;
    await pause(3_000);
  }
}

function webServer(): number {
  const { pid } = JSON.parse(readFileSync(path.join(desk.state, 'desk.json'), 'utf8')) as { pid: number };
  const all = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n');
  const found = all
    .map((each) => each.trim().split(/\s+/))
    .find((each) => each[1] === String(pid) && each[2] === 'next-server');
  return Number(found?.[0]);
}

const memory = (pid: number) =>
  Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) * 1024;

const count = async (account: string) => {
  const { rows } = await database.query<{ n: number }>(
    'SELECT count(*)::int AS n FROM exchange e JOIN account a ON a.key = e.account_key WHERE a.id = $1',
    [account],
  );
  return rows[0]!.n;
};

/** Ingest runs under way. */
const running = async () => {
  const { rows } = await database.query<{ n: number }>(
    "SELECT count(*)::int AS n FROM ingest_run WHERE state = 'running'",
  );
  return rows[0]!.n;
};

test.beforeAll(async () => {
  test.setTimeout(400_000);
  desk = await startDesk({
    PORT: String(await freePort()),
    WEIR_DEMO: '0',
    WEIR_INGEST_IDLE_SECONDS: String(IDLE_SECONDS),
    WEIR_INGEST_STREAMS_PER_KEY: '3',
  });
  for (const name of ['first', 'second']) {
    const { key } = await weir(desk.state, 'keys', 'add', '--name', name);
    keys.push(key!);
  }
  const access = JSON.parse(readFileSync(path.join(desk.state, 'postgres.json'), 'utf8')) as {
    port: number;
    password: string;
  };
  database = new pg.Client({ ...access, host: '127.0.0.1', user: 'weir', database: 'weir' });
  await database.connect();
  const warm = new Sender(keys[0]!);
  warm.say(line(0, 'acct_warm'));
  warm.end();
  expect((await warm.answer).status).toBe(202);
});

test.afterAll(async () => {
  await database?.end();
  await desk?.end();
  if (desk) removeStateFolder(desk.state);
});

test('while the database is held, memory stays flat, the sockets wait, the desk answers and too many are refused', async () => {
  const pid = webServer();
  const before = memory(pid);
  await database.query('BEGIN');
  await database.query('LOCK TABLE exchange IN ACCESS EXCLUSIVE MODE');
  const senders = [new Sender(keys[0]!), new Sender(keys[0]!), new Sender(keys[0]!)];
  const pouring = senders.map((sender) => sender.pour());
  const taken = await standStill(senders, 100 * MB);
  const grown = memory(pid) - before;
  console.log(
    `sockets took ${taken.map((bytes) => (bytes / MB).toFixed(1))} MB, memory grew by ${(grown / MB).toFixed(0)} MB`,
  );
  expect(grown).toBeLessThan(400 * MB);
  // They wait longer than a silent sender may, and it is not their fault.
  await pause(IDLE_SECONDS * 1_000);
  expect(senders.map((sender) => sender.taken)).toEqual(taken);

  const refused = await (() => {
    const fourth = new Sender(keys[0]!);
    fourth.say(line(1));
    return fourth.answer;
  })();
  expect(refused).toMatchObject({ status: 429, retryAfter: '5', body: { code: 'too_many' } });
  expect((await fetch(`${desk.address}/readyz`)).status).toBe(200);
  expect((await fetch(`${desk.address}/login`)).status).toBe(200);

  await database.query('COMMIT');
  for (const sender of senders) sender.stop();
  const poured = await Promise.all(pouring);
  const answers = await Promise.all(senders.map((sender) => sender.answer));
  for (const [n, { status, body }] of answers.entries()) {
    expect(status).toBe(202);
    expect(Number(body.accepted) + Number(body.duplicates)).toBe(poured[n]);
  }
  expect(await count('acct_1')).toBe(Math.max(...poured));
});

test('a sender that drips, one that falls silent and one that dies block nobody', async () => {
  const dripping = new Sender(keys[0]!);
  const silent = new Sender(keys[0]!);
  const dying = new Sender(keys[0]!);
  const drops = line(1, 'acct_drip');
  dripping.say(drops[0]!);
  silent.say(line(1, 'acct_silent') + line(2, 'acct_silent').slice(0, 30));
  dying.say(line(1, 'acct_dying') + line(2, 'acct_dying') + line(3, 'acct_dying').slice(0, 40));
  await expect.poll(() => running()).toBe(3);
  dying.die();
  for (const [n, drop] of [...drops].slice(1, 12).entries()) {
    const other = new Sender(keys[1]!);
    other.say(line(n, 'acct_other'));
    other.end();
    const began = performance.now();
    expect((await other.answer).status).toBe(202);
    expect(performance.now() - began).toBeLessThan(IDLE_SECONDS * 1_000);
    dripping.say(drop);
    await pause(500);
  }
  expect(await silent.answer).toMatchObject({ status: 408, body: { code: 'too_slow' } });
  dripping.say(drops.slice(12));
  dripping.end();
  expect(await dripping.answer).toMatchObject({ status: 202, body: { accepted: 1, rejected: 0 } });
  expect([await count('acct_silent'), await count('acct_dying'), await count('acct_other')]).toEqual([
    1, 2, 11,
  ]);
  expect(await running()).toBe(0);
});

test('a sender that is refused hears why while it still sends', async () => {
  for (const [key, headers, status] of [
    ['weir_wrong', {}, 401],
    [keys[0]!, { 'content-length': String(1e15) }, 413],
    [keys[0]!, { 'content-encoding': 'br' }, 415],
  ] as const) {
    const sender = new Sender(key, headers);
    void sender.pour();
    const { body, ...answer } = await sender.answer;
    expect(answer.status).toBe(status);
    expect(String(body.message).length).toBeGreaterThan(30);
    sender.stop();
    sender.die();
  }
});

test('a web server killed in the middle of a stream comes back, and the same request is then taken exactly once', async () => {
  const headers = { 'idempotency-key': '"one-night"' };
  const lines = Array.from({ length: 5_000 }, (_, n) => line(n, 'acct_killed'));
  const first = new Sender(keys[1]!, headers);
  first.say(lines.slice(0, 3_000).join(''));
  await expect.poll(running).toBe(1);
  process.kill(webServer(), 'SIGKILL');
  await expect(first.answer).rejects.toThrow();
  await expect
    .poll(
      () =>
        fetch(`${desk.address}/readyz`).then(
          ({ ok }) => ok,
          () => false,
        ),
      { timeout: 60_000 },
    )
    .toBe(true);

  const again = async () => {
    const sender = new Sender(keys[1]!, headers);
    sender.say(lines.join(''));
    sender.end();
    return sender.answer;
  };
  const [second, third] = await Promise.all([again(), again()]);
  expect(second).toMatchObject({ status: 202, body: { rejected: 0 } });
  expect(Number(second.body.accepted) + Number(second.body.duplicates)).toBe(5_000);
  expect(third).toEqual(second);
  expect(await count('acct_killed')).toBe(5_000);
  expect(await running()).toBe(0);
});
