import http from 'node:http';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { guardedAgent } from './guarded-agent';
import { serve } from './testing/serve';

afterEach(() => {
  vi.unstubAllEnvs();
});

/** The status that a library's call gets, or why there was none. */
function ask(url: string, agent: http.Agent): Promise<number | string> {
  return new Promise((resolve) => {
    try {
      http
        .get(url, { agent }, (answer) => {
          answer.resume();
          resolve(answer.statusCode ?? 0);
        })
        .on('error', (error) => resolve(error.message));
    } catch (error) {
      resolve((error as NodeJS.ErrnoException).code ?? '');
    }
  });
}

describe('guardedAgent()', () => {
  it('connects to the host of the configuration, wherever it lies, and to no other closed place', async () => {
    await using server = await serve((_, response) => void response.writeHead(204).end());
    expect(await ask(server.url, guardedAgent('http:', '127.0.0.1'))).toBe(204);
    const elsewhere = guardedAgent('http:', 'id.example.org');
    for (const host of ['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '2130706433', '169.254.169.254'])
      expect(await ask(`http://${host}:${server.port}/`, elsewhere), host).toMatch(/^not sent: /);
    vi.stubEnv('WEIR_OUTGOING_ALLOW', '127.0.0.0/8');
    expect(await ask(server.url, elsewhere)).toBe(204);
  });

  it('follows no redirect, and goes from https to http for nobody', async () => {
    await using server = await serve(
      (_, response) => void response.writeHead(302, { location: 'http://169.254.169.254/' }).end(),
    );
    expect(await ask(server.url, guardedAgent('http:', '127.0.0.1'))).toBe(302);
    expect(await ask(server.url, guardedAgent('https:', '127.0.0.1'))).toBe('ERR_INVALID_PROTOCOL');
  });
});
