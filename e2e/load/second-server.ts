/** One more web server on a desk's state and database, as a second machine would run it. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '@/lib/database/embedded-postgres';
import { readState } from '@/lib/database/state-folder';
import { ROOT } from '../desk-process';

const READY_WITHIN_MS = 120_000;

/** @param databaseUrl as the first server has it @returns its address, when it is ready, and its end */
export async function startSecondServer(
  databaseUrl: string,
): Promise<{ address: string; end: () => Promise<unknown> }> {
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const next = path.join(ROOT, 'node_modules/next/dist/bin/next');
  const child = spawn(process.execPath, [next, 'start', '-p', String(port), '-H', '127.0.0.1'], {
    cwd: ROOT,
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      NEXTAUTH_URL: address,
      NEXTAUTH_SECRET: readState<{ session: string }>('secrets.json')?.session ?? '',
      NODE_ENV: 'production',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  for (const until = Date.now() + READY_WITHIN_MS; ; await pause(200)) {
    const ready = await fetch(`${address}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ready) break;
    if (Date.now() > until || child.exitCode !== null) throw new Error('the second server did not start');
  }
  return {
    address,
    end: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}
