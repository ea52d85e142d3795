#!/usr/bin/env node
/**
 * Verifies an exported audit log of Weir. One file, Node 20.19 or later, no packages, no database, no network: copy it
 * to wherever you trust the machine. It shares no code with what writes the log; docs/audit-log.md has the format.
 *
 *   node verify-log.mjs LOG.ndjson --key KEY [--checkpoint FILE]   a whole log; - reads standard input
 *   node verify-log.mjs --proof PROOF.json --key KEY               a proof of inclusion or of consistency
 *
 * KEY is "<name>+<hash>+<key>" or a file of such lines. FILE holds checkpoints that were kept elsewhere: the log must
 * reach each of them. The last line of output is one JSON object; exit status 0 holds, 1 does not, 2 wrong usage.
 */
import { createHash, createPublicKey, hash, verify } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

/** Something that does not hold. `index` is the first wrong entry, or the first of those among which it is. */
export class Wrong extends Error {
  constructor(index, words) {
    super(words);
    this.name = 'Wrong';
    this.index = index;
  }
}

// ── Hashes (RFC 6962, section 2.1) ──────────────────────────────────────────

export const leafHash = (text) => hash('sha256', `\0${text}`, 'buffer');

const pair = Buffer.alloc(65, 1);
export function nodeHash(left, right) {
  pair.set(left, 1);
  pair.set(right, 33);
  return hash('sha256', pair, 'buffer');
}

/** A growing tree of which only the roots of complete subtrees are kept: as many as its size has bits. */
export class Tree {
  size = 0;
  roots = [];

  append(leaf) {
    let top = leaf;
    for (let left = this.size; left % 2 === 1; left = Math.floor(left / 2))
      top = nodeHash(this.roots.pop(), top);
    this.roots.push(top);
    this.size++;
  }

  root() {
    if (this.size === 0) return createHash('sha256').digest();
    return this.roots.reduceRight((right, left) => nodeHash(left, right));
  }
}

// ── Proofs (RFC 9162, sections 2.1.3.2 and 2.1.4.2) ─────────────────────────

const bit = (n) => n % 2 === 1;
const half = (n) => Math.floor(n / 2);

