/**
 * Forgotten accounts are known by a keyed hash of their id, so that later records of them are refused and nobody who
 * has the database alone can tell whom it is about. The key lies in the state folder, or in WEIR_FORGET_KEY where
 * several machines take records in.
 */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type pg from 'pg';
import { stateFolder } from '@/lib/database/state-folder';
import { AppError } from '@/lib/errors';

const FILE = 'forget.key';
const KEY = /^[0-9a-f]{64}$/i;

export interface ForgetKey {
  key: Buffer;
  /** Tells the key without telling it. */
  id: string;
}

/** Why a record of a forgotten account is not taken. */
export const FORGOTTEN_REASON = 'the account was forgotten: records of it are not taken any more';

/** This machine's key, or null while there is none. @throws AppError unavailable when it is not a key */
export function findForgetKey(): ForgetKey | null {
  const given = process.env.WEIR_FORGET_KEY?.trim() || readFile();
  if (!given) return null;
  if (!KEY.test(given)) {
    throw new AppError(
      'unavailable',
      `The key of forgotten accounts (WEIR_FORGET_KEY, or ${FILE} in the state folder) is not 64 hexadecimal digits. Restore it.`,
    );
  }
  const key = Buffer.from(given, 'hex');
  return { key, id: createHash('sha256').update(key).digest('hex').slice(0, 16) };
}

/** As findForgetKey; makes one when there is none. */
export function makeForgetKey(): ForgetKey {
  const found = findForgetKey();
  if (found) return found;
  try {
    // Of two who make one at the same time, the second takes the first one's.
    writeFileSync(path.join(stateFolder(), FILE), `${randomBytes(32).toString('hex')}\n`, {
      mode: 0o600,
      flag: 'wx',
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return findForgetKey()!;
}

function readFile(): string | null {
  try {
    return readFileSync(path.join(stateFolder(), FILE), 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

export function hashForgottenId({ key }: Pick<ForgetKey, 'key'>, accountId: string): string {
  return createHmac('sha256', key).update(accountId, 'utf8').digest('hex');
}

/** All forgotten accounts as one look at the table found them, in a form that goes to another thread. */
export interface ForgottenHashes {
  /** Hexadecimal. */
  key: string;
  hashes: string[];
}

export class ForgottenIds {
  private readonly hashes: ReadonlySet<string>;
  private readonly key: Buffer | undefined;

  constructor(found: ForgottenHashes | null) {
    this.hashes = new Set(found?.hashes);
    this.key = found ? Buffer.from(found.key, 'hex') : undefined;
  }

  /** Costs a hash (2 µs) when anybody was forgotten at all: ask once an account. */
  has(accountId: string): boolean {
    return this.key !== undefined && this.hashes.has(hashForgottenId({ key: this.key }, accountId));
  }
}

/** Null while nobody was forgotten. @throws AppError unavailable when some were forgotten under a key that this machine
 * does not have: taking records in would bring them back unseen */
export async function readForgotten(client: Pick<pg.Pool, 'query'>): Promise<ForgottenHashes | null> {
  const { rows } = await client.query<{ hash: string; key_id: string }>(
    'SELECT hash, key_id FROM forgotten_account',
  );
  if (rows.length === 0) return null;
  const found = findForgetKey();
  const strange = rows.filter((row) => row.key_id !== found?.id).length;
  if (!found || strange > 0) {
    throw new AppError(
      'unavailable',
      `${strange} forgotten accounts are known by a key that this machine does not have, so their records could come back unseen. Copy ${FILE} from the state folder of the machine that forgot them, or set WEIR_FORGET_KEY.`,
    );
  }
  return { key: found.key.toString('hex'), hashes: rows.map((row) => row.hash) };
}
