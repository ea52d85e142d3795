import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { StoredTree } from '../log/proofs';
import { headOf, makeLog, makeSigner } from '../testing/make-log';
import {
  LogVerifier,
  leafHash,
  openCheckpoint,
  readKey,
  readLines,
  Tree,
  verifyProof,
  Wrong,
} from './verify-log.mjs';

const signer = makeSigner('weir/test');
const stranger = makeSigner('weir/test');
const key = readKey(signer.publicKey);
const log = [...makeLog(signer, 40, 16)];
/** Lines of the file: a header, 16 entries, a checkpoint, 16 entries, a checkpoint, 8 entries, a checkpoint. */
const lineOf = (index: number) => 1 + index + Math.floor(index / 16);

function verify(lines: readonly string[], kept: readonly string[] = [], keys = [key]) {
  const verifier = new LogVerifier(
    keys,
    kept.map((note) => openCheckpoint(note, keys)!),
  );
  for (const line of lines) verifier.line(line);
  return verifier.finish();
}

/** @returns the first bad entry and the words about it */
function wrongIn(
  lines: readonly string[],
  kept: readonly string[] = [],
  keys = [key],
): [number | null, string] {
  try {
    verify(lines, kept, keys);
  } catch (error) {
    if (error instanceof Wrong) return [error.index, error.message];
    throw error;
  }
  return [null, 'nothing was wrong'];
}

const edit = (index: number, change: (line: string) => string) =>
  log.with(lineOf(index), change(log[lineOf(index)]!));
/** The line with its hash made to fit, as somebody does who knows the format. */
function rehash(line: string): string {
  const leaf = line.slice(line.indexOf(',"leaf":{') + 8, -1);
  return line.replace(/"hash":"[^"]*"/, `"hash":"${leafHash(leaf).toString('base64')}"`);
}
const noteIn = (line: string) => (JSON.parse(line) as { checkpoint: string }).checkpoint;
const LAST = noteIn(log.at(-1)!);

