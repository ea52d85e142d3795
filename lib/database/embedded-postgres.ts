/**
 * The Postgres that comes with Weir: started from the package of this platform, kept in the state folder, found
 * again when it already runs. Postgres refuses to run as root, so root runs it as `nobody`.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import pg from 'pg';
import { AppError } from '@/lib/errors';
import { initializePostgres, USER } from './initialize-postgres';
import { isAlive } from './is-alive';
import { type Owner, ownerForRoot, refuseUnreachable } from './postgres-owner';
import { findPrograms } from './postgres-programs';

export interface EmbeddedPostgres {
  url: string;
  /** Process id of the postmaster. */
  pid: number;
  /** True when it was running already. */
  found: boolean;
}

interface Access {
  port: number;
  password: string;
}

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
  const programs = await findPrograms();
  const owner = ownerForRoot();
  refuseUnreachable(folder, programs.postgres, owner);
  const access = await chooseAccess(accessFile);
  initializePostgres(programs.initdb, data, access.password, owner);
  const log = path.join(folder, 'postgres.log');
  const server = launch(programs.postgres, data, log, access.port, settings, owner);
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
    // Nobody follows this server by its log: making an index then writes the index alone. Who wants to copy it while it
    // works sets WEIR_WAL_LEVEL=replica.
    wal_level: process.env.WEIR_WAL_LEVEL || 'minimal',
    max_wal_senders: '0',
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
