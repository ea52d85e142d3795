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
 * The text of each object of the list "objects" at the top. What stands beside the list is handed to `onHead` when it
 * has been read up to the list.
 * @throws AppError bad_input when this is no such JSON; limit when there are too many, or one is too large or too deep
 */
export async function* readObjectTexts(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  limits: BundleLimits,
  onHead: (head: string) => void,
): AsyncGenerator<string> {
  let head = '';
  let state: 'head' | 'list' | 'done' = 'head';
  let [depth, inString, escaped, count] = [0, false, false, 0];
  /** Bytes of the object that is open; `from` is where it goes on in this piece. */
  let pieces: Buffer[] = [];
  let size = 0;
  const nothing = () => new AppError('bad_input', 'This is no STIX bundle: it holds no list "objects".');
  for await (const raw of source) {
    const piece = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
    let at = 0;
    if (state === 'head') {
      const before = head.length;
      head += piece.toString('latin1');
      const list = listStart(head);
      if (list < 0) {
        if (head.length > MOST_HEAD) throw nothing();
        continue;
      }
      onHead(head.slice(0, list));
      state = 'list';
      at = list + 1 - before;
    }
    let from = at;
    for (; at < piece.length && state === 'list'; at++) {
      const byte = piece[at]!;
      if (inString) {
        if (escaped) escaped = false;
        else if (byte === BACKSLASH) escaped = true;
        else if (byte === QUOTE) inString = false;
      } else if (byte === QUOTE) {
        if (depth === 0)
          throw new AppError('bad_input', 'The list "objects" holds something that is no object.');
        inString = true;
      } else if (byte === OPEN || byte === OPEN_LIST) {
        if (depth === 0) {
          from = at;
          if (++count > limits.objects)
            throw new AppError('limit', `It holds more than ${limits.objects} objects. Send it in parts.`);
        }
        if (++depth > limits.depth)
          throw new AppError('limit', `Object ${count} is nested deeper than ${limits.depth}: refused.`);
      } else if (byte === CLOSE || byte === CLOSE_LIST) {
        if (depth === 0) {
          state = 'done';
          break;
        }
        if (--depth === 0) {
          pieces.push(piece.subarray(from, at + 1));
          yield Buffer.concat(pieces).toString('utf8');
          pieces = [];
          size = 0;
        }
      }
    }
    if (depth > 0) {
      const rest = piece.subarray(from);
      size += rest.length;
      if (size > limits.bytes)
        throw new AppError('limit', `Object ${count} is larger than ${limits.bytes} bytes: refused.`);
      pieces.push(Buffer.from(rest));
    }
  }
  if (state === 'head') throw nothing();
  if (state !== 'done') throw new AppError('bad_input', 'It breaks off in the middle. Send it again whole.');
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
