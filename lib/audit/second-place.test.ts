import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { secondPlace } from './second-place';

const note = (size: number) => `weir/log\n${size}\nroot${size}\n\n\u2014 weir/log c2ln\n`;
const held = Array.from({ length: 2_000 }, (_, n) => `${note(n + 1)}\n`).join('');

afterEach(() => {
  delete process.env.WEIR_CHECKPOINTS;
});

async function newestAt(answer: (request: IncomingMessage, response: ServerResponse) => unknown) {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.env.WEIR_CHECKPOINTS = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  try {
    return await secondPlace('log').newest();
  } finally {
    server.close();
  }
}

it('asks an address for the end of what it holds, however much that is', async () => {
  let sent = 0;
  const newest = await newestAt((request, response) => {
    const last = Number(/^bytes=-(\d+)$/.exec(request.headers.range ?? '')?.[1]);
    sent = last;
    response.statusCode = 206;
    response.end(Buffer.from(held).subarray(-last));
  });
  expect(newest).toBe(note(2_000));
  expect(sent).toBeLessThan(10_000);
});

it('finds the newest where an address answers with all it holds', async () => {
  expect(await newestAt((_, response) => response.end(held))).toBe(note(2_000));
});

it.each([404, 416])('takes %i for an address that holds none yet', async (status) => {
  expect(await newestAt((_, response) => response.writeHead(status).end())).toBeNull();
});

it('does not take a page that holds no checkpoint for an empty place', async () => {
  await expect(newestAt((_, response) => response.end('<h1>Welcome</h1>'))).rejects.toThrow(
    'holds no checkpoint',
  );
});
