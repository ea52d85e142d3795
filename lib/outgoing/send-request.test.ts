import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findDestination, type Resolve } from './find-destination';
import { type OutgoingRequest, sendRequest } from './send-request';
import { serve } from './testing/serve';

beforeEach(() => {
  vi.stubEnv('WEIR_OUTGOING_ALLOW', '127.0.0.1');
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const call = (url: string, more: Partial<OutgoingRequest> = {}) =>
  sendRequest({ url, method: 'POST', headers: {}, body: '{}', timeoutMs: 2_000, ...more });
const failure = (work: Promise<unknown>) =>
  work.then(
    () => null,
    ({ kind, message }) => ({ kind, message }),
  );

describe('findDestination()', () => {
  beforeEach(() => {
    vi.stubEnv('WEIR_OUTGOING_ALLOW', '');
  });
  const leadsTo =
    (...addresses: string[]): Resolve =>
    async () =>
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

  it.each([
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0177.0.0.1/',
    'https://127.1/',
    'https://127.0.0.1./',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:a9fe:a9fe]/latest/meta-data/',
    'https://[64:ff9b::7f00:1]/',
    'https://169.254.169.254/latest/meta-data/',
    'https://0/',
    'https://①②⑦.0.0.1/',
    'https://localhost/',
    'https://LOCALHOST./',
    'http://1.1.1.1/',
    'ftp://1.1.1.1/',
    'https://name:password@1.1.1.1/',
    'https://user@1.1.1.1/',
    'nonsense',
  ])('refuses %s', async (address) => {
    expect(await failure(findDestination(address))).toMatchObject({ kind: 'refused' });
  });

  it('refuses a name when any of its addresses is closed', async () => {
    const url = 'https://hooks.example/';
    expect(await findDestination(url, leadsTo('1.1.1.1', '8.8.8.8'))).toMatchObject({
      address: '1.1.1.1',
      family: 4,
    });
    expect(await failure(findDestination(url, leadsTo('1.1.1.1', '10.0.0.1')))).toMatchObject({
      kind: 'refused',
    });
    expect(await failure(findDestination(url, leadsTo('1.1.1.1', '::1')))).toMatchObject({ kind: 'refused' });
    expect(await failure(findDestination(url, leadsTo()))).toMatchObject({ kind: 'failed' });
  });

  it('goes where the deployment allows it: by name, by address, by range; in every spelling', async () => {
    vi.stubEnv('WEIR_OUTGOING_ALLOW', '10.1.0.0/16, hooks.internal ,::1');
    expect(await findDestination('http://hooks.internal/', leadsTo('192.168.3.4'))).toMatchObject({
      address: '192.168.3.4',
    });
    expect(await findDestination('http://10.1.2.3/')).toMatchObject({ address: '10.1.2.3' });
    expect(await findDestination('http://[::ffff:10.1.2.3]/')).toBeTruthy();
    expect(await findDestination('http://[0:0::1]/')).toMatchObject({ address: '::1', family: 6 });
    expect(await failure(findDestination('http://10.2.0.1/'))).toMatchObject({ kind: 'refused' });
    expect(
      await failure(findDestination('https://hooks.internal.evil.example/', leadsTo('10.9.9.9'))),
    ).toMatchObject({ kind: 'refused' });
  });

  it('opens nothing by a typing error in the configuration', async () => {
    vi.stubEnv('WEIR_OUTGOING_ALLOW', '10.0.0.0/99');
    await expect(findDestination('https://1.1.1.1/')).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('sendRequest()', () => {
  it('connects to the address that was checked: a name that leads elsewhere a moment later gains nothing', async () => {
    let asked = 0;
    const hosts: (string | undefined)[] = [];
    await using there = await serve((request, response) => {
      hosts.push(request.headers.host);
      response.end('there');
    });
    const resolve: Resolve = async () => {
      asked++;
      return [{ address: asked === 1 ? '127.0.0.1' : '169.254.169.254', family: 4 }];
    };
    const answer = await call(`http://rebind.example:${there.port}/path?q=1`, { resolve });
    expect(answer).toMatchObject({ status: 200, body: 'there' });
    expect(asked).toBe(1);
    expect(hosts).toEqual([`rebind.example:${there.port}`]);
    expect(await failure(call(`http://rebind.example:${there.port}/`, { resolve }))).toMatchObject({
      kind: 'refused',
    });
    expect(hosts).toHaveLength(1);
  });

  it('never follows a redirect', async () => {
    let calls = 0;
    await using there = await serve((_, response) => {
      calls++;
      response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data/' }).end();
    });
    expect(await call(there.url)).toMatchObject({ status: 302 });
    expect(calls).toBe(1);
  });

  it('sends nothing to a closed address', async () => {
    let calls = 0;
    await using there = await serve((_, response) => {
      calls++;
      response.end();
    });
    vi.stubEnv('WEIR_OUTGOING_ALLOW', '');
    expect(await failure(call(there.url))).toEqual({
      kind: 'refused',
      message: expect.stringContaining('private'),
    });
    expect(calls).toBe(0);
  });

  it('gives up a server that never answers, one that drips, one that sends without end, one that hangs up', async () => {
    await using there = await serve((request, response) => {
      const drip = () => {
        if (response.destroyed) return;
        response.write(' ');
        setTimeout(drip, 20).unref();
      };
      if (request.url === '/drip') drip();
      if (request.url === '/flood') response.end('x'.repeat(200_000));
      if (request.url === '/hangup') request.socket.destroy();
      if (request.url === '/half') {
        response.writeHead(200, { 'content-length': '100' });
        response.write('half');
        setTimeout(() => request.socket.destroy(), 20);
      }
      if (request.url === '/garbage') request.socket.end('SSH-2.0-OpenSSH_9.2\r\n');
    });
    const quick = { timeoutMs: 250 };
    expect(await failure(call(`${there.url}/never`, quick))).toEqual({ kind: 'failed', message: 'timeout' });
    expect(await failure(call(`${there.url}/drip`, quick))).toEqual({ kind: 'failed', message: 'timeout' });
    expect(await failure(call(`${there.url}/flood`))).toMatchObject({
      message: 'the answer is longer than 65536 bytes',
    });
    expect(await failure(call(`${there.url}/hangup`))).toMatchObject({
      message: 'the connection was dropped',
    });
    expect(await failure(call(`${there.url}/half`))).toMatchObject({
      message: expect.stringContaining('dropped'),
    });
    expect(await failure(call(`${there.url}/garbage`))).toMatchObject({ message: 'the answer is not HTTP' });
    const port = there.port;
    await there[Symbol.asyncDispose]();
    expect(await failure(call(`http://127.0.0.1:${port}/`))).toMatchObject({
      message: 'nobody answers at this address',
    });
  });

  it('ends when nobody waits for it any more', async () => {
    await using there = await serve(() => {});
    const over = new AbortController();
    const ended = failure(call(there.url, { signal: over.signal }));
    over.abort();
    expect(await ended).toEqual({ kind: 'failed', message: 'ended before the answer' });
  });
});
