import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { config } from '@/proxy';
import { allowLongStreams } from './allow-long-streams';

/** Node looks for late requests this often. */
const LOOKED_EVERY_MS = 20;
const WITHIN_MS = 100;
const server = createServer(
  { connectionsCheckingInterval: LOOKED_EVERY_MS, requestTimeout: WITHIN_MS },
  (got, answer) => {
    got.resume();
    if (got.url?.endsWith('?refuse')) answer.writeHead(403).end('refused');
    got.on('end', () => answer.end('whole'));
  },
);

beforeAll(async () => {
  allowLongStreams(WITHIN_MS);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => server.close());

/** What becomes of a body whose end comes after three times the time that Node grants. */
function sendSlowly(path: string): Promise<string> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve) => {
    const sending = request({ port, path, method: 'POST', headers: { connection: 'close' } }, (answer) => {
      answer.setEncoding('utf8').on('data', (text) => resolve(`${answer.statusCode} ${text}`));
      answer.on('end', () => resolve(`${answer.statusCode}`));
    });
    sending.on('error', () => resolve('cut off'));
    sending.write('begin');
    setTimeout(() => sending.end('end'), WITHIN_MS * 3);
  });
}

test('a stream may take longer than Node grants a request, everything else may not', async () => {
  expect(await sendSlowly('/api/v1/records')).toBe('200 whole');
  expect(await sendSlowly('/v1/traces?x=1')).toBe('200 whole');
  expect(await sendSlowly('/api/v1/recordsx')).toBe('cut off');
  expect(await sendSlowly('/login')).toBe('cut off');
});

test('whoever is refused and still sends gets the whole answer, and the connection is then closed for writing', async () => {
  const { port } = server.address() as AddressInfo;
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  socket.setEncoding('utf8');
  let heard = '';
  socket.on('data', (text) => {
    heard += text;
  });
  const head =
    'POST /v1/traces?refuse HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n';
  socket.write(head);
  await once(socket, 'end');
  expect(heard).toContain('403 Forbidden');
  expect(heard).toContain('refused');
  // It may still send, for as long as the handler reads.
  for (let n = 0; n < 20; n++) await new Promise((resolve) => socket.write('5\r\nstill\r\n', resolve));
  socket.end('0\r\n\r\n');
  await once(socket, 'close');
  expect(socket.errored).toBeNull();
});

test('streams do not pass the proxy, for which Next would keep a copy of 10 MB and cut the body off behind it', () => {
  const passes = (path: string) => config.matcher.some((pattern) => new RegExp(`^${pattern}$`).test(path));
  expect(['/api/v1/records', '/v1/traces'].filter(passes)).toEqual([]);
  expect(passes('/clusters')).toBe(true);
});
