/**
 * A base backup of the embedded Postgres while it works, by the interface that Postgres has for it (its manual, "Making a
 * Base Backup Using the Low Level API"): told to begin, its files are copied as they stand, told to end, and the log
 * written meanwhile goes beside them. Started on the copy, Postgres brings it to the moment of the end.
 */
import { chownSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { cp, readdir } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { AppError } from '@/lib/errors';
import { ownerForRoot } from './postgres-owner';

/** What a copy must not have: the running server's own marks, and what it makes anew. */
const LEFT_OUT = new Set(['postmaster.pid', 'postmaster.opts', 'pg_wal', 'pg_replslot', 'pg_stat_tmp']);
const SLOT = 'weir_backup';

export interface Backup {
  /** Bytes that were copied. */
  bytes: number;
  seconds: number;
}

/**
 * @param url of the server, under a role that may make backups
 * @param data its data folder
 * @param into a folder that is not there yet; its data folder is made inside as `postgres`
 * @throws AppError conflict when there is something already, or the server keeps too little of its log
 */
export async function backUp(url: string, data: string, into: string): Promise<Backup> {
  const began = performance.now();
  if (existsSync(into) && readdirSync(into).length > 0)
    throw new AppError('conflict', `${into} holds something already. Name a folder that is not there yet.`);
  // The session has to last: the backup belongs to it.
  const session = new pg.Client({ connectionString: url });
  session.on('error', () => {});
  await session.connect();
  try {
    const { rows } = await session.query<{ wal_level: string }>('SHOW wal_level');
    if (rows[0]?.wal_level === 'minimal') {
      throw new AppError(
        'conflict',
        'This Postgres keeps too little of its log to be copied while it works. Start Weir with WEIR_WAL_LEVEL=replica, or stop it and copy its folder.',
      );
    }
    const copy = path.join(into, 'postgres');
    mkdirSync(copy, { recursive: true, mode: 0o700 });
    await session.query('SELECT pg_create_physical_replication_slot($1, true, true)', [SLOT]);
    await session.query(`SELECT pg_backup_start('weir', true)`);
    await copyFiles(data, copy);
    const { rows: ends } = await session.query<{ labelfile: string; lsn: string }>(
      'SELECT labelfile, lsn::text FROM pg_backup_stop(false)',
    );
    writeFileSync(path.join(copy, 'backup_label'), ends[0]?.labelfile ?? '', { mode: 0o600 });
    // The segment that the end lies in may not be full for long: what stands in it is whole up to there.
    for (const made of ['pg_wal', 'pg_replslot', 'pg_stat_tmp'])
      mkdirSync(path.join(copy, made), { mode: 0o700 });
    await copyFiles(path.join(data, 'pg_wal'), path.join(copy, 'pg_wal'));
    return { bytes: await handOver(copy), seconds: (performance.now() - began) / 1_000 };
  } finally {
    // A temporary slot goes with its session.
    await session.end();
  }
}

/** Files may vanish and grow meanwhile; the log mends what was copied half. */
async function copyFiles(from: string, to: string): Promise<void> {
  for (const entry of await readdir(from, { withFileTypes: true })) {
    if (LEFT_OUT.has(entry.name)) continue;
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    try {
      if (entry.isDirectory()) {
        mkdirSync(target, { mode: 0o700 });
        await copyFiles(source, target);
      } else if (entry.isFile()) await cp(source, target);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
}

/** As root the server runs as somebody else, to whom everything has to belong. @returns bytes */
async function handOver(folder: string): Promise<number> {
  const owner = ownerForRoot();
  let bytes = 0;
  for (const name of ['.', ...(await readdir(folder, { recursive: true }))]) {
    const file = path.join(folder, name);
    if (owner) chownSync(file, owner.uid, owner.gid);
    const { size, blocks } = statSync(file);
    bytes += blocks > 0 ? size : 0;
  }
  return bytes;
}
