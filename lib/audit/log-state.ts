/** The log's name, and the files of the state folder that belong to it: its key, public keys and checkpoints. */
import { generateKeyPairSync } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import type pg from 'pg';
import { stateFolder } from '@/lib/database/state-folder';
import { openSigner, type Signer } from './log/checkpoint';

/** The log's id, given when it is first asked for; "weir/<id>" is the origin of its checkpoints. */
export async function readLogId(client: pg.ClientBase | pg.Pool): Promise<string> {
  const read = () => client.query<{ id: string }>('SELECT id FROM audit_log');
  const [known] = (await read()).rows;
  if (known) return known.id;
  await client.query('INSERT INTO audit_log DEFAULT VALUES ON CONFLICT DO NOTHING');
  return (await read()).rows[0]!.id;
}

export const originOf = (logId: string) => `weir/${logId}`;

/** A file of this log in the state folder. */
export function logFile(logId: string, ending: 'key' | 'pub' | 'checkpoints'): string {
  const folder = path.join(stateFolder(), 'audit');
  if (!existsSync(folder)) mkdirSync(folder, { recursive: true, mode: 0o700 });
  return path.join(folder, `${logId}.${ending}`);
}

/**
 * The key that signs: WEIR_AUDIT_KEY (PKCS #8, PEM or a file that holds it), or the one in the state folder.
 * @param mayMake a new log gets a key of its own; one that was signed before does not get a second one here
 * @returns null when there is no key
 */
export function loadSigner(logId: string, mayMake: boolean): Signer | null {
  const given = process.env.WEIR_AUDIT_KEY;
  const file = logFile(logId, 'key');
  if (!given && mayMake && !existsSync(file)) makeKey(file);
  if (!given && !existsSync(file)) return null;
  const pem = given?.includes('PRIVATE KEY') ? given : readFileSync(given || file, 'utf8');
  const signer = openSigner(originOf(logId), pem);
  remember(logId, signer.publicKey);
  return signer;
}

function makeKey(file: string): void {
  const { privateKey } = generateKeyPairSync('ed25519');
  const own = `${file}.${process.pid}`;
  writeFileSync(own, privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600 });
  try {
    // A link is made whole or not at all, and not over another one: of two at once one key holds.
    linkSync(own, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

/** Every public key that signed here, so that checkpoints from before a change of keys can still be checked. */
export function readPublicKeys(logId: string): string[] {
  const file = logFile(logId, 'pub');
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8').split('\n').filter(Boolean);
}

function remember(logId: string, publicKey: string): void {
  if (readPublicKeys(logId).includes(publicKey)) return;
  appendFileSync(logFile(logId, 'pub'), `${publicKey}\n`, { mode: 0o644 });
}