/** True when `path` leads from the leaf at `index` to the root of a tree of `size`. */
export function verifyInclusion(leaf, index, size, path, root) {
  if (!(Number.isSafeInteger(index) && Number.isSafeInteger(size) && index >= 0 && index < size))
    return false;
  let [at, last, top] = [index, size - 1, leaf];
  for (const step of path) {
    if (last === 0 || step.length !== 32) return false;
    if (bit(at) || at === last) {
      top = nodeHash(step, top);
      while (!bit(at) && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      top = nodeHash(top, step);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && top.equals(root);
}

/** True when `path` shows the tree of `older` leaves to be a prefix of the one of `newer`. */
export function verifyConsistency(older, newer, path, olderRoot, newerRoot) {
  if (!(Number.isSafeInteger(older) && Number.isSafeInteger(newer) && older >= 0 && older <= newer))
    return false;
  if (older === newer) return path.length === 0 && olderRoot.equals(newerRoot);
  if (older === 0) return path.length === 0 && olderRoot.equals(new Tree().root());
  let [at, last] = [older - 1, newer - 1];
  while (bit(at)) [at, last] = [half(at), half(last)];
  const steps = at === 0 ? [olderRoot, ...path] : [...path];
  const first = steps.shift();
  if (first === undefined || first.length !== 32) return false;
  let [old, fresh] = [first, first];
  for (const step of steps) {
    if (last === 0 || step.length !== 32) return false;
    if (bit(at) || at === last) {
      old = nodeHash(step, old);
      fresh = nodeHash(step, fresh);
      while (!bit(at) && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      fresh = nodeHash(fresh, step);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && old.equals(olderRoot) && fresh.equals(newerRoot);
}

// ── Checkpoints (C2SP tlog-checkpoint and signed-note, Ed25519) ─────────────

/** @throws Error when it is no Ed25519 key of a signed note */
export function readKey(text) {
  const [name = '', id = '', ...rest] = text.trim().split('+');
  const key = Buffer.from(rest.join('+'), 'base64');
  const keyHash = createHash('sha256').update(`${name}\n`).update(key).digest().subarray(0, 4);
  if (name === '' || key.length !== 33 || key[0] !== 1 || keyHash.toString('hex') !== id) {
    throw new Error(`not a public key: ${text.trim().slice(0, 200)}`);
  }
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: key.subarray(1).toString('base64url') };
  return { name, keyHash, publicKey: createPublicKey({ key: jwk, format: 'jwk' }) };
}

/** The text of a note that one of the keys has signed; null when none has. */
export function openNote(note, keys) {
  const end = note.lastIndexOf('\n\n');
  if (end < 0) return null;
  const text = note.slice(0, end + 1);
  const lines = note.slice(end + 2).split('\n');
  return lines.some((line) => keys.some((key) => hasSigned(key, text, line))) ? text : null;
}

/** The head in a note, or null when none of the keys has signed it or it is no checkpoint. */
export function openCheckpoint(note, keys) {
  const [origin, size = '', encoded = ''] = openNote(note, keys)?.split('\n') ?? [];
  const root = Buffer.from(encoded, 'base64');
  if (!origin || !/^(0|[1-9]\d{0,15})$/.test(size) || root.length !== 32) return null;
  return { origin, size: Number(size), root };
}

function hasSigned(key, text, line) {
  const [dash, name, encoded] = line.split(' ');
  const bytes = Buffer.from(encoded ?? '', 'base64');
  return (
    dash === '\u2014' &&
    name === key.name &&
    bytes.length === 68 &&
    bytes.subarray(0, 4).equals(key.keyHash) &&
    verify(null, Buffer.from(text), key.publicKey, bytes.subarray(4))
  );
}

/** The notes of a file in which each is followed by an empty line. */
export const splitNotes = (text) => text.match(/[^\n][\s\S]*?\n\n(?:\u2014 [^\n]*\n)+/g) ?? [];

// ── The log ─────────────────────────────────────────────────────────────────

/** Takes a log entry by entry and checkpoint by checkpoint. Every method throws Wrong at the first thing that does
 * not hold. Needs no more memory for a longer log. */
export class LogVerifier {
  tree = new Tree();
  checkpoints = 0;
  /** Entries that a checkpoint was found right for. */
  signed = 0;

  /** @param keys from readKey. @param kept heads that were kept elsewhere, in any order */
  constructor(keys, kept = []) {
    this.keys = keys;
    this.kept = [...kept].sort((a, b) => a.size - b.size);
    this.origin = this.kept[0]?.origin;
    this.reached();
  }

  /** A line of an export. */
  line(line) {
    const at = line.indexOf(',"leaf":{');
    if (at < 0) return this.other(line);
    const text = line.slice(at + 8, -1);
    let head;
    let leaf;
    try {
      head = JSON.parse(`${line.slice(0, at)}}`);
      leaf = JSON.parse(text);
    } catch {
      throw new Wrong(this.tree.size, `entry ${this.tree.size} cannot be read: its line is damaged`);
    }
    this.place(leaf.index);
    this.entry(text, Buffer.from(head.hash ?? '', 'base64'));
    this.openings(leaf, head.open ?? {});
    this.reached();
  }

  /** The index that an entry bears must be the next one. */
  place(index) {
    const next = this.tree.size;
    if (index === next) return;
    const words =
      index > next
        ? `entry ${next} is missing: entry ${index} stands in its place`
        : `entry ${index} stands where entry ${next} should: it was repeated or moved`;
    throw new Wrong(next, words);
  }

  /** An entry by its leaf's text and the hash that is told for it. */
  entry(text, told) {
    const found = leafHash(text);
    if (!found.equals(told)) {
      throw new Wrong(
        this.tree.size,
        `entry ${this.tree.size} was changed: it does not have the hash that was logged`,
      );
    }
    this.tree.append(found);
  }

  openings(leaf, open) {
    for (const path in open) {
      const [salt, value] = open[path];
      const logged = path.split('/').slice(1).reduce(step, leaf);
      if (logged !== `sha256:${hash('sha256', salt + value, 'base64url')}` || salt.length !== 22) {
        throw new Wrong(leaf.index, `entry ${leaf.index} was changed: its ${path} is not what was logged`);
      }
    }
  }

  other(line) {
    let read;
    try {
      read = JSON.parse(line);
    } catch {
      throw new Wrong(this.tree.size, `entry ${this.tree.size} cannot be read: its line is damaged`);
    }
    if (typeof read.checkpoint === 'string') this.checkpoint(read.checkpoint);
    else if (read.log === undefined) {
      throw new Wrong(
        this.tree.size,
        `entry ${this.tree.size} cannot be read: its line is neither entry nor checkpoint`,
      );
    }
  }

  /** A checkpoint of the log itself; it stands after the entries that it covers. */
  checkpoint(note) {
    const head = openCheckpoint(note, this.keys);
    if (!head) {
      throw new Wrong(
        this.signed,
        `the checkpoint after entry ${this.tree.size - 1} is not signed by the key`,
      );
    }
    this.origin ??= head.origin;
    if (head.size !== this.tree.size) {
      const from = Math.min(head.size, this.tree.size);
      throw new Wrong(
        from,
        `a checkpoint for ${head.size} entries stands after ${this.tree.size}: entry ${from} or those after it were dropped or added`,
      );
    }
    this.check(head, 'the checkpoint');
    this.checkpoints++;
  }

  /** Compares with the heads that were kept elsewhere and are reached by now. */
  reached() {
    while (this.kept.length > 0 && this.kept[0].size === this.tree.size)
      this.check(this.kept.shift(), 'the checkpoint that was kept');
  }

  check(head, name) {
    const { size, root, origin } = head;
    if (origin !== this.origin)
      throw new Wrong(0, `${name} for ${size} entries is of another log: ${origin}`);
    if (!this.tree.root().equals(root)) {
      const last = size - 1;
      const which =
        last <= this.signed ? `entry ${this.signed} is` : `one of the entries ${this.signed} to ${last} is`;
      throw new Wrong(
        this.signed,
        `${which} not what was signed for: ${name} for ${size} entries has another root`,
      );
    }
    this.signed = Math.max(this.signed, size);
  }

  /** The end of the log. */
  finish() {
    const { size } = this.tree;
    const beyond = this.kept[0];
    if (beyond) {
      throw new Wrong(
        size,
        `entry ${size} is missing: the log ends before it, but ${beyond.size} entries were signed for; it was cut short, or an older backup was restored`,
      );
    }
    if (size > 0 && this.signed === 0) throw new Wrong(0, 'no checkpoint covers any entry');
    return {
      entries: size,
      signed: this.signed,
      unsigned: size - this.signed,
      checkpoints: this.checkpoints,
    };
  }
}

const step = (at, key) =>
  at !== null && typeof at === 'object' && Object.hasOwn(at, plainKey(key)) ? at[plainKey(key)] : undefined;
const plainKey = (key) => (key.includes('~') ? key.replaceAll('~1', '/').replaceAll('~0', '~') : key);

/** Lines of a stream of bytes, none kept longer than it is looked at. */
export async function* readLines(stream) {
  let rest = [];
  for await (const chunk of stream) {
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      const part = chunk.subarray(from, end);
      yield rest.length > 0 ? Buffer.concat([...rest, part]).toString('utf8') : part.toString('utf8');
      rest = [];
      from = end + 1;
    }
    if (from < chunk.length) rest.push(chunk.subarray(from));
  }
  if (rest.length > 0) yield Buffer.concat(rest).toString('utf8');
}

// ── The command ─────────────────────────────────────────────────────────────

class Usage extends Error {}

function readArguments(argv) {
  const given = { log: undefined, key: undefined, checkpoint: undefined, proof: undefined };
  for (let n = 0; n < argv.length; n++) {
    const name = argv[n].startsWith('--') ? argv[n].slice(2) : 'log';
    if (!Object.hasOwn(given, name) || given[name] !== undefined) throw new Usage(`what is ${argv[n]}?`);
    given[name] = name === 'log' ? argv[n] : argv[++n];
    if (given[name] === undefined) throw new Usage(`--${name} needs a value`);
  }
  if (!given.key) throw new Usage('--key is missing: who should have signed?');
  if ((given.log === undefined) === (given.proof === undefined)) throw new Usage('name a log or a proof');
  return given;
}

const readText = (file) => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Usage(`${file} cannot be read: ${error.code ?? error.message}`);
  }
};

async function verifyLog({ log, checkpoint }, keys) {
  const kept =
    checkpoint === undefined
      ? []
      : splitNotes(readText(checkpoint)).map((note) => openCheckpoint(note, keys));
  if (kept.includes(null))
    throw new Wrong(null, `${checkpoint} holds a checkpoint that the key has not signed`);
  if (checkpoint !== undefined && kept.length === 0)
    throw new Wrong(null, `${checkpoint} holds no checkpoint`);
  const verifier = new LogVerifier(keys, kept);
  if (log !== '-' && !existsSync(log)) throw new Usage(`${log} cannot be read: ENOENT`);
  const stream = log === '-' ? process.stdin : createReadStream(log, { highWaterMark: 1 << 20 });
  for await (const line of readLines(stream)) if (line !== '') verifier.line(line);
  return verifier.finish();
}

/** A proof as Weir gives it out: of inclusion (leaf, index, path, checkpoint) or of consistency (older, newer, path). */
export function verifyProof(proof, keys) {
  const path = (proof.path ?? []).map((step) => Buffer.from(step, 'base64'));
  const open = (note) => {
    const head = openCheckpoint(String(note), keys);
    if (!head) throw new Wrong(null, 'the checkpoint of the proof is not signed by the key');
    return head;
  };
  if (proof.newer !== undefined) {
    const [older, newer] = [open(proof.older), open(proof.newer)];
    if (older.origin !== newer.origin) throw new Wrong(null, 'the two checkpoints are of different logs');
    if (!verifyConsistency(older.size, newer.size, path, older.root, newer.root)) {
      throw new Wrong(
        null,
        `the log of ${older.size} entries is not shown to be a prefix of the one of ${newer.size}`,
      );
    }
    return { consistent: [older.size, newer.size] };
  }
  const head = open(proof.checkpoint);
  const leaf = JSON.parse(proof.leaf);
  if (
    leaf.index !== proof.index ||
    !verifyInclusion(leafHash(proof.leaf), proof.index, head.size, path, head.root)
  ) {
    throw new Wrong(
      proof.index,
      `entry ${proof.index} is not shown to be in the log of ${head.size} entries`,
    );
  }
  new LogVerifier(keys).openings(leaf, proof.open ?? {});
  return { included: proof.index, size: head.size };
}

async function main(argv) {
  try {
    const given = readArguments(argv);
    const lines = given.key.includes('+') && !existsSync(given.key) ? given.key : readText(given.key);
    const keys = lines
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map(readKey);
    const found =
      given.proof === undefined
        ? await verifyLog(given, keys)
        : verifyProof(JSON.parse(readText(given.proof)), keys);
    console.log(JSON.stringify({ ok: true, ...found }));
    return 0;
  } catch (error) {
    if (error instanceof Wrong) {
      console.error(error.message);
      console.log(JSON.stringify({ ok: false, first_bad: error.index, problem: error.message }));
      return 1;
    }
    console.error(
      `${error.message}\nusage: node verify-log.mjs LOG.ndjson --key KEY [--checkpoint FILE]\n       node verify-log.mjs --proof PROOF.json --key KEY`,
    );
    return error instanceof Usage ? 2 : 1;
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  process.exitCode = await main(process.argv.slice(2));
