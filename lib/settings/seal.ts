/** Sealing of secrets that lie in the database, with a key that does not: WEIR_SEAL_KEY, or a file of the state folder. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stateFolder } from '@/lib/database/state-folder';
import { AppError } from '@/lib/errors';

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const FILE = 'seal.key';

/** AES-256-GCM: nonce, tag, sealed text. The name is bound in, so that a row cannot pass for another secret.
 * @throws AppError unavailable when the key is unusable */
export function seal(name: string, text: string): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', sealKey(), nonce).setAAD(Buffer.from(name));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Uint8Array.from(Buffer.concat([nonce, cipher.getAuthTag(), sealed]));
}

/** What was sealed. @throws AppError unavailable when this key did not seal it, or somebody changed it since */
export function unseal(name: string, sealed: Uint8Array): string {
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const tag = sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
  try {
    const decipher = createDecipheriv('aes-256-gcm', sealKey(), nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(name)).setAuthTag(tag);
    const text = Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
    return text.toString('utf8');
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError(
      'unavailable',
      'A stored secret cannot be opened: the key of this machine is not the one it was sealed with. Restore the key, or set the secret again.',
      `unsealing ${name} failed`,
      { cause },
    );
  }
}

function sealKey(): Buffer {
  const given = process.env.WEIR_SEAL_KEY?.trim();
  const key = Buffer.from(given || readOrMakeKey(), 'base64');
  if (key.length === KEY_BYTES) return key;
  throw new AppError(
    'unavailable',
    `${given ? 'WEIR_SEAL_KEY' : `The file ${FILE} of the state folder`} does not hold ${KEY_BYTES} bytes in base64. Ask whoever runs this deployment to correct it.`,
  );
}

/** The web server and the worker may come here at once: whoever links the file first has made the key. */
function readOrMakeKey(): string {
  const file = path.join(stateFolder(), FILE);
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const own = `${file}.${randomBytes(6).toString('hex')}`;
  writeFileSync(own, `${randomBytes(KEY_BYTES).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
  try {
    linkSync(own, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(own);
  }
  return readFileSync(file, 'utf8');
}
