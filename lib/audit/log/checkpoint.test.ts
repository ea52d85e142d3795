import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import * as verifier from '../verifier/verify-log.mjs';
import { openCheckpoint, openSigner, signCheckpoint } from './checkpoint';

/** The example of signed notes in Go's module for them, golang.org/x/mod/sumdb/note. */
const SEED = 'AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz';
const PUBLIC = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const TEXT =
  "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const NOTE = `${TEXT}\n\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n`;

/** An Ed25519 key in PKCS #8 from its 32 bytes. */
function pemOf(seed: Buffer): string {
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  return String(
    createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }).export({ format: 'pem', type: 'pkcs8' }),
  );
}
const peter = openSigner('PeterNeumann', pemOf(Buffer.from(SEED, 'base64').subarray(1)));
const other = openSigner(
  'weir/x',
  String(generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' })),
);
const head = {
  origin: 'weir/x',
  size: 7,
  root: Buffer.alloc(32, 9),
  signedAt: new Date('2026-11-22T12:00:00Z'),
};

describe('a signed note', () => {
  it('has the known public key, and the known signature is taken', () => {
    expect(peter.publicKey).toBe(PUBLIC);
    expect(verifier.openNote(NOTE, [verifier.readKey(PUBLIC)])).toBe(TEXT);
  });

  it('is refused for another text, another key, another name or half a signature', () => {
    const keys = [verifier.readKey(PUBLIC)];
    for (const wrong of [
      NOTE.replace('answer', 'Answer'),
      NOTE.replace('\u2014 PeterNeumann', '\u2014 PeterNeuman'),
      NOTE.replace('\u2014 ', '- '),
      NOTE.replace('x08go/', 'x08gp/'),
      NOTE.replace('BwJnAM=', 'BwJn'),
      TEXT,
      `${TEXT}\n`,
      '',
    ]) {
      expect(verifier.openNote(wrong, keys)).toBeNull();
    }
    expect(verifier.openNote(NOTE, [verifier.readKey(other.publicKey)])).toBeNull();
    expect(() => verifier.readKey(PUBLIC.replace('c74f20a3', 'c74f20a4'))).toThrow('not a public key');
    expect(() => verifier.readKey('PeterNeumann')).toThrow('not a public key');
  });
});

describe('a checkpoint', () => {
  const note = signCheckpoint(other, head);

  it('stands as C2SP has it, and both readers agree on it', () => {
    expect(note.split('\n').slice(0, 5)).toEqual([
      'weir/x',
      '7',
      head.root.toString('base64'),
      'signed 2026-11-22T12:00:00.000Z',
      '',
    ]);
    expect(openCheckpoint(note, [PUBLIC, other.publicKey])).toEqual(head);
    const { signedAt: _, ...told } = head;
    expect(verifier.openCheckpoint(note, [verifier.readKey(other.publicKey)])).toEqual(told);
  });

  it('of nobody, of another key, or that is no head is none', () => {
    for (const wrong of [
      note.replace('\n7\n', '\n8\n'),
      note.replace('12:00', '12:01'),
      signCheckpoint(peter, head),
      signCheckpoint(other, { ...head, size: -1 }),
      signCheckpoint(other, { ...head, size: 1e21 }),
      signCheckpoint(other, { ...head, root: Buffer.alloc(31) }),
      signCheckpoint(other, { ...head, origin: '' }),
      '',
    ]) {
      expect(openCheckpoint(wrong, [other.publicKey])).toBeNull();
      expect(verifier.openCheckpoint(wrong, [verifier.readKey(other.publicKey)])).toBeNull();
    }
  });

  it('is signed with Ed25519 and nothing else', () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
    expect(() => openSigner('x', String(rsa.export({ format: 'pem', type: 'pkcs8' })))).toThrow(
      'not an Ed25519 key',
    );
  });

  it('is found among others in a file, whole ones only', () => {
    const file = `${note}\n${note}\n${note.slice(0, 30)}`;
    expect(verifier.splitNotes(file)).toEqual([note, note]);
  });
});
