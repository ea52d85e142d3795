import { createHmac } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Person } from '@/lib/access/schema';
import { database } from '@/lib/database/client';
import { inTransaction } from '@/lib/database/transaction';
import { serve } from '@/lib/outgoing/testing/serve';
import { getStreams } from '../get-streams';
import { bringLogUpToDate } from '../run-sequencer';
import { writeAudits } from '../write-audit';
import { readDestinations, type StreamDestination } from './read-destinations';
import { runStreams } from './run-streams';
import { streamRound } from './stream-round';

const KEY = Buffer.alloc(32, 7);
const SECRET = `whsec_${KEY.toString('base64')}`;
const admin: Person = { kind: 'user', id: 1, name: 'Ina', email: 'ina@example.com', role: 'admin' };
const folder = mkdtempSync(path.join(tmpdir(), 'weir-stream-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let written = 0;
async function write(entries: number): Promise<void> {
  await inTransaction((tx) =>
    writeAudits(
      tx,
      admin,
      Array.from({ length: entries }, () => ({
        verb: 'cluster.claim' as const,
        object: { type: 'cluster' as const, id: `CL-${written++}` },
        reason: 'line one\nline two',
      })),
    ),
  );
  await bringLogUpToDate();
}

beforeAll(() => write(450));
beforeEach(() => database().$executeRaw`DELETE FROM stream_cursor`);

function only(env: Record<string, string>): StreamDestination {
  const [destination] = readDestinations(env);
  if (!destination) throw new Error('no destination');
  return destination;
}
/** A second ago: the column keeps milliseconds, and now() may be rounded up to a moment that is still to come. */
const due = () =>
  database().$executeRaw`UPDATE stream_cursor SET next_attempt_at = now() - interval '1 second'`;
const indexes = (entries: { index: number }[]) => entries.map(({ index }) => index);
const upTo = (end: number) => Array.from({ length: end }, (_, n) => n);

describe('a stream into a file', () => {
  let file = '';
  let destination: StreamDestination;
  beforeEach(() => {
    file = path.join(folder, `${Math.random()}.ndjson`);
    destination = only({ WEIR_SIEM_FILE: file });
  });
  const drain = async () => {
    while ((await streamRound(destination)).state === 'sent');
  };
  const read = (name = file) =>
    readFileSync(name, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { index: number; object_id: string; log: string });

  test('gets every entry once, in the order of the log', async () => {
    await drain();
    const lines = read();
    expect(indexes(lines)).toEqual(upTo(written));
    expect(lines[7]).toMatchObject({
      object_id: 'CL-7',
      verb: 'cluster.claim',
      what: 'Claimed the cluster',
      reason: 'line one\nline two',
      log: expect.stringMatching(/^weir\//),
      leaf: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(await streamRound(destination)).toEqual({ state: 'idle' });
  });

  test('goes on in a new file when it was rotated away, and ends a line that a crash cut off', async () => {
    await drain();
    const before = written;
    renameSync(file, `${file}.1`);
    await write(3);
    await drain();
    expect(indexes(read())).toEqual([before, before + 1, before + 2]);
    writeFileSync(file, '{"index":9', { flag: 'a' });
    await write(1);
    await drain();
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    expect(lines[3]).toBe('{"index":9');
    expect(JSON.parse(lines[4] ?? '')).toMatchObject({ index: written - 1 });
  });

  test('that cannot be written waits and says why; nothing is lost', async () => {
    const blocked = only({ WEIR_SIEM_FILE: path.join(folder, 'missing', 'audit.ndjson') });
    expect(await streamRound(blocked)).toMatchObject({ state: 'failed', failures: 1 });
    expect(await streamRound(blocked)).toEqual({ state: 'waiting' });
    process.env.WEIR_SIEM_FILE = path.join(folder, 'missing', 'audit.ndjson');
    const { streams } = await getStreams(admin);
    expect(streams).toMatchObject([
      {
        kind: 'file',
        sent: 0,
        lag: { entries: written },
        failures: 1,
        problem: expect.stringContaining('ENOENT'),
      },
    ]);
    expect(streams[0]?.lag.seconds).toBeGreaterThan(0);
    expect(existsSync(path.join(folder, 'missing'))).toBe(false);
  });
});

describe('a stream to a webhook', () => {
  interface Taken {
    headers: IncomingHttpHeaders;
    body: string;
  }
  let taken: Taken[] = [];
  let answer: { status: number; headers?: Record<string, string> } = { status: 200 };
  let stop: () => Promise<void>;
  let destination: StreamDestination;

  beforeEach(async () => {
    taken = [];
    answer = { status: 204 };
    const server = await serve((request, response, body) => {
      taken.push({ headers: request.headers, body });
      response.writeHead(answer.status, answer.headers).end();
    });
    stop = () => server[Symbol.asyncDispose]();
    process.env.WEIR_OUTGOING_ALLOW = '127.0.0.1';
    destination = only({ WEIR_SIEM_URL: `${server.url}/in`, WEIR_SIEM_SECRET: SECRET });
  });
  afterEach(async () => {
    delete process.env.WEIR_OUTGOING_ALLOW;
    delete process.env.WEIR_SIEM_FILE;
    await stop();
  });
  const entriesOf = ({ body }: Taken) =>
    (JSON.parse(body) as { data: { entries: { index: number }[] } }).data.entries;

  test('sends all entries in order, signed as Standard Webhooks say', async () => {
    while ((await streamRound(destination)).state === 'sent');
    expect(indexes(taken.flatMap(entriesOf))).toEqual(upTo(written));
    const [first] = taken;
    const {
      'webhook-id': id,
      'webhook-timestamp': at,
      'webhook-signature': signature,
    } = first?.headers ?? {};
    expect(id).toMatch(/^audit_.+_0_199$/);
    expect(Math.abs(Number(at) - Date.now() / 1000)).toBeLessThan(60);
    expect(signature).toBe(
      `v1,${createHmac('sha256', KEY).update(`${id}.${at}.${first?.body}`).digest('base64')}`,
    );
  });

  test.each([500, 301, 404])('an answer of %i is not taken: the same batch comes again', async (status) => {
    answer = { status };
    expect(await streamRound(destination)).toEqual({
      state: 'failed',
      problem: `answered ${status}`,
      failures: 1,
    });
    expect(await streamRound(destination)).toEqual({ state: 'waiting' });
    expect(taken).toHaveLength(1);
    answer = { status: 200 };
    await due();
    expect(await streamRound(destination)).toMatchObject({ state: 'sent' });
    expect(taken[1]?.headers['webhook-id']).toBe(taken[0]?.headers['webhook-id']);
    expect(await database().streamCursor.findFirst()).toMatchObject({ failures: 0, problem: null });
  });

  test('waits longer each time, and as long as it is asked to', async () => {
    answer = { status: 503 };
    const waits: number[] = [];
    for (const headers of [undefined, undefined, { 'retry-after': '120' }]) {
      answer = { status: 503, headers };
      await due();
      await streamRound(destination);
      const [row] = await database().$queryRaw<{ wait: number }[]>`
        SELECT round(extract(epoch FROM next_attempt_at - now()))::int AS wait FROM stream_cursor`;
      waits.push(row?.wait ?? 0);
    }
    expect(waits).toEqual([2, 4, 120]);
  });

  test('does not reach into the network of the deployment', async () => {
    delete process.env.WEIR_OUTGOING_ALLOW;
    expect(await streamRound(destination)).toMatchObject({
      state: 'failed',
      problem: expect.stringContaining('private'),
    });
    expect(taken).toEqual([]);
  });

  test('of two workers one sends at a time', async () => {
    const rounds = await Promise.all([streamRound(destination), streamRound(destination)]);
    const sent = rounds.filter(({ state }) => state === 'sent').length;
    expect(sent + rounds.filter(({ state }) => state === 'waiting').length).toBe(2);
    const all = indexes(taken.flatMap(entriesOf));
    expect(all).toEqual(upTo(all.length));
  });

  test('runs by itself until it is told to end', async () => {
    process.env.WEIR_SIEM_URL = destination.kind === 'webhook' ? destination.url.href : '';
    process.env.WEIR_SIEM_SECRET = SECRET;
    const end = new AbortController();
    const running = runStreams(end.signal, () => {});
    await expect.poll(() => taken.flatMap(entriesOf).length, { timeout: 10_000 }).toBe(written);
    end.abort();
    await running;
    expect((await getStreams(admin)).streams[0]?.lag).toEqual({ entries: 0, seconds: 0 });
    delete process.env.WEIR_SIEM_SECRET;
    expect((await getStreams(admin)).misconfigured).toContain('WEIR_SIEM_SECRET');
    delete process.env.WEIR_SIEM_URL;
  });
});