describe('a log', () => {
  it('that is whole holds', () => {
    expect(verify(log, [LAST, noteIn(log[17]!)])).toEqual({
      entries: 40,
      signed: 40,
      unsigned: 0,
      checkpoints: 3,
    });
    expect(verify(log.slice(0, -1))).toMatchObject({ entries: 40, signed: 32, unsigned: 8 });
  });

  it.each<[string, string[], number, RegExp]>([
    ['a flipped bit', edit(21, (line) => line.replace('"P-21"', '"P-20"')), 21, /entry 21 was changed/],
    ['a changed outcome', edit(0, (line) => line.replace('"done"', '"refused"')), 0, /entry 0 was changed/],
    ['a flipped hash', edit(7, (line) => line.replace(/"hash":"./, '"hash":"-')), 7, /entry 7 was changed/],
    [
      'a changed reason',
      edit(3, (line) => line.replace('3 times', '4 times')),
      3,
      /its \/reason is not what was logged/,
    ],
    ['another salt', edit(3, (line) => line.replace(/"\/reason":\["./, '"/reason":["!')), 3, /its \/reason/],
    [
      'a changed account',
      edit(5, (line) => line.replace(',"acct_6"', ',"acct_7"')),
      5,
      /\/detail\/accounts\/1/,
    ],
    [
      'an opening of nothing',
      edit(4, (line) => line.replace('"/reason"', '"/x"').replace('"/actor_name"', '"/y"')),
      4,
      /its \/y/,
    ],
    [
      'a dropped entry',
      log.toSpliced(lineOf(12), 1),
      12,
      /entry 12 is missing: entry 13 stands in its place/,
    ],
    ['a dropped first entry', log.toSpliced(1, 1), 0, /entry 0 is missing/],
    [
      'a swap',
      log.with(lineOf(9), log[lineOf(10)]!).with(lineOf(10), log[lineOf(9)]!),
      9,
      /entry 9 is missing: entry 10/,
    ],
    ['a duplicate', log.toSpliced(lineOf(9), 0, log[lineOf(9)]!), 10, /entry 9 stands where entry 10 should/],
    ['a line that is cut', edit(30, (line) => line.slice(0, -20)), 30, /entry 30 cannot be read/],
    ['a line that is no JSON', edit(30, () => 'x'), 30, /entry 30 cannot be read/],
    ['a line of something else', edit(30, () => '{"x":1}'), 30, /neither entry nor checkpoint/],
    [
      'a cut before its last checkpoint',
      [...log.slice(0, -3), log.at(-1)!],
      38,
      /a checkpoint for 40 entries stands after 38/,
    ],
  ])('with %s does not, and the first bad entry is named', (_, lines, index, words) => {
    const [found, said] = wrongIn(lines);
    expect(said).toMatch(words);
    expect(found).toBe(index);
  });

  it('that was changed with its hash does not fit its next checkpoint', () => {
    expect(
      wrongIn(
        edit(20, (line) => rehash(line.replace('"verb":"proposal.approve"', '"verb":"proposal.reject"'))),
      ),
    ).toEqual([
      16,
      'one of the entries 16 to 31 is not what was signed for: the checkpoint for 32 entries has another root',
    ]);
  });

  it('whose entries were dropped and numbered anew does not either', () => {
    const forged = [...makeLog(stranger, 40, 16)];
    expect(wrongIn(forged)).toEqual([0, 'the checkpoint after entry 15 is not signed by the key']);
    const lines = log
      .toSpliced(lineOf(18), 1)
      .map((line) =>
        rehash(line.replace(/"index":(\d+)/, (_, n) => `"index":${Number(n) > 18 ? Number(n) - 1 : n}`)),
      );
    expect(wrongIn(lines)[0]).toBe(31);
    expect(
      wrongIn(
        lines.toSpliced(lineOf(31), 0, rehash(log[lineOf(32)]!.replace('"index":32', '"index":31'))),
      )[0],
    ).toBe(16);
  });

  it('that was cut short is as whole as it looks, until a checkpoint was kept elsewhere', () => {
    const shorter = log.slice(0, lineOf(32));
    expect(verify(shorter)).toMatchObject({ entries: 32, signed: 32 });
    expect(wrongIn(shorter, [LAST])).toEqual([
      32,
      'entry 32 is missing: the log ends before it, but 40 entries were signed for; it was cut short, or an older backup was restored',
    ]);
  });

  it('that was rolled back and grown anew does not hold a checkpoint from before', () => {
    const again = [...makeLog(signer, 48, 16)];
    const tree = new Tree();
    for (let n = 0; n < 40; n++) tree.append(leafHash(`another ${n}`));
    expect(wrongIn(again, [headOf(signer, tree)])).toEqual([
      32,
      'one of the entries 32 to 39 is not what was signed for: the checkpoint that was kept for 40 entries has another root',
    ]);
  });

  it('is not taken with two heads of one size, a head of another log, or no head at all', () => {
    const tree = new Tree();
    for (let n = 0; n < 16; n++) tree.append(leafHash(`fork ${n}`));
    expect(wrongIn(log, [noteIn(log[17]!), headOf(signer, tree)])[1]).toContain('has another root');
    const elsewhere = makeSigner('weir/elsewhere');
    const keys = [key, readKey(elsewhere.publicKey)];
    expect(wrongIn(log, [noteIn(log[17]!), headOf(elsewhere, tree)], keys)[1]).toContain('is of another log');
    expect(wrongIn(log.filter((line) => !line.startsWith('{"checkpoint"')))[1]).toBe(
      'no checkpoint covers any entry',
    );
  });
});

describe('proofs as Weir gives them out', () => {
  const leaves = log
    .filter((line) => line.includes('"leaf"'))
    .map((line) => line.slice(line.indexOf(',"leaf":{') + 8, -1));
  const stored = new StoredTree(async (level, from, to) =>
    level === 0 ? leaves.slice(from, to).map(leafHash) : [],
  );
  const base64 = (hashes: Buffer[]) => hashes.map((hash) => hash.toString('base64'));
  const open = JSON.parse(log[lineOf(6)]!).open as Record<string, [string, string]>;

  it('of inclusion are taken with their openings, and refused when one does not fit', async () => {
    const proof = {
      index: 6,
      leaf: leaves[6],
      path: base64(await stored.inclusion(6, 40)),
      checkpoint: LAST,
      open,
    };
    expect(verifyProof(proof, [key])).toEqual({ included: 6, size: 40 });
    const refused = (change: object, words: string) =>
      expect(() => verifyProof({ ...proof, ...change }, [key])).toThrow(words);
    refused({ index: 7 }, 'entry 7 is not shown to be in the log');
    refused({ leaf: leaves[7] }, 'entry 6 is not shown');
    refused({ path: proof.path.slice(1) }, 'entry 6 is not shown');
    refused({ checkpoint: noteIn(log[17]!) }, 'entry 6 is not shown');
    refused({ checkpoint: LAST.replace('\n40\n', '\n41\n') }, 'not signed by the key');
    refused(
      { open: { '/reason': [open['/reason']![0], 'Something else'] } },
      'its /reason is not what was logged',
    );
  });

  it('of consistency are taken, and refused when they do not fit', async () => {
    const proof = { older: noteIn(log[17]!), newer: LAST, path: base64(await stored.consistency(16, 40)) };
    expect(verifyProof(proof, [key])).toEqual({ consistent: [16, 40] });
    expect(() => verifyProof({ ...proof, path: [] }, [key])).toThrow('is not shown to be a prefix');
    expect(() => verifyProof({ ...proof, older: LAST, newer: proof.older }, [key])).toThrow('is not shown');
    expect(() => verifyProof(proof, [readKey(stranger.publicKey)])).toThrow('not signed by the key');
  });
});

it('lines are read whole wherever the chunks of the file end', async () => {
  const bytes = Buffer.from(`${log.slice(0, 9).join('\n')}\n“last”`);
  for (const size of [1, 7, 1_000, bytes.length]) {
    const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) =>
      bytes.subarray(n * size, (n + 1) * size),
    );
    const found: string[] = [];
    for await (const line of readLines(
      (async function* () {
        yield* chunks;
      })(),
    ))
      found.push(line);
    expect(found).toEqual([...log.slice(0, 9), '“last”']);
  }
});

describe('the program, copied somewhere by itself', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'weir-verify-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const program = path.join(folder, 'verify.mjs');
  copyFileSync(fileURLToPath(new URL('./verify-log.mjs', import.meta.url)), program);
  const write = (name: string, text: string) => {
    writeFileSync(path.join(folder, name), text);
    return path.join(folder, name);
  };
  const whole = write('log.ndjson', `${log.join('\n')}\n`);
  const keyFile = write('log.pub', `${signer.publicKey}\n`);
  function run(...args: string[]): { status: number | null; said: unknown; error: string } {
    const done = spawnSync(process.execPath, [program, ...args], { cwd: folder, encoding: 'utf8' });
    return {
      status: done.status,
      said: JSON.parse(done.stdout.trim().split('\n').at(-1) || 'null'),
      error: done.stderr,
    };
  }

  it('says that a whole log holds', () => {
    const kept = write('kept', `${noteIn(log[17]!)}\n${LAST}\n`);
    expect(run(whole, '--key', keyFile, '--checkpoint', kept)).toEqual({
      status: 0,
      said: { ok: true, entries: 40, signed: 40, unsigned: 0, checkpoints: 3 },
      error: '',
    });
    expect(run(whole, '--key', signer.publicKey).status).toBe(0);
  });

  it('names the first bad entry', () => {
    const bad = write('bad.ndjson', log.toSpliced(lineOf(12), 1).join('\n'));
    expect(run(bad, '--key', keyFile)).toMatchObject({
      status: 1,
      said: { ok: false, first_bad: 12 },
      error: 'entry 12 is missing: entry 13 stands in its place\n',
    });
    expect(run(whole, '--key', stranger.publicKey)).toMatchObject({ status: 1, said: { first_bad: 0 } });
    const none = write('none', 'nothing\n');
    expect(run(whole, '--key', keyFile, '--checkpoint', none)).toMatchObject({
      status: 1,
      said: { ok: false },
    });
  });

  it.each([
    [[]],
    [['log.ndjson']],
    [['absent.ndjson', '--key', signer.publicKey]],
    [['log.ndjson', '--key', 'absent']],
    [['log.ndjson', '--key']],
    [['log.ndjson', '--kye', 'x']],
    [['log.ndjson', 'again.ndjson', '--key', signer.publicKey]],
  ])('answers %j with its usage', (args) => {
    const { status, error } = run(...args);
    expect(status).toBe(2);
    expect(error).toContain('usage: node verify-log.mjs');
  });
});
