/** The data folder of the embedded Postgres, made once by initdb. */
import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '@/lib/errors';
import { isAlive } from './is-alive';
import type { Owner } from './postgres-owner';

/** The superuser of every embedded Postgres. */
export const USER = 'weir';

/** Makes the data folder when it is not there: beside its place first, so that a half-made one is never found. */
export function initializePostgres(
  initdb: string,
  data: string,
  password: string,
  owner: Owner | undefined,
): void {
  if (existsSync(path.join(data, 'PG_VERSION'))) return;
  removeHalfMade(data);
  const fresh = `${data}.new.${process.pid}`;
  mkdirSync(fresh, { mode: 0o700 });
  if (owner) chownSync(fresh, owner.uid, owner.gid);
  const passwordFile = `${fresh}.pw`;
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (owner) chownSync(passwordFile, owner.uid, owner.gid);
  try {
    const flags = ['-U', USER, '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '-E', 'UTF8', '--locale=C'];
    const run = spawnSync(initdb, ['-D', fresh, ...flags, '--no-sync'], {
      cwd: '/',
      encoding: 'utf8',
      env: { PATH: process.env.PATH, LC_ALL: 'C', NODE_ENV: process.env.NODE_ENV },
      ...owner,
    });
    if (run.status !== 0) {
      throw new AppError(
        'unavailable',
        `initdb failed: ${(run.stderr || String(run.error)).trim().slice(-400)}`,
      );
    }
    renameSync(fresh, data);
  } catch (error) {
    // Another start may have put its own there first: then that one is used.
    if (!existsSync(path.join(data, 'PG_VERSION'))) throw error;
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** What starts that were killed in the middle left behind. */
function removeHalfMade(data: string): void {
  const folder = path.dirname(data);
  for (const name of readdirSync(folder)) {
    const pid = /^postgres\.new\.(\d+)/.exec(name)?.[1];
    if (pid && (Number(pid) === process.pid || !isAlive(Number(pid)))) {
      rmSync(path.join(folder, name), { recursive: true, force: true });
    }
  }
}
