/** The objects of a bundle or an envelope, one by one: a file of a million is never in memory as a whole. */
import { AppError } from '@/lib/errors';

export interface BundleLimits {
  objects: number;
  /** Of one object, in bytes. */
  bytes: number;
  /** Of one object: how deep brackets may stand in each other. */
  depth: number;
}

const [QUOTE, BACKSLASH, OPEN, CLOSE, OPEN_LIST, CLOSE_LIST] = [0x22, 0x5c, 0x7b, 0x7d, 0x5b, 0x5d];
/** So much may stand before the list of objects. */
const MOST_HEAD = 65_536;
const OBJECTS = /"objects"\s*:\s*$/;

/**
 * The texts of the objects of the list "objects" at the top, those of each piece together. What stands before the list
 * is handed to `onHead` when it has been read up to the list.
 * @throws AppError bad_input when this is no such JSON; limit when there are too many, or one is too large or too deep
 */
export async function* readObjectTexts(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  limits: BundleLimits,
  onHead: (head: string) => void,
): AsyncGenerator<string[]> {
  const nothing = () => new AppError('bad_input', 'This is no STIX bundle: it holds no list "objects".');
  let head = '';
  let list: ObjectList | null = null;
  for await (const raw of source) {
    const piece = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
    let from = 0;
    if (!list) {
      const before = head.length;
      head += piece.toString('latin1');
      const start = listStart(head);
      if (start < 0) {
        if (head.length > MOST_HEAD) throw nothing();
        continue;
      }
      onHead(head.slice(0, start));
      list = new ObjectList(limits);
      from = start + 1 - before;
    }
    yield list.read(piece, from);
  }
  if (!list) throw nothing();
  if (!list.done) throw new AppError('bad_input', 'It breaks off in the middle. Send it again whole.');
}

/** Cuts a list of objects, piece by piece. */
class ObjectList {
  done = false;
  private depth = 0;
  private inString = false;
  private escaped = false;
  private count = 0;
  /** Bytes of the object that is open. */
  private pieces: Buffer[] = [];
  private size = 0;

  constructor(private readonly limits: BundleLimits) {}

  /** The objects that end in this piece. Half a gigabyte passes here byte by byte: its state is in locals meanwhile. */
  read(piece: Buffer, start: number): string[] {
    const texts: string[] = [];
    let { depth, inString, escaped } = this;
    let from = start;
    for (let at = start; at < piece.length && !this.done; at++) {
      const byte = piece[at]!;
      if (inString) {
        if (escaped) escaped = false;
        else if (byte === QUOTE) inString = false;
        else if (byte === BACKSLASH) escaped = true;
      } else if (byte === QUOTE) {
        if (depth === 0)
          throw new AppError('bad_input', 'The list "objects" holds something that is no object.');
        inString = true;
      } else if (byte === OPEN || byte === OPEN_LIST) {
        if (depth === 0) {
          from = at;
          this.begin();
        }
        if (++depth > this.limits.depth)
          throw new AppError(
            'limit',
            `Object ${this.count} is nested deeper than ${this.limits.depth}: refused.`,
          );
      } else if (byte === CLOSE || byte === CLOSE_LIST) {
        if (depth === 0) this.done = true;
        else if (--depth === 0) texts.push(this.end(piece, from, at + 1));
      }
    }
    if (depth > 0) this.keep(piece.subarray(from));
    Object.assign(this, { depth, inString, escaped });
    return texts;
  }

  private begin(): void {
    if (++this.count > this.limits.objects)
      throw new AppError('limit', `It holds more than ${this.limits.objects} objects. Send it in parts.`);
  }

  private end(piece: Buffer, from: number, to: number): string {
    this.measure(to - from);
    this.size = 0;
    if (this.pieces.length === 0) return piece.toString('utf8', from, to);
    const text = Buffer.concat([...this.pieces, piece.subarray(from, to)]).toString('utf8');
    this.pieces = [];
    return text;
  }

  private keep(rest: Buffer): void {
    this.measure(rest.length);
    this.pieces.push(Buffer.from(rest));
  }

  private measure(more: number): void {
    this.size += more;
    if (this.size > this.limits.bytes)
      throw new AppError('limit', `Object ${this.count} is larger than ${this.limits.bytes} bytes: refused.`);
  }
}

/** Where the list of objects begins in what was read so far, or -1: only a key of the outermost object counts. */
function listStart(head: string): number {
  let [depth, inString] = [0, false];
  for (let at = 0; at < head.length; at++) {
    const letter = head[at];
    if (inString) {
      if (letter === '\\') at++;
      else if (letter === '"') inString = false;
    } else if (letter === '"') inString = true;
    else if (letter === '{') depth++;
    else if (letter === '}') depth--;
    else if (letter === '[' && depth === 1 && OBJECTS.test(head.slice(Math.max(0, at - 64), at))) return at;
  }
  return -1;
}
