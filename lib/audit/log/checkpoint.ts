/** Signed heads of the log: C2SP tlog-checkpoint in a C2SP signed-note with Ed25519. */
import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';

const ED25519 = 1;

export interface Checkpoint {
  origin: string;
  size: number;
  root: Buffer;
  /** When it was signed, from its extension line; null when it has none. */
  signedAt: Date | null;
}

/** A key that signs, with the name under which its signatures go. */
export interface Signer {
  name: string;
  privateKey: KeyObject;
  /** "<name>+<hash>+<key>", as signed-note has it. */
  publicKey: string;
}

/** @param pem an Ed25519 private key in PKCS #8. @throws Error when it is another kind of key */
export function openSigner(name: string, pem: string): Signer {
  const privateKey = createPrivateKey(pem);
  if (privateKey.asymmetricKeyType !== 'ed25519') {
    throw new Error(`not an Ed25519 key but ${privateKey.asymmetricKeyType}`);
  }
  // The raw key is the end of its DER form.
  const raw = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-32);
  const key = Buffer.concat([Buffer.from([ED25519]), raw]);
  return {
    name,
    privateKey,
    publicKey: `${name}+${keyHash(name, key).toString('hex')}+${key.toString('base64')}`,
  };
}

/** The signed note of a head. */
export function signCheckpoint(signer: Signer, head: Checkpoint): string {
  const lines = [head.origin, String(head.size), head.root.toString('base64')];
  if (head.signedAt) lines.push(`signed ${head.signedAt.toISOString()}`);
  const text = `${lines.join('\n')}\n`;
  const { hash } = readKey(signer.publicKey);
  const signature = Buffer.concat([hash, sign(null, Buffer.from(text), signer.privateKey)]);
  return `${text}\n\u2014 ${signer.name} ${signature.toString('base64')}\n`;
}

/** The head in a note that one of the keys has signed; null when none has, or it is no checkpoint. */
export function openCheckpoint(note: string, publicKeys: readonly string[]): Checkpoint | null {
  const at = note.lastIndexOf('\n\n');
  if (at < 0) return null;
  const text = note.slice(0, at + 1);
  const signed = note
    .slice(at + 2)
    .split('\n')
    .some((line) => publicKeys.some((key) => hasSigned(key, text, line)));
  return signed ? readHead(text) : null;
}

function hasSigned(publicKey: string, text: string, line: string): boolean {
  const [dash, name, encoded = ''] = line.split(' ');
  const key = readKey(publicKey);
  const signature = Buffer.from(encoded, 'base64');
  if (dash !== '\u2014' || name !== key.name || signature.length !== 68) return false;
  return (
    signature.subarray(0, 4).equals(key.hash) &&
    verify(null, Buffer.from(text), key.publicKey, signature.subarray(4))
  );
}

function readHead(text: string): Checkpoint | null {
  const [origin = '', size = '', encoded = '', ...more] = text.split('\n');
  const root = Buffer.from(encoded, 'base64');
  if (origin === '' || !/^(0|[1-9]\d{0,15})$/.test(size) || root.length !== 32) return null;
  const time = more.find((line) => line.startsWith('signed '))?.slice('signed '.length);
  return { origin, size: Number(size), root, signedAt: time ? new Date(time) : null };
}

function readKey(publicKey: string): { name: string; hash: Buffer; publicKey: KeyObject } {
  const [name = '', hash = '', ...rest] = publicKey.split('+');
  const key = Buffer.from(rest.join('+'), 'base64');
  if (key.length !== 33 || key[0] !== ED25519 || keyHash(name, key).toString('hex') !== hash) {
    throw new Error(`not a public key of a signed note: ${publicKey.slice(0, 200)}`);
  }
  const x = key.subarray(1).toString('base64url');
  return {
    name,
    hash: keyHash(name, key),
    publicKey: createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }),
  };
}

function keyHash(name: string, key: Buffer): Buffer {
  return createHash('sha256').update(`${name}\n`).update(key).digest().subarray(0, 4);
}
