import { createServer } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { closeDatabase, database } from '@/lib/database/client';
import { AppError } from '@/lib/errors';
import { log } from '@/lib/log';
import { describeError, isUnreachable } from './describe-error';

/** A port of this machine that nobody listens on. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 1;
}

afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await closeDatabase();
});

describe('describeError', () => {
  test('a database that is down is said to be down, with an id that the log has too', async () => {
    const written = vi.spyOn(log, 'error').mockImplementation(() => {});
    vi.stubEnv('DATABASE_URL', `postgresql://nobody@127.0.0.1:${await closedPort()}/none`);
    const error = await database()
      .user.findFirst()
      .catch((thrown: unknown) => thrown);
    expect(isUnreachable(error)).toBe(true);
    const described = describeError(error, 'test');
    expect(described).toMatchObject({ code: 'unavailable', status: 503 });
    expect(written.mock.calls[0]?.[0]).toMatchObject({ errorId: described.errorId });
  });

  test('our own errors keep their words and are not logged', () => {
    const written = vi.spyOn(log, 'error').mockImplementation(() => {});
    const error = new AppError('conflict', 'Kofi claimed this 4 s ago.', 'internal words');
    expect(describeError(error, 'test')).toEqual({
      code: 'conflict',
      message: 'Kofi claimed this 4 s ago.',
      status: 409,
      errorId: '',
    });
    expect(written).not.toHaveBeenCalled();
  });

  test('whatever else was thrown keeps its inside to the log', () => {
    const written = vi.spyOn(log, 'error').mockImplementation(() => {});
    const described = describeError(new Error('relation "secret" does not exist'), 'test');
    expect(described).toMatchObject({ code: 'unknown', status: 500 });
    expect(described.message).not.toContain('secret');
    expect(written).toHaveBeenCalledOnce();
  });
});
