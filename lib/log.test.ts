import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { logOptions } from './log';
import { enterRequest } from './request-scope';

async function written(entry: object): Promise<string> {
  const stream = new PassThrough();
  const line = once(stream, 'data');
  pino(logOptions, stream).error(entry, 'failed');
  return String((await line)[0]);
}

describe('the log', () => {
  test('is a line of JSON with the id of its request, whatever was thrown', async () => {
    enterRequest({ id: 'request-1' });
    const thrown = [new Error('line one\nline {"two": 2}', { cause: new Error('why') }), 'words', null];
    for (const err of thrown) {
      const line = await written({ err });
      expect(line.trimEnd().split('\n')).toHaveLength(1);
      expect(JSON.parse(line)).toMatchObject({ id: 'request-1', msg: 'failed', name: 'web' });
    }
  });

  test('holds no key, token, password or parameter that an error carries', async () => {
    const key = `weir_${'k'.repeat(43)}`;
    const error = Object.assign(
      new Error(`GET https://me:hunter2@siem.example.org with Authorization: Bearer ${key} failed`),
      {
        code: 'P2010',
        parameters: ['hunter2'],
        config: { headers: { authorization: 'hunter2' } },
        detail: 'Key (email)=(hunter2) already exists.',
      },
    );
    const line = await written({ err: new Error(`wrapped ${key}`, { cause: error }) });
    for (const secret of ['hunter2', 'kkkk']) expect(line).not.toContain(secret);
    expect(JSON.parse(line).err).toMatchObject({ cause: { code: 'P2010' } });
  });
});
